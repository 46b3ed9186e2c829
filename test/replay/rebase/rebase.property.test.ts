import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findType } from '../../../core/ocpi/types.ts';
import { type RecordedExchange, recordingOf } from '../../../core/replay/from-exchanges.ts';
import { planReplay } from '../../../core/replay/plan-replay.ts';
import { type Mark, marksIn } from '../../../core/replay/rebase/marks.ts';
import { readyRequest } from '../../../core/replay/rebase/ready-request.ts';
import { momentOf } from '../../../core/replay/rebase/shift-time.ts';
import { withValues } from '../../../core/replay/rebase/value-now.ts';
import { BEGIN, options, said, surroundings } from '../support/recorded.ts';

const schema = findType('2.2.1', 'CDR')?.schema;
const marks = (text: string) => marksIn(text, { version: '2.2.1', schema });

const character = fc.constantFrom(...'abcXYZ0189-_*.');
const id = fc.string({ unit: character, minLength: 1, maxLength: 36 }).filter(text => text !== '.' && text !== '..');

/** JSON as somebody may have written it: spaces, odd numbers, escapes, a name twice. */
const odd = fc.record({
  session: id,
  cdr: id,
  token: id,
  blank: fc.constantFrom('', ' ', '\n  ', '\t'),
  number: fc.constantFrom('1.50', '1e3', '-0', '0.10000000000000000001', '"1,5"'),
  name: fc.string({ maxLength: 10 }),
});
const oddText = odd.map(
  ({ session, cdr, token, blank, number, name }) =>
    `{${blank}"id":${blank}"${cdr}",${blank}"session_id":"${session}", ${JSON.stringify(name)}: ${number},` +
    `"cdr_token":{"uid":${JSON.stringify(token)}${blank},"country_code":"NL","party_id":"TNM"},"total_energy":${number},` +
    `"session_id" :"${session}","\\u0069d2":[${number},{"id":"x"}],"last_updated":"2025-05-01T10:00:00.10Z"${blank}}`,
);

/** Everything but the marked places. */
function around(text: string, found: readonly Mark[]): string {
  let rest = '';
  let at = 0;
  for (const { start, end } of found) {
    rest += `${text.slice(at, start)}∎`;
    at = end;
  }
  return rest + text.slice(at);
}

describe('a text', () => {
  it('in which ids are replaced is the same byte for byte everywhere else', () => {
    fc.assert(
      fc.property(oddText, text => {
        const found = marks(text);
        const after = withValues(text, found, ({ kind, half }) => {
          if (kind === 'time') return '2026-01-01T00:00:00.10Z';
          return half === undefined ? `new ${kind}` : 'ZZ';
        });
        expect(around(after, marks(after))).toBe(around(text, found));
        expect(after).not.toBe(text);
        expect(withValues(text, found, () => undefined)).toBe(text);
      }),
    );
  });

  it('that is broken stays as broken as it was', () => {
    const broken = fc
      .tuple(oddText, fc.nat(), fc.constantFrom('', '}', '"', ',,', '\\', '\u0000'))
      .map(([text, at, instead]) => {
        const place = at % text.length;
        return text.slice(0, place) + instead + text.slice(place + 1);
      });
    fc.assert(
      fc.property(
        fc.oneof(
          broken,
          fc.string(),
          oddText.map(text => text.slice(0, text.length / 2)),
        ),
        text => {
          const found = marks(text);
          for (const { start, end, quoted } of found) {
            expect(end).toBeGreaterThan(start);
            if (quoted) expect(`${text[start]}${text[end - 1]}`).toBe('""');
          }
          const after = withValues(text, found, ({ value, half }) => (half === undefined ? `${value}!` : 'ZZ'));
          expect(after.startsWith(text.slice(0, found[0]?.start ?? text.length))).toBe(true);
          expect(after.endsWith(text.slice(found.at(-1)?.end ?? 0))).toBe(true);
        },
      ),
    );
  });
});

/** Some of our charges, whose messages may interleave. */
const charges = fc
  .uniqueArray(fc.record({ session: id, cdr: id, reference: id, offset: fc.nat({ max: 3600 }) }), {
    minLength: 1,
    maxLength: 6,
    selector: ({ session }) => session.toLowerCase(),
  })
  .filter(all => new Set(all.map(({ cdr }) => cdr.toLowerCase())).size === all.length);

const at = (seconds: number) => new Date(BEGIN + seconds * 1000).toISOString();

function exchangesOf(
  all: readonly { session: string; cdr: string; reference: string; offset: number }[],
): RecordedExchange[] {
  return all.flatMap(({ session, cdr, reference, offset }) => {
    const path = `/NL/OUR/${encodeURIComponent(session)}`;
    const owner = { country_code: 'NL', party_id: 'OUR' };
    return [
      said({
        operation: 'sessions.put',
        path,
        at: offset,
        body: { ...owner, id: session, authorization_reference: reference, start_date_time: at(offset - 5) },
      }),
      said({ operation: 'sessions.patch', path, at: offset + 60, body: { kwh: 1, last_updated: at(offset + 60) } }),
      said({
        operation: 'cdrs.post',
        at: offset + 90,
        body: {
          ...owner,
          id: cdr,
          session_id: session,
          authorization_reference: reference,
          last_updated: at(offset + 90),
        },
      }),
    ];
  });
}

describe('charges that are replayed', () => {
  const replay = (exchanges: readonly RecordedExchange[], seed: string) => {
    const recording = recordingOf({ title: 'it', exchanges });
    if (!recording.ok) throw new Error(recording.failure.message);
    const plan = planReplay({ recording: recording.value, surroundings: surroundings(), options: options(), seed });
    if (!plan.ok) throw new Error(plan.failure.message);
    return plan.value.steps.map(step => {
      if (step.kind !== 'request') throw new Error('a flow');
      const made = readyRequest(plan.value, step, { responseUrl: '', newId: () => 'n' });
      if (!made.ok) throw new Error(made.failure.message);
      const then = JSON.parse(step.spoken.request.text ?? '{}') as Record<string, string>;
      const now = JSON.parse(made.value.text ?? '{}') as Record<string, string>;
      return { then, now, urlThen: step.spoken.url, urlNow: made.value.url };
    });
  };
  const FIELDS = ['id', 'session_id', 'authorization_reference'] as const;

  it('have no id of the recording left, and one new id for each old one', () => {
    fc.assert(
      fc.property(charges, fc.string(), (all, seed) => {
        const renamed = { session: new Map<string, string>(), cdr: new Map<string, string>(), reference: new Map() };
        const note = (names: Map<string, string>, from: string, to: string) => {
          expect(names.get(from.toLowerCase()) ?? to).toBe(to);
          names.set(from.toLowerCase(), to);
        };
        for (const { then, now, urlThen, urlNow } of replay(exchangesOf(all), seed)) {
          for (const field of FIELDS) {
            if (then[field] === undefined) continue;
            expect(now[field]).not.toBe(then[field]);
            const isCdr = field === 'id' && 'session_id' in then;
            const kind = field === 'authorization_reference' ? 'reference' : isCdr ? 'cdr' : 'session';
            note(renamed[kind], then[field], now[field] ?? '');
          }
          if (!urlThen.includes('/sessions/')) continue;
          const last = (url: string) => decodeURIComponent(url.split('/').at(-1) ?? '');
          note(renamed.session, last(urlThen), last(urlNow));
        }
        for (const names of Object.values(renamed)) expect(new Set(names.values()).size).toBe(names.size);
      }),
      { numRuns: 60 },
    );
  });

  it('keep the gaps between all their times', () => {
    fc.assert(
      fc.property(charges, all => {
        const shifts = replay(exchangesOf(all), 's').flatMap(({ then, now }) =>
          ['start_date_time', 'last_updated'].flatMap(field => {
            const [before, after] = [then[field], now[field]];
            if (before === undefined || after === undefined) return [];
            return (momentOf(after, '2.2.1') ?? 0) - (momentOf(before, '2.2.1') ?? 0);
          }),
        );
        expect(new Set(shifts).size).toBe(1);
        expect(shifts[0]).not.toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it('are the same with the same seed, and others with another one', () => {
    const all = [{ session: 'SESSION-1', cdr: 'CDR-1000', reference: 'AUTH-1', offset: 0 }];
    expect(replay(exchangesOf(all), 'a')).toEqual(replay(exchangesOf(all), 'a'));
    expect(replay(exchangesOf(all), 'a')).not.toEqual(replay(exchangesOf(all), 'b'));
  });
});
