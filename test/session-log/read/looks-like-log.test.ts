import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { looksLikeLog } from '../../../core/session-log/read/looks-like-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'workbench-looks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FIRST = '{"type":"ocpilog","format":1';
const file = (bytes: string | Uint8Array) => {
  const path = join(folder, 'file');
  writeFileSync(path, bytes);
  return path;
};

it('a session log is known by how it begins, packed or not, cut or not', async () => {
  const packed = gzipSync(`${FIRST},"rest":"${'x'.repeat(200_000)}"}`, { level: 0 });
  for (const bytes of [FIRST, ` { "type" : "ocpilog"}`, gzipSync(FIRST), packed, packed.subarray(0, 1000)]) {
    expect(await looksLikeLog(file(bytes))).toBe(true);
  }
});

it('nothing else is taken for one, nor what cannot be read', async () => {
  for (const bytes of ['', '{"log":{}}', gzipSync('{"log":{}}'), new Uint8Array([0x1f, 0x8b, 1, 2, 3]), 'curl x']) {
    expect(await looksLikeLog(file(bytes))).toBe(false);
  }
  expect(await looksLikeLog(join(folder, 'not-there'))).toBe(false);
  expect(await looksLikeLog(folder)).toBe(false);
});
