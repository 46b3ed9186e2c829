import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { LogDiff } from '../../../core/contract/log-diff.ts';
import { diffLogs } from '../../../core/session-log/diff/diff-logs.ts';
import { fileSide } from '../../../core/session-log/diff/log-side.ts';
import type { ExchangeLine, HeaderLine, LogRecord } from '../../../core/session-log/format/records.ts';
import { temporaryFolder, writeLogFile } from '../support/files.ts';
import { answerText, exchangeLine, JSON_TYPE, linkLine, sessionText } from '../support/lines.ts';

const folder = temporaryFolder();
let files = 0;

async function logOf(records: readonly LogRecord[], header: Partial<HeaderLine> = {}): Promise<string> {
  const path = join(folder, `${++files}.ocpilog`);
  await writeLogFile(path, records, { exchanges: records.length - 1, redacted: [], keptPersonal: 'a test', ...header });
  return path;
}

interface Options {
  readonly header?: Partial<HeaderLine>;
  readonly linkA?: string;
  readonly linkB?: string;
  readonly strict?: boolean;
}

async function diffOf(
  a: readonly LogRecord[],
  b: readonly LogRecord[],
  { header = {}, linkA, linkB, strict = false }: Options = {},
): Promise<LogDiff> {
  const paths = [await logOf(a, header), await logOf(b, header)] as const;
  const compared = await diffLogs({
    a: fileSide({ path: paths[0], link: linkA }),
    b: fileSide({ path: paths[1], link: linkB }),
    strict,
  });
  if (!compared.ok) throw new Error(compared.failure.message);
  return compared.value;
}

/** The same exchange in another run: everything that is made anew is another one. */
function again(line: ExchangeLine, to = 50): ExchangeLine {
  const id = line.id + to;
  const renamed = (text: string) =>
    text
      .replaceAll(/SESSION(\d+)/g, (_whole, no: string) => `RUN2-${no}`)
      .replaceAll('2026-03-02T10', '2026-04-05T17')
      .replaceAll(`request-${line.id}`, `request-${id}-b`)
      .replaceAll(`correlation-${line.id}`, `correlation-${id}-b`);
  return { ...(JSON.parse(renamed(JSON.stringify(line))) as ExchangeLine), id, startedAt: line.startedAt + 3e9 };
}

/** The other side of an exchange: what was sent is received, through a proxy. */
function received(line: ExchangeLine): ExchangeLine {
  const { pathname, search } = new URL(line.request.url);
  const onTheWay: [string, string][] = [
    ['Host', 'inside.example:8080'],
    ['Via', '1.1 proxy'],
    ['X-Forwarded-For', '10.0.0.1'],
    ['X-Forwarded-For', '10.0.0.2'],
    ['Connection', 'close'],
  ];
  return {
    ...line,
    id: line.id + 700,
    direction: line.direction === 'out' ? 'in' : 'out',
    startedAt: line.startedAt + 40,
    request: {
      ...line.request,
      url: `${pathname}${search}`,
      headers: [
        ...onTheWay,
        ...line.request.headers.map(([name, value]): [string, string] => [
          name,
          value.replace('{token:abc:', '{token:xyz:'),
        ]),
      ],
    },
    ended: { how: 'answered' },
  };
}

const withBody = (line: ExchangeLine, text: string): ExchangeLine => ({
  ...line,
  request: { ...line.request, body: { text } },
});
const withAnswer = (line: ExchangeLine, text: string, status = 200): ExchangeLine => ({
  ...line,
  response: { status, statusText: '', headers: [JSON_TYPE], body: { text } },
});

const flow = [1, 2, 3].map(id => exchangeLine(id));

describe('two logs of one flow', () => {
  it('are the same where only times, ids and message ids are others, as long as each is always the same other one', async () => {
    const diff = await diffOf([linkLine(), ...flow], [linkLine(7), ...flow.map(line => ({ ...again(line), link: 7 }))]);
    expect(diff.pairs).toEqual([]);
    expect(diff).toMatchObject({ view: 'same-side', same: 3, different: 0, onlyA: 0, onlyB: 0 });
  });

  it('differ where one id stands for two things', async () => {
    const lost = withBody(again(exchangeLine(2)), sessionText(2, { id: 'RUN2-2', location_id: 'LOC9' }));
    const diff = await diffOf(
      [linkLine(), ...flow],
      [linkLine(), again(exchangeLine(1)), lost, again(exchangeLine(3))],
    );
    expect(diff.pairs.map(({ a, b, by, differences }) => [a?.id, b?.id, by, differences])).toEqual([
      [
        2,
        52,
        'order',
        [
          {
            layer: 'object',
            where: 'request/location_id',
            a: '"LOC1"',
            b: '"LOC9"',
            meaning: 'It refers to another location than before.',
          },
        ],
      ],
    ]);
  });

  it('tell by their meaning what is another one: status, OCPI status, field, finding, end', async () => {
    const [one, two, three] = flow as [ExchangeLine, ExchangeLine, ExchangeLine];
    const refused = withAnswer(again(one), answerText(undefined, { status_code: 2001 }));
    const later = { start_date_time: '2026-04-05T17:00:00Z', last_updated: '2026-04-05T17:00:01Z' };
    const status = withBody(again(two), sessionText(2, { id: 'RUN2-2', status: 'COMPLETED', kwh: 9.25, ...later }));
    const found: ExchangeLine = {
      ...again(three),
      ended: { how: 'timeout', phase: 'first-byte', afterMs: 1000 },
      findings: [{ severity: 'error', code: 'message-id.missing', pointer: '', met: '', expected: '', section: '1.3' }],
    };
    const { response: _response, ...unanswered } = found;
    const diff = await diffOf([linkLine(), ...flow], [linkLine(), refused, status, unanswered]);
    expect(diff.pairs.map(({ differences }) => differences.map(({ layer, where }) => `${layer} ${where}`))).toEqual([
      ['ocpi answer/status_code', 'header answer:header:X-Request-ID', 'header answer:header:X-Correlation-ID'],
      ['object request/status'],
      ['network ', 'finding '],
    ]);
    const internal = await diffOf([linkLine(), one], [linkLine(), withAnswer(again(one), '<html>', 502)]);
    expect(internal.pairs[0]?.differences.map(({ layer, where }) => `${layer} ${where}`)).toEqual(
      expect.arrayContaining(['http answer:status', 'object answer']),
    );
    const strict = await diffOf([linkLine(), two], [linkLine(), status], { strict: true });
    expect(strict.pairs[0]?.differences.map(({ where }) => where)).toEqual([
      'request/kwh',
      'request/status',
      'request/start_date_time',
      'request/last_updated',
    ]);
  });

  it('are laid beside each other though one of them has more in between', async () => {
    const list: ExchangeLine = {
      ...exchangeLine(90),
      operation: 'locations.list',
      request: { method: 'GET', url: 'https://acme.example/ocpi/2.2.1/locations?offset=0', headers: [] },
    };
    const diff = await diffOf(
      [linkLine(), ...flow],
      [linkLine(), list, ...flow.map(line => again(line, 100)), { ...list, id: 300 }],
    );
    expect(diff).toMatchObject({ same: 3, onlyA: 0, onlyB: 2 });
    expect(diff.pairs).toMatchObject([
      { no: 1, a: null, b: { id: 90, words: '-> GET /ocpi/2.2.1/locations?offset=0' }, by: null },
      { no: 5, a: null, b: { id: 300 }, differences: [{ layer: 'extra', where: '' }] },
    ]);
    const lacking = await diffOf(
      [linkLine(), ...flow, list],
      [linkLine(), ...flow.slice(1).map(line => again(line, 200))],
    );
    expect(lacking).toMatchObject({ same: 2, onlyA: 2, onlyB: 0 });
  });

  it('are found by what their objects are called where both have them', async () => {
    const [one, two] = flow as [ExchangeLine, ExchangeLine];
    const fresh = (line: ExchangeLine): ExchangeLine => ({
      ...line,
      requestId: `n-${line.id}`,
      correlationId: `m-${line.id}`,
    });
    const diff = await diffOf([linkLine(), one, two], [linkLine(), fresh(two)]);
    expect(diff).toMatchObject({ same: 1, onlyA: 1 });
    expect(diff.pairs).toMatchObject([{ a: { id: 1 }, b: null, differences: [{ layer: 'missing' }] }]);
  });

  it('are the same where personal data has other pseudonyms in each, and differ where one stands for two', async () => {
    const plates = (line: ExchangeLine, uid: string, visual: string) => {
      const token = { uid, visual_number: visual, contract_id: 'NL-ACM-C1', type: 'RFID', issuer: 'Acme' };
      return withBody(line, JSON.stringify(token));
    };
    const of = (visuals: readonly string[], uid: string) =>
      visuals.map((visual, at) => {
        const line = exchangeLine(at + 1);
        const url = `https://acme.example/ocpi/2.2.1/tokens/NL/ACM/${uid}`;
        return plates({ ...line, operation: 'tokens.put', request: { ...line.request, url } }, uid, visual);
      });
    const header = { redacted: ['personal' as const], keptPersonal: null };
    const compare = (visuals: readonly string[], options: Options) =>
      diffOf([linkLine(), ...of(['AA-1', 'BB-2', 'AA-1'], 'UID1')], [linkLine(), ...of(visuals, 'UID9')], options);
    expect(await compare(['XX-7', 'YY-8', 'XX-7'], { header })).toMatchObject({ same: 3 });
    const mixed = await compare(['XX-7', 'YY-8', 'YY-8'], { header });
    expect(mixed.pairs.map(({ differences }) => differences.map(({ where }) => where))).toEqual([
      ['request/visual_number'],
    ]);
    expect(await compare(['XX-7', 'YY-8', 'XX-7'], {})).toMatchObject({ same: 0, different: 3 });
  });
});

describe('the logs of both sides', () => {
  it('are the same where one received what the other sent, whatever proxies did to the headers', async () => {
    const diff = await diffOf(
      [linkLine(), ...flow],
      [linkLine(4, { name: 'us' }), ...flow.map(line => ({ ...received(line), link: 4 }))],
    );
    expect(diff.pairs).toEqual([]);
    expect(diff).toMatchObject({ view: 'both-sides', same: 3 });
  });

  it('differ where something was changed or lost on the way, also what is measured', async () => {
    const [one, two] = flow as [ExchangeLine, ExchangeLine];
    const other = received(one);
    const changed = withBody(other, sessionText(1, { kwh: 1.49, id: 'SESSION9' }));
    const lost: ExchangeLine = { ...received(two), ended: { how: 'broken-off', by: 'reset', sent: 12 } };
    const diff = await diffOf([linkLine(), ...flow], [linkLine(), changed, lost]);
    expect(diff).toMatchObject({ view: 'both-sides', different: 2, onlyA: 1 });
    expect(diff.pairs.map(({ by, differences }) => [by, ...differences.map(({ where }) => where)])).toEqual([
      ['request-id', 'request/id', 'request/kwh'],
      ['request-id', ''],
      [null, ''],
    ]);
    expect(diff.pairs[1]?.differences[0]).toMatchObject({
      a: 'answered whole',
      b: 'broken off',
      meaning: 'The two sides saw another end of it.',
    });
  });

  it('are found out where there are no message ids at all, as in 2.1.1', async () => {
    const bare = (line: ExchangeLine): ExchangeLine => {
      const { requestId: _request, correlationId: _correlation, ...rest } = line;
      return { ...rest, version: '2.1.1' };
    };
    const diff = await diffOf([linkLine(), ...flow.map(bare)], [linkLine(), ...flow.map(received).map(bare)]);
    expect(diff).toMatchObject({ view: 'both-sides', same: 3 });
  });

  it('are laid beside each other by correlation id where a hub made request ids of its own', async () => {
    const hubbed = flow.map((line): ExchangeLine => ({ ...received(line), requestId: `hub-${line.id}` })).reverse();
    const diff = await diffOf([linkLine(), ...flow], [linkLine(), ...hubbed]);
    expect(diff).toMatchObject({ view: 'both-sides', onlyA: 0, onlyB: 0 });
  });
});

describe('exchanges of both logs', () => {
  it('are one by request id, also where one of the logs does not know what was asked for, and where an id is used twice', async () => {
    const [one, two] = flow as [ExchangeLine, ExchangeLine];
    const twice = { ...exchangeLine(9), requestId: one.requestId, correlationId: one.correlationId };
    const unknown = { ...received(two), operation: 'unknown' };
    const a = [linkLine(), one, two, twice] as LogRecord[];
    const diff = await diffOf(a, [linkLine(), received(twice as ExchangeLine), received(one), unknown]);
    expect(diff).toMatchObject({ view: 'both-sides', onlyA: 0, onlyB: 0 });
    const pairs = diff.pairs.map(({ a: ours, b, by }) => [ours?.id, b?.id, by]);
    expect(pairs).toEqual([
      [1, 709, 'request-id'],
      [9, 701, 'request-id'],
    ]);
  });
});

describe('comparing logs', () => {
  it('takes one link of each, and says which there are where there is none of that name', async () => {
    const others = flow.map((line): ExchangeLine => ({ ...line, id: line.id + 10, link: 2 }));
    const a = [linkLine(1), linkLine(2), ...flow, ...others];
    const b = [linkLine(1), ...flow.map(line => again(line))];
    expect(await diffOf(a, b)).toMatchObject({ same: 3, onlyA: 3 });
    expect(await diffOf(a, b, { linkA: 'ACME-1' })).toMatchObject({ same: 3, onlyA: 0, a: { exchanges: 3 } });
    expect(await diffOf(a, b, { linkA: 'acme-2', linkB: 'acme-1' })).toMatchObject({ same: 3, onlyA: 0 });
    const side = fileSide({ path: await logOf(a), link: 'nobody' });
    expect(await diffLogs({ a: side, b: side, strict: false })).toMatchObject({
      ok: false,
      failure: {
        code: 'NOT_FOUND',
        message: expect.stringContaining('no link nobody'),
        advice: 'Its links: acme-1, acme-2.',
      },
    });
  });

  it('lists the first two thousand that are not the same and counts all, and leaves nothing behind', async () => {
    const many = Array.from({ length: 2500 }, (_, at) => exchangeLine(at + 1));
    const temporary = mkdtempSync(join(folder, 'tmp-'));
    vi.stubEnv('TMPDIR', temporary);
    const diff = await diffOf([linkLine(), ...many], [linkLine()]);
    vi.unstubAllEnvs();
    expect(diff.pairs).toHaveLength(2000);
    expect(diff).toMatchObject({ onlyA: 2500, same: 0 });
    expect(readdirSync(temporary)).toEqual([]);
    vi.stubEnv('TMPDIR', join(temporary, 'not-there'));
    const side = fileSide({ path: await logOf([linkLine()]) });
    const homeless = await diffLogs({ a: side, b: side, strict: false });
    vi.unstubAllEnvs();
    expect(homeless).toMatchObject({ ok: false, failure: { message: expect.stringContaining('ENOENT') } });
  });

  it('says what is wrong with a file, and compares what is there of one that was cut', async () => {
    const path = await logOf([linkLine(), ...flow]);
    const missing = await diffLogs({ a: fileSide({ path }), b: fileSide({ path: `${path}.not` }), strict: false });
    expect(missing).toMatchObject({ ok: false, failure: { code: 'NOT_FOUND' } });
    const whole = readFileSync(path);
    writeFileSync(`${path}.cut`, whole.subarray(0, whole.length - 40));
    const cut = await diffLogs({ a: fileSide({ path: `${path}.cut` }), b: fileSide({ path }), strict: false });
    expect(cut).toMatchObject({ ok: true, value: { a: { name: expect.stringMatching(/ \(cut: it ends /) } } });
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    await expect(
      diffLogs({ a: fileSide({ path }, stop.signal), b: fileSide({ path }), strict: false, signal: stop.signal }),
    ).rejects.toThrow('enough');
  });
});
