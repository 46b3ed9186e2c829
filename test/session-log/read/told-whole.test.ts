import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toldWhole } from '../../../core/session-log/read/told-whole.ts';
import { logBytes, readAll, temporaryFolder } from '../support/files.ts';
import { exchangeLine, linkLine, someRecords } from '../support/lines.ts';

const folder = temporaryFolder();
let files = 0;

function stored(bytes: string | Uint8Array): string {
  const path = join(folder, `${++files}.ocpilog`);
  writeFileSync(path, bytes);
  return path;
}

const many = [linkLine(), ...Array.from({ length: 20 }, (_, at) => exchangeLine(1 + at))];

/** As it would be written with another line in it, and told of in its last line. */
function withLine(text: string, line: string): string {
  const lines = text.trimEnd().split('\n').slice(0, -1);
  const body = `${[...lines, line].join('\n')}\n`;
  const sha256 = createHash('sha256').update(body).digest('hex');
  return `${body}${JSON.stringify({ type: 'end', lines: lines.length + 1, sha256 })}\n`;
}

describe('a log that is told to be whole by its last line', () => {
  it('is whole when it is read as well, packed or unpacked by hand, however long its lines are', async () => {
    const long = exchangeLine(9, { note: 'x'.repeat(300_000) });
    for (const records of [[], someRecords(), [linkLine(1), long, exchangeLine(10), long]]) {
      const bytes = await logBytes(records, { exchanges: 7 });
      for (const path of [stored(bytes), stored(gunzipSync(bytes))]) {
        let lines = 0;
        const header = await toldWhole({
          path,
          told: seen => {
            lines = seen;
          },
        });
        expect(header).toMatchObject({ type: 'ocpilog', exchanges: 7 });
        expect(lines).toBe(1 + records.length);
        const { end } = await readAll({ path });
        expect(end).toMatchObject({ ok: true, value: { condition: 'whole' } });
      }
    }
  });

  it('was neither cut nor changed: whatever was, is left to be read', async () => {
    const bytes = await logBytes(many);
    const text = gunzipSync(bytes);
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.boolean(), async (number, packed) => {
        const at = number % text.length;
        const cut = text.subarray(0, at);
        const changed = Buffer.from(text);
        changed[at] = (changed[at] ?? 0) ^ 1;
        for (const other of [cut, changed]) {
          expect(await toldWhole({ path: stored(packed ? gzipSync(other) : other) })).toBeUndefined();
        }
      }),
      { numRuns: 60 },
    );
    expect(await toldWhole({ path: stored(bytes.subarray(0, -4)) })).toBeUndefined();
    expect(await toldWhole({ path: stored(Buffer.concat([bytes, Buffer.from('more')])) })).toBeUndefined();
  });

  it('is none that is no log, not there, or of another format', async () => {
    const text = gunzipSync(await logBytes(someRecords())).toString();
    for (const other of ['', 'Dear support,\n', '{"log":{"entries":[]}}\n', text.replace('"format":1', '"format":2')]) {
      expect(await toldWhole({ path: stored(other) })).toBeUndefined();
    }
    expect(await toldWhole({ path: join(folder, 'nowhere.ocpilog') })).toBeUndefined();
    expect(await toldWhole({ path: folder })).toBeUndefined();
  });

  it('may hold a line that cannot be read: only reading finds that out', async () => {
    const text = gunzipSync(await logBytes(someRecords())).toString();
    const path = stored(withLine(text, '{"type":"exchange"}'));
    expect(await toldWhole({ path })).toBeDefined();
    const { end } = await readAll({ path });
    expect(end).toMatchObject({ ok: true, value: { condition: 'altered' } });
  });

  it('stops being looked through when nobody waits any more', async () => {
    const path = stored(await logBytes(someRecords()));
    const stop = new AbortController();
    stop.abort(new Error('nobody waits'));
    await expect(toldWhole({ path, signal: stop.signal })).rejects.toThrow('nobody waits');
  });
});
