import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { LOG_FORMAT } from '../../../core/session-log/format/records.ts';
import { READ_LIMITS } from '../../../core/session-log/read/limits.ts';
import { inspectLog, readLog } from '../../../core/session-log/read/read-log.ts';
import { FORMAT_STEPS, type FormatStep } from '../../../core/session-log/read/steps.ts';
import { logBytes, packedLines, readAll, temporaryFolder } from '../support/files.ts';
import { exchangeLine, headerLine, linkLine, someRecords } from '../support/lines.ts';

const folder = temporaryFolder();
let files = 0;

function stored(bytes: string | Uint8Array): string {
  const path = join(folder, `${++files}.ocpilog`);
  writeFileSync(path, bytes);
  return path;
}

/** Reads a file whose name does not matter. */
async function failureOf(path: string) {
  const { lines, end } = await readAll({ path });
  if (end.ok) throw new Error('it was read');
  return { lines, ...end.failure, message: end.failure.message.replace(basename(path), 'FILE') };
}

const first = { type: 'ocpilog', format: LOG_FORMAT, ...headerLine() };

describe('a file that is no session log', () => {
  it.each([
    ['an empty file', '', 'FILE is empty'],
    ['a text', 'Dear support,\n', 'FILE is no session log: it is not JSON'],
    ['a page', '<!doctype html>\n', 'FILE is no session log: it is not JSON'],
    ['a HAR file', '{"log":{"entries":[]}}', 'FILE is no session log: its first line does not say that it is one'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]), 'FILE is no session log: it holds binary data'],
    ['a ZIP archive', Buffer.from('PK\u0003\u0004aaa'), 'FILE is no session log but a ZIP archive'],
    ['something else packed', gzipSync('hello\n'), 'FILE is no session log: it is not JSON'],
    [
      'rubbish that begins as gzip does',
      Buffer.from([0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
      'FILE cannot be read: its packing is damaged from the beginning',
    ],
    [
      'a log cut in its first line',
      JSON.stringify(first).slice(0, 60),
      'FILE cannot be read: it ends before its first line does',
    ],
    [
      'a log whose first line lacks something',
      packedLines([{ ...first, title: undefined }]),
      /^FILE cannot be read: in its first line, title: /,
    ],
    [
      'a log without a format',
      packedLines([{ ...first, format: 'one' }]),
      /^FILE cannot be read: in its first line, format: /,
    ],
  ])('is refused, and it is said why: %s', async (_what, bytes, message) => {
    const failure = await failureOf(stored(bytes));
    expect(failure).toMatchObject({ code: 'INVALID_INPUT', lines: [], message: expect.stringMatching(message) });
    expect(failure.advice).not.toBe('');
  });

  it('is refused where there is none, where it is a folder, and where it may not be read', async () => {
    expect(await failureOf(join(folder, 'nothing.ocpilog'))).toMatchObject({ code: 'NOT_FOUND' });
    const inside = join(folder, 'inside');
    mkdirSync(inside);
    expect((await failureOf(inside)).message).toBe('FILE is a folder');
    expect((await failureOf('/dev/null')).message).toBe('FILE is no file');
    const secret = stored(await logBytes(someRecords()));
    chmodSync(secret, 0);
    // Who may read everything is told nothing of permissions.
    if (process.getuid?.() !== 0) expect((await failureOf(secret)).message).toMatch(/permission denied/);
  });

  it('shows nothing of a hostile name on a terminal but its signs', async () => {
    const path = stored(packedLines([{ ...first, format: 7, workbench: '\u001b[2J9.9' }]));
    expect((await failureOf(path)).message).toContain('written by workbench \\u001b[2J9.9;');
  });
});

describe('a log of another format', () => {
  it('is refused where it is newer, and both formats and the release that wrote it are named', async () => {
    const failure = await failureOf(stored(packedLines([{ type: 'ocpilog', format: 3, workbench: '2.0.0' }])));
    expect(failure.message).toBe(
      'FILE is a session log of format 3, written by workbench 2.0.0; this workbench reads format 1',
    );
    expect(failure.advice).toContain('that release');
  });

  it('is read step by step where it is older', async () => {
    const steps: FormatStep[] = [
      line => (line['type'] === 'partner' ? { ...line, type: 'link', id: line['no'] } : line),
      line => (line['type'] === 'link' ? { ...line, id: Number(line['id']) + 100 } : { ...line, title: 'renamed' }),
    ];
    const { id, type: _type, ...link } = linkLine(5);
    const path = stored(
      packedLines([
        { ...first, format: 1 },
        { type: 'partner', no: id, ...link },
      ]),
    );
    const { lines } = await readAll({ path, steps });
    expect(lines[0]).toMatchObject({ format: 1, title: 'renamed' });
    expect(lines[1]).toEqual(linkLine(105, linkLine(5).link));
    const second = stored(packedLines([{ ...first, format: 2 }, linkLine(5)]));
    expect((await readAll({ path: second, steps })).lines[1]).toMatchObject({ id: 105 });
    expect((await readAll({ path: stored(packedLines([{ ...first, format: 4 }])), steps })).end).toMatchObject({
      ok: false,
    });
  });

  it('has a step for every format before the one that is written', () => {
    expect(LOG_FORMAT).toBe(FORMAT_STEPS.length + 1);
  });
});

describe('a log made to do harm', () => {
  const small = { ...READ_LIMITS, line: 100_000, unpacked: 200_000, ratio: 10 };

  it('is given up where it unpacks to more than its size allows, without being unpacked to its end', async () => {
    const bomb = gzipSync(`${JSON.stringify(first)}\n${`${' '.repeat(50_000)}\n`.repeat(2_000)}`);
    const path = stored(bomb);
    const { end, lines } = await readAll({ path, limits: small });
    expect(end).toMatchObject({ ok: false, failure: { message: expect.stringContaining('unpack to more than') } });
    expect(lines.length).toBeLessThan(50);
    const trusted = { ...small, ratio: Number.POSITIVE_INFINITY };
    expect((await readAll({ path, limits: trusted })).end).toMatchObject({ ok: true });
  });

  it('is given up where a line has no end', async () => {
    const path = stored(gzipSync(`${JSON.stringify(first)}\n"${'a'.repeat(150_000)}`));
    const { end } = await readAll({ path, limits: small });
    expect(end).toMatchObject({
      ok: false,
      failure: { message: expect.stringContaining('line 2 is longer than 97.7 KiB') },
    });
  });

  it('keeps its oddities to itself: what is nested too deeply, pollutes prototypes, or has times that are none', async () => {
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
    const line = JSON.stringify(exchangeLine(1));
    const hostile = [
      line.replace('{"type"', `{"x":${deep},"type"`),
      line.replace('"ended":{', '"ended":{"__proto__":{"polluted":true},'),
      line.replace(/"startedAt":\d+/, '"startedAt":1e300'),
      'null',
      '[]',
      '{"type":["exchange"]}',
      '{"no":"type"}',
      JSON.stringify(first),
      '{"type":"exchange"',
    ];
    const path = stored(gzipSync(`${[JSON.stringify(first), ...hostile, line].join('\n')}\n`));
    const { lines } = await readAll({ path });
    expect(lines.slice(1).map(read => (read.type === 'odd' ? [read.line, read.reason] : read.type))).toEqual([
      [2, 'its JSON is nested too deeply'],
      [3, 'it has a member called __proto__'],
      [4, expect.stringMatching(/^startedAt: /)],
      [5, 'it is JSON but no object'],
      [6, 'it is JSON but no object'],
      [7, 'it has no type'],
      [8, 'it has no type'],
      [9, 'a second first line'],
      [10, expect.stringMatching(/^it is no JSON: column 19: /)],
      'exchange',
    ]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('has lines that are no UTF-8 told, and those around them read', async () => {
    const text = [
      JSON.stringify(first),
      JSON.stringify(linkLine()),
      '{"type":"\u00e5"}',
      JSON.stringify(linkLine(2)),
      '',
    ];
    const path = stored(Buffer.from(text.join('\n'), 'latin1'));
    const { lines } = await readAll({ path });
    expect(lines.slice(1)).toEqual([linkLine(), { type: 'odd', line: 3, reason: 'it is no UTF-8' }, linkLine(2)]);
  });
});

describe('how whole a log is', () => {
  const conditionOf = async (bytes: Uint8Array) => {
    const inspected = await inspectLog(stored(bytes));
    if (!inspected.ok) throw new Error(inspected.failure.message);
    return [inspected.value.condition, inspected.value.problem];
  };
  const lineTexts = async () =>
    gunzipSync(await logBytes(someRecords()))
      .toString()
      .trimEnd()
      .split('\n');
  const joined = (lines: readonly string[]) => Buffer.from(lines.map(line => `${line}\n`).join(''));

  it('is told where lines are missing, changed or added', async () => {
    const lines = await lineTexts();
    expect(await conditionOf(joined(lines))).toEqual(['whole', '']);
    expect(await conditionOf(joined(lines.slice(0, -1)))).toEqual([
      'cut',
      'it ends behind line 7, before its last line; what is there is whole',
    ]);
    expect(await conditionOf(joined(lines).subarray(0, -1))).toEqual([
      'cut',
      'it ends in line 8; the 7 lines before it are whole',
    ]);
    expect(await conditionOf(joined(lines.toSpliced(5, 1)))).toEqual([
      'altered',
      'its last line tells of 7 lines before it, and there are 6',
    ]);
    expect(await conditionOf(joined(lines.map(line => line.replace('SESSION1', 'SESSION9'))))).toEqual([
      'altered',
      'its lines are not those that were written: their digest is another',
    ]);
    expect(await conditionOf(joined([...lines, ...lines]))).toEqual([
      'altered',
      'something stands behind its last line',
    ]);
    expect(await conditionOf(joined(lines.with(-1, '{"type":"end","lines":"many"}')))).toEqual([
      'altered',
      expect.stringContaining('its last line cannot be read: lines: '),
    ]);
  });

  it('is told where something stands behind the packed lines', async () => {
    const bytes = await logBytes(someRecords());
    expect(await conditionOf(Buffer.concat([bytes, Buffer.from('more')]))).toEqual([
      'altered',
      '4 bytes stand behind its last line',
    ]);
    expect(await conditionOf(Buffer.concat([bytes, gzipSync('more\n')]))).toEqual([
      'altered',
      expect.stringContaining('stand behind its last line'),
    ]);
    expect(await conditionOf(bytes.subarray(0, -3))).toEqual([
      'cut',
      'the last bytes are missing; all its lines are there',
    ]);
  });

  it('is told where a line is whole but nothing that can be read', async () => {
    const records = [linkLine(), { ...exchangeLine(1), direction: 'sideways' as 'in' }];
    expect(await conditionOf(await logBytes(records))).toEqual([
      'altered',
      expect.stringMatching(/^line 3 cannot be read: direction: /),
    ]);
  });

  it('does not suffer from lines of types that nobody knows yet', async () => {
    const records = [linkLine(), { type: 'weather', text: 'rain' } as unknown as ReturnType<typeof linkLine>];
    expect(await conditionOf(await logBytes(records))).toEqual(['whole', '']);
  });
});

describe('looking into a log', () => {
  it('counts what it holds', async () => {
    const failing = exchangeLine(3, {
      note: 'look at this',
      findings: [
        { severity: 'note', code: 'b.code', pointer: '', met: '', expected: '', section: '1' },
        { severity: 'error', code: 'b.code', pointer: '', met: '', expected: '', section: '1' },
        { severity: 'warning', code: 'a.code', pointer: '', met: '', expected: '', section: '1' },
      ],
      faults: {
        firings: [
          { rule: 'no data', ruleId: null, kind: 'envelope.data-null', parameters: {}, hit: 1, did: '', applied: true },
        ],
        wire: [],
      },
    });
    const bytes = await logBytes([...someRecords().slice(0, 5), failing, ...someRecords().slice(5)], { exchanges: 3 });
    const inspected = await inspectLog(stored(bytes), undefined, { name: 'of-a-colleague.ocpilog' });
    expect(inspected).toEqual({
      ok: true,
      value: {
        name: 'of-a-colleague.ocpilog',
        bytes: bytes.length,
        about: { format: LOG_FORMAT, ...headerLine({ exchanges: 3 }) },
        condition: 'whole',
        problem: '',
        counts: { links: 1, rules: 1, runs: 1, exchanges: 3, findings: 3, notes: 1, objects: 1, revisions: 1 },
        from: '2026-03-02T10:00:01.000Z',
        to: '2026-03-02T10:00:03.000Z',
        links: [{ name: 'acme-1', organisation: 'Acme', version: '2.2.1', exchanges: 3 }],
        rules: [{ name: 'no data', kind: 'envelope.data-null', fired: 1 }],
        findings: [
          { code: 'b.code', severity: 'error', count: 2 },
          { code: 'a.code', severity: 'warning', count: 1 },
        ],
      },
    });
  });

  it('stops when it is told to, and when nobody reads on', async () => {
    const path = stored(await logBytes(someRecords()));
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    await expect(inspectLog(path, stop.signal)).rejects.toThrow('enough');
    for await (const line of readLog({ path })) {
      expect(line.type).toBe('ocpilog');
      break;
    }
  });
});
