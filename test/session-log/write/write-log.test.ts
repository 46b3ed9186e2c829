import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { LONGEST_LINE } from '../../../core/session-log/format/limits.ts';
import { type ExchangeLine, LOG_FORMAT } from '../../../core/session-log/format/records.ts';
import { fittingLine } from '../../../core/session-log/write/fitting-line.ts';
import { writeLog } from '../../../core/session-log/write/write-log.ts';
import { logBytes } from '../support/files.ts';
import { exchangeLine, headerLine, someRecords } from '../support/lines.ts';

describe('writing a session log', () => {
  it('puts the header first and the count and digest of all lines last', async () => {
    const lines = gunzipSync(await logBytes(someRecords()))
      .toString()
      .split('\n');
    expect(lines[0]).toMatch(new RegExp(`^{"type":"ocpilog","format":${LOG_FORMAT},`));
    expect(lines.at(-1)).toBe('');
    const before = lines.slice(0, -2);
    expect(JSON.parse(lines.at(-2) ?? '')).toEqual({
      type: 'end',
      lines: before.length,
      sha256: createHash('sha256')
        .update(before.map(line => `${line}\n`).join(''))
        .digest('hex'),
    });
  });

  it('makes no line before the one that it waits for was taken, so that memory stays flat', async () => {
    let made = 0;
    let taken = 0;
    let most = 0;
    function* records() {
      for (let id = 1; id <= 40; id++) {
        const line = exchangeLine(id);
        // What cannot be packed: as many bytes leave as come.
        const noise = createHash('shake256', { outputLength: 200_000 }).update(String(id)).digest('base64');
        made += noise.length;
        most = Math.max(most, made - taken);
        yield { ...line, request: { ...line.request, body: { base64: noise } } };
      }
    }
    await writeLog({
      header: headerLine(),
      records: records(),
      out: {
        write: async piece => {
          await new Promise(resolve => setImmediate(resolve));
          taken += piece.length;
        },
      },
    });
    expect(made).toBeGreaterThan(8_000_000);
    expect(most).toBeLessThan(4_500_000);
  });

  it('ends with what went wrong: the disk, the records, or being told to stop', async () => {
    const writing = (changes: Partial<Parameters<typeof writeLog>[0]>) =>
      writeLog({ header: headerLine(), records: someRecords(), out: { write: async () => {} }, ...changes });
    const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    await expect(
      writing({
        out: {
          write: async () => {
            throw full;
          },
        },
      }),
    ).rejects.toBe(full);
    await expect(
      writing({
        records: (async function* () {
          yield exchangeLine(1);
          throw new Error('the database is gone');
        })(),
      }),
    ).rejects.toThrow('the database is gone');
    const stop = new AbortController();
    const endless = (function* () {
      for (let id = 1; ; id++) {
        if (id === 1000) stop.abort(new Error('enough'));
        yield exchangeLine(id);
      }
    })();
    await expect(writing({ records: endless, signal: stop.signal })).rejects.toThrow('enough');
  });

  it('leaves out bodies that would make a line longer than a reader takes, the largest first, and says so', () => {
    const line: ExchangeLine = exchangeLine(1);
    const most = Math.floor(LONGEST_LINE / 6);
    const long: ExchangeLine = {
      ...line,
      request: { ...line.request, body: { text: '\u0001'.repeat(most) } },
      ...(line.response && { response: { ...line.response, body: { text: 'a'.repeat(1000) } } }),
    };
    const written = fittingLine(long);
    expect(written.length).toBeLessThan(10_000);
    expect(JSON.parse(written)).toMatchObject({
      request: { body: { length: most, leftOut: expect.stringContaining('larger') } },
      response: { body: { text: 'a'.repeat(1000) } },
    });
    const plain = { ...line, request: { ...line.request, body: { text: 'a'.repeat(most) } } };
    expect(JSON.parse(fittingLine(plain)).request.body.text).toHaveLength(most);
  });
});
