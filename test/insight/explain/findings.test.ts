import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Around } from '../../../core/insight/explain/around.ts';
import { explain } from '../../../core/insight/explain/explain.ts';
import { FINDING_CODES, type FindingCode } from '../../../core/ocpi/finding-codes.ts';
import { envelope, found, observed } from './made.ts';

describe('a failure', () => {
  it('is told what its code means in the version spoken', () => {
    const meaning = (version: '2.1.1' | '2.2.1') =>
      explain(observed({ version, status: 200, body: envelope(2004), ocpiStatus: 2004 })).problems[0]?.meaning;
    expect(meaning('2.1.1')).toContain('a code of 2.2 and later');
    expect(meaning('2.2.1')).toMatch(/^unknown token: /);
  });

  it('tells which phase took long', () => {
    const timings = { dns: 2, connect: 3, tls: null, firstByte: 9000, total: 9100 };
    const { problems } = explain(observed({ status: 503 }), { timings });
    expect(problems[0]?.next.at(-1)).toBe(
      'Of the 9.1 s it took, 9 s went by because volta took so long to begin its answer.',
    );
  });
});

describe('an exchange that did not fail', () => {
  it('is well where nothing was found', () => {
    expect(explain(observed({ status: 200, body: envelope(1000), ocpiStatus: 1000 }))).toEqual({
      well: true,
      problems: [],
      onPurpose: [],
    });
  });

  it('is told by what was found, the worst first, places of one code together', () => {
    const date = (at: number) =>
      found('date-time.no-zone', { pointer: `/data/${at}/last_updated`, met: '2026-01-01T00:00:00', expected: 'Z' });
    const missing = found('field.missing', { pointer: '/data/0/id', met: 'no field', expected: 'an id' });
    const { well, problems } = explain(
      observed({ status: 200, body: envelope(1000), ocpiStatus: 1000, findings: [date(0), date(1), date(2), missing] }),
    );
    expect(well).toBe(false);
    expect(problems.map(({ sentence }) => sentence)).toEqual([
      "volta's answer to GET .../locations: a required field is absent at /data/0/id: no field instead of an id.",
      "volta's answer to GET .../locations: dates and times are written without Z at /data/0/last_updated and at 2 more places: 2026-01-01T00:00:00 instead of Z.",
    ]);
    expect(problems.map(({ blamed, sure }) => [blamed, sure])).toEqual([
      ['them', 'certain'],
      ['them', 'possible'],
    ]);
  });

  it.each([
    ['envelope.timestamp.missing', 'in', 'us', 'envelope'],
    ['authorization.line-feed', 'in', 'them', 'http'],
    ['authorization.line-feed', 'out', 'us', 'http'],
    ['paging.link.missing', 'out', 'them', 'http'],
    ['paging.offset-ignored', 'out', 'them', 'flow'],
    ['registration.dead-token', 'in', 'them', 'flow'],
    ['hub.error-taken-for-authentication', 'in', 'them', 'flow'],
    ['cdr.cost-differs', 'in', 'them', 'object'],
    ['status.disagree', 'out', 'them', 'ocpi'],
  ] as const)('%s of a call %s is put down to %s, at the layer %s', (code, direction, blamed, layer) => {
    const method = code.startsWith('cdr.') ? 'POST' : 'GET';
    const findings = [found(code, { met: 'this', expected: 'that' })];
    const { problems } = explain(
      observed({ direction, method, status: 200, body: envelope(1000), ocpiStatus: 1000, findings }),
    );
    expect(problems).toMatchObject([{ blamed, layer, code }]);
  });
});

describe('an exchange at which a fault of ours was at work', () => {
  const firings = [
    { rule: 'no data', kind: 'envelope.data-null', did: 'data was replaced with null.', applied: true },
    { rule: 'idle', kind: 'headers.429', did: 'there was nothing to do', applied: false },
  ];

  it('says that it was done on purpose, by which rule, and blames nobody else for it', () => {
    const around: Around = { firings };
    const findings = [found('paging.data.none', { pointer: '/data', met: 'null', expected: 'a list' })];
    const explained = explain(
      observed({ direction: 'in', status: 200, body: envelope(1000), ocpiStatus: 1000, findings }),
      around,
    );
    expect(explained.onPurpose).toEqual([
      'We did that on purpose: rule "no data" (envelope.data-null): data was replaced with null.',
    ]);
    expect(explained.problems).toMatchObject([{ blamed: 'us', sure: 'certain' }]);
  });

  it('tells of a broken-off answer how it was broken off', () => {
    const { problems } = explain(observed({ direction: 'in', ended: { how: 'broken-off', by: 'reset', sent: 120 } }), {
      firings,
    });
    expect(problems[0]?.sentence).toBe(
      "Our answer to volta's GET .../sender/locations was broken off on purpose after 120 bytes of the body: the connection was reset.",
    );
  });
});

describe('every exchange', () => {
  const codes = Object.keys(FINDING_CODES) as FindingCode[];
  const any = fc.record({
    direction: fc.constantFrom('in' as const, 'out' as const),
    how: fc.constantFrom('complete', 'answered', 'timeout', 'cut', 'tls', 'dns', 'proxy', 'something new'),
    status: fc.option(fc.integer({ min: 100, max: 599 }), { nil: undefined }),
    ocpiStatus: fc.option(fc.integer({ min: -1, max: 9999 }), { nil: undefined }),
    body: fc.option(fc.oneof(fc.string(), fc.json()), { nil: undefined }),
    url: fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true })),
    found: fc.array(fc.tuple(fc.constantFrom(...codes), fc.string(), fc.string(), fc.string()), { maxLength: 5 }),
  });

  it('is explained in whole sentences, whatever it holds', () => {
    fc.assert(
      fc.property(any, ({ how, found: several, ...made }) => {
        const findings = several.map(([code, pointer, met, expected]) => found(code, { pointer, met, expected }));
        const { status, body, ...rest } = made;
        const { problems } = explain(
          observed({
            ...rest,
            ...(status === undefined ? {} : { status }),
            ...(body === undefined ? {} : { body }),
            findings,
            ended: { how },
          }),
        );
        for (const { sentence, because, findings: shown } of problems) {
          expect(sentence).toMatch(/[.!?]$/);
          expect(because).toMatch(/\.$/);
          expect(sentence).not.toContain('undefined');
          expect(new Set(shown).size).toBe(shown.length);
        }
        const told = new Set(problems.flatMap(problem => problem.findings));
        expect(told).toEqual(new Set(findings.map(({ code }) => code)));
      }),
    );
  });
});
