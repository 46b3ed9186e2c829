import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAULT_KINDS } from '../../../core/faults/catalogue.ts';
import { type Draft, draftOf, type Message } from '../../../core/faults/draft.ts';
import type { Altered, Asked, Facts, FaultKind, Memory, Using } from '../../../core/faults/kind.ts';
import { SAMPLE_TOKENS, sampleFor } from '../../../core/faults/sample.ts';
import { catalogue } from '../../../core/ocpi/catalogue.ts';
import { VERSIONS } from '../../../core/ocpi/versions.ts';

function memory(): Memory {
  const kept = new Map<string, string>();
  return {
    get: key => kept.get(key),
    set: (key, value) => void (value === undefined ? kept.delete(key) : kept.set(key, value)),
  };
}

function using(kind: FaultKind, facts: Facts, parameters: unknown = kind.parameters.parse({})): Using<unknown> {
  return { parameters, facts, draw: () => 0.4, memory: memory(), token: which => SAMPLE_TOKENS[which] };
}

/** What the kind does to an exchange, in the order in which it is asked. */
function play(kind: FaultKind, facts: Facts, message: Message): { asked: Asked; altered: Altered | undefined } {
  const tools = using(kind, facts);
  kind.observe?.(facts, tools.memory);
  const asked =
    facts.direction === 'answer' ? kind.before?.({ query: facts.request.url.split('?')[1] ?? '' }, tools) : undefined;
  const altered = asked !== undefined && 'answer' in asked ? undefined : kind.alter?.(draftOf(message), tools);
  return { asked, altered };
}

const bodies = fc.oneof(
  fc.constant(new Uint8Array()),
  fc.uint8Array({ maxLength: 300 }),
  fc.json().map(text => new TextEncoder().encode(text)),
  fc.anything().map(data => new TextEncoder().encode(safeJson({ data, status_code: 1000, timestamp: 'x' }))),
  fc
    .record({ token: fc.anything(), url: fc.anything(), roles: fc.array(fc.anything(), { maxLength: 3 }) })
    .map(data => new TextEncoder().encode(safeJson({ ...data, data, status_code: '1000' }))),
  fc
    .array(fc.record({ identifier: fc.anything(), role: fc.anything(), url: fc.anything(), version: fc.anything() }), {
      maxLength: 3,
    })
    .map(endpoints => new TextEncoder().encode(safeJson({ data: { version: '2.1', endpoints }, status_code: 2001 }))),
);

function safeJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? 'null';
}

const names = fc.constantFrom(
  'Authorization',
  'X-Request-ID',
  'Link',
  'content-type',
  'Content-Encoding',
  'OCPI-to-party-id',
  'Location',
  'x',
);
const headers = fc.array(fc.tuple(names, fc.string({ maxLength: 40 })), { maxLength: 8 });
const urls = fc.oneof(
  fc.constantFrom('/', '/ocpi/2.2.1/locations?offset=1', 'https://a.example/x/', '?', ''),
  fc.string({ maxLength: 30 }),
);
const requests = fc.record({
  method: fc.constantFrom('GET', 'PUT', 'POST', 'PATCH', 'DELETE', ''),
  url: urls,
  headers,
  body: bodies,
});
const answers = fc.record({
  status: fc.integer({ min: 100, max: 599 }),
  statusText: fc.string({ maxLength: 10 }),
  headers,
  body: bodies,
});
const entries = VERSIONS.flatMap(version => catalogue(version).map(entry => ({ entry, version })));
const facts = fc
  .record({ place: fc.constantFrom(undefined, ...entries), request: requests, now: fc.integer({ min: 0, max: 4e12 }) })
  .map(
    ({ place, request, now }): Facts => ({
      direction: 'answer',
      operation: place?.entry.id ?? 'unknown',
      ...place,
      request,
      params: {},
      ownVersionsUrl: 'https://us.example/ocpi/versions',
      now,
    }),
  );

const LARGE = [
  `{"data":[${'{"id":"x","url":"https://x","version":"2.1"},'.repeat(10_000)}null],"status_code":1000}`,
  '['.repeat(100_000),
  `{"data":${'['.repeat(3_000)}${']'.repeat(3_000)}}`,
].map(text => new TextEncoder().encode(text));

describe.each(FAULT_KINDS.map(kind => ({ name: kind.kind, kind })))('$name', ({ kind }) => {
  it('does something to its own sample, says so in one sentence, and does the same each time', () => {
    const { facts, message } = sampleFor(kind.sample);
    const { asked, altered } = play(kind, facts, message);
    const did = asked?.did ?? (altered !== undefined && 'did' in altered ? altered.did : altered?.nothing);
    expect({ applied: asked !== undefined || (altered !== undefined && 'draft' in altered), did }).toMatchObject({
      applied: true,
    });
    expect(did).toMatch(/^[^\n]{5,200}[^.\s]$/);
    for (const token of Object.values(SAMPLE_TOKENS)) expect(did).not.toContain(token);
    expect(play(kind, facts, message)).toEqual({ asked, altered });
  });

  it('explains itself, and every parameter has a default and a description', () => {
    expect(kind.explain(kind.parameters.parse({}))).toMatch(/^[A-Z{4][^\n]{10,300}\.$/);
    expect(kind.title).toMatch(/^.{2,60}[^.]$/);
    expect(kind.kind.startsWith(`${kind.family}.`)).toBe(true);
    expect(kind.parameters.safeParse({ nobodyKnowsThis: 1 }).success).toBe(false);
    expect(kind.directions).toContain(kind.sample.direction);
    for (const number of kind.cases) expect(number).toSatisfy((one: number) => one >= 1 && one <= 35);
  });

  it('never throws, whatever crosses, and keeps Content-Length right where it changes a body', () => {
    fc.assert(
      fc.property(facts, answers, requests, (facts, answer, request) => {
        for (const message of [
          { side: 'answer', ...answer },
          { side: 'send', ...request },
        ] as const) {
          const { asked, altered } = play(kind, { ...facts, direction: message.side }, message);
          if (asked !== undefined && 'answer' in asked) measured(draftOf(asked.answer), undefined);
          if (altered !== undefined && 'draft' in altered) measured(altered.draft, message);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('takes a body of half a megabyte, and one that is nested deeply, without a stumble', () => {
    const sample = sampleFor(kind.sample);
    for (const body of LARGE) {
      const message: Message = { ...sample.message, body };
      const facts = { ...sample.facts, request: { ...sample.facts.request, body } };
      expect(() => play(kind, facts, message)).not.toThrow();
    }
  });
});

/** Transport kinds lie about the length on purpose. */
function measured({ message }: Draft, before: Message | undefined): void {
  if (message.body === before?.body) return;
  const written = message.headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1];
  if (written === undefined && message.side === 'answer' && [204, 304].includes(message.status)) return;
  expect(written).toBe(String(message.body.length));
}
