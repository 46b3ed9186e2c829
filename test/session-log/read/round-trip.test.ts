import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ExchangeLine, LOG_FORMAT, type LogRecord } from '../../../core/session-log/format/records.ts';
import { logBytes, readAll, temporaryFolder, writeLogFile } from '../support/files.ts';
import { exchangeLine, headerLine, linkLine, someRecords } from '../support/lines.ts';

const folder = temporaryFolder();
let files = 0;
const fresh = () => join(folder, `${++files}.ocpilog`);

function stored(bytes: Uint8Array): string {
  const path = fresh();
  writeFileSync(path, bytes);
  return path;
}

const HOSTILE = [
  '\ud800',
  'a\udc00b',
  '\u0000',
  '\u001b[31m',
  '\u202e',
  '\u2028',
  '{"type":"end"}\n',
  '\r\n',
  '</script>',
  '__proto__',
  "'; DROP TABLE exchanges; --",
];
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE), fc.string());
const exchange: fc.Arbitrary<ExchangeLine> = fc
  .record({
    id: fc.nat(),
    url: text,
    name: text,
    value: text,
    body: fc.oneof(
      text.map(body => ({ text: body })),
      fc.uint8Array({ maxLength: 300 }).map(bytes => ({ base64: Buffer.from(bytes).toString('base64') })),
      fc.constant({ length: 1_000_000, leftOut: 'too large' }),
    ),
    note: text,
    startedAt: fc.double({ min: -8.64e15, max: 8.64e15, noNaN: true }),
  })
  .map(({ id, url, name, value, body, note, startedAt }) => {
    const line = exchangeLine(id, { startedAt: startedAt + 0, note });
    return { ...line, request: { ...line.request, url, headers: [[name, value]], body } };
  });

describe('what was written into a session log', () => {
  it('is read again: every line of every type, in its order', async () => {
    const path = fresh();
    const written = await writeLogFile(path, someRecords(), { title: 'what we saw' });
    const { lines, end } = await readAll({ path });
    expect(lines).toEqual([
      { type: 'ocpilog', format: LOG_FORMAT, ...headerLine({ title: 'what we saw' }) },
      ...someRecords(),
    ]);
    expect(end).toEqual({ ok: true, value: { condition: 'whole', problem: '', bytes: written.bytes } });
    expect(written.lines).toBe(someRecords().length + 2);
  });

  it('is read again whatever stands in it: control characters, halves of characters, JSON in texts, binary bodies', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(exchange, { maxLength: 5 }), async records => {
        const { lines, end } = await readAll({ path: stored(await logBytes(records)) });
        expect(lines.slice(1)).toEqual(records);
        expect(end).toMatchObject({ ok: true, value: { condition: 'whole' } });
      }),
      { numRuns: 60 },
    );
  });

  it('is read again where bodies are megabytes long', async () => {
    const line = exchangeLine(1);
    const long = `"${'å\\\u0001'.repeat(1_000_000)}`;
    const records: LogRecord[] = [
      linkLine(),
      { ...line, request: { ...line.request, body: { text: long } } },
      exchangeLine(2),
    ];
    const { lines } = await readAll({ path: stored(await logBytes(records)) });
    expect(lines.slice(1)).toEqual(records);
  });

  it('is read from a file that was unpacked by hand, and from one that another program packed again', async () => {
    const bytes = await logBytes(someRecords());
    const plain = gunzipSync(bytes);
    for (const path of [stored(plain), stored(gzipSync(plain, { level: 1 })), stored(named(plain))]) {
      const { lines, end } = await readAll({ path });
      expect(lines.slice(1)).toEqual(someRecords());
      expect(end).toMatchObject({ ok: true, value: { condition: 'whole' } });
    }
  });
});

/** Gzip with the name of the file, a comment, extra data and a checksum in its head, as other programs write it. */
function named(plain: Buffer): Buffer {
  const packed = gzipSync(plain);
  const head = Buffer.from(packed.subarray(0, 10));
  head[3] = 2 + 4 + 8 + 16;
  const extra = Buffer.from([3, 0, 1, 2, 3]);
  return Buffer.concat([head, extra, Buffer.from('a name\0a comment\0'), Buffer.from([9, 9]), packed.subarray(10)]);
}

describe('a session log that came to harm', () => {
  it('reads, cut at any byte, as whole lines from its beginning, and says that it is cut', async () => {
    const bytes = await logBytes(someRecords());
    const whole = await readAll({ path: stored(bytes) });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: bytes.length - 1 }), async length => {
        const { lines, end } = await readAll({ path: stored(bytes.subarray(0, length)) });
        expect(lines).toEqual(whole.lines.slice(0, lines.length));
        if (end.ok) expect(end.value.condition).toBe('cut');
        else expect(end.failure.message).toMatch(/ends before its first line/);
      }),
      { numRuns: 150 },
    );
  });

  it('reads, unpacked and cut at any byte, just so, up to the line of the cut', async () => {
    const plain = gunzipSync(await logBytes(someRecords()));
    const ends = [...plain.entries()].filter(([, byte]) => byte === 0x0a).map(([at]) => at + 1);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 17, max: plain.length - 1 }), async length => {
        const { lines, end } = await readAll({ path: stored(plain.subarray(0, length)) });
        const there = ends.filter(at => at <= length).length;
        expect(lines).toHaveLength(there);
        if (end.ok)
          expect(end.value.problem).toContain(ends.includes(length) ? `behind line ${there}` : `line ${there + 1}`);
        else expect(there).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  it('loses no more than a MiB or so before a cut, however large it is', async () => {
    const line = exchangeLine(1);
    const many = Array.from({ length: 60 }, (_, at): LogRecord => {
      const noise = Array.from({ length: 4000 }, (_, place) => Math.sin(at * 4000 + place).toString(36)).join('');
      return { ...line, id: at + 1, request: { ...line.request, body: { text: noise } } };
    });
    const bytes = await logBytes(many);
    const { lines, end } = await readAll({ path: stored(bytes.subarray(0, bytes.length - 1000)) });
    expect(end).toMatchObject({ ok: true, value: { condition: 'cut' } });
    expect(lines.length).toBeGreaterThan(40);
  });

  it('tells of any byte that is another one, or reads what was written all the same', async () => {
    const bytes = await logBytes(someRecords());
    const whole = await readAll({ path: stored(bytes) });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: bytes.length - 1 }),
        fc.integer({ min: 0, max: 7 }),
        async (at, bit) => {
          const flipped = Buffer.from(bytes);
          flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
          const { lines, end } = await readAll({ path: stored(flipped) });
          // The time in gzip's own head and the bits that fill up a byte say nothing.
          if (end.ok && end.value.condition === 'whole') expect(lines).toEqual(whole.lines);
          else if (end.ok) expect(end.value.problem).not.toBe('');
        },
      ),
      { numRuns: 200 },
    );
  });

  it('tells of any byte of its lines that is another one', async () => {
    const plain = gunzipSync(await logBytes(someRecords()));
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: plain.length - 1 }),
        fc.integer({ min: 0, max: 255 }),
        async (at, byte) => {
          fc.pre(plain[at] !== byte);
          const changed = Buffer.from(plain);
          changed[at] = byte;
          const { end } = await readAll({ path: stored(changed) });
          if (end.ok) expect(end.value.condition).not.toBe('whole');
          else expect(end.failure.advice).not.toBe('');
        },
      ),
      { numRuns: 200 },
    );
  });
});
