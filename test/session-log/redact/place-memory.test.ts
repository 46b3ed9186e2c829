import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExchangeLine } from '../../../core/session-log/format/records.ts';
import { createPlaceMemory } from '../../../core/session-log/redact/place-memory.ts';
import { createRedaction } from '../../../core/session-log/redact/redaction.ts';
import { exchangeLine } from '../support/lines.ts';
import { ALL_GROUPS, redacted, sealerFor } from './support.ts';

const TOKEN = 'a-token-of-a-partner';

describe('where values stood when a body was looked at', () => {
  it('is told of every body whose key came in order and once, and of no other', () => {
    const bodies = fc.array(fc.tuple(fc.nat(100), fc.nat(3), fc.array(fc.nat(99), { maxLength: 3 })), {
      maxLength: 100,
    });
    fc.assert(
      fc.property(bodies, given => {
        const memory = createPlaceMemory();
        const expected = new Map<number, { length: number; places: number[] } | undefined>();
        let last = -1;
        for (const [key, length, starts] of given) {
          const places = starts.flatMap(start => [start, start + 1, start + 2]);
          memory.put({ key, length }, places);
          if (expected.has(key)) expected.set(key, undefined);
          else if (key > last) expected.set(key, { length, places });
          last = Math.max(last, key);
        }
        const wrong = Array.from({ length: 4 * 102 }, (_, at) => ({ key: at >> 2, length: at & 3 })).filter(body => {
          const told: number[] = [];
          const known = memory.each(body, (...place) => told.push(...place));
          const due = expected.get(body.key);
          const places = due?.length === body.length ? due.places : undefined;
          return String(known ? told : undefined) !== String(places);
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('spares reading it again, and changes nothing of what is written', () => {
    const text = fc.oneof(
      fc.constantFrom('0123456789ABCD', 'NL-WBX-C12345678-X', 'b\\u0061r-0123456789', '', 'x@acme.example', TOKEN),
      fc.string({ maxLength: 20 }),
    );
    const member = fc.constantFrom('uid', 'contract_id', 'id', 'email', 'name', 'token', 'party_id', 'signed_data');
    const value = fc.letrec(tie => ({
      any: fc.oneof({ depthSize: 'small' }, text, fc.nat(), tie('object'), fc.array(tie('any'), { maxLength: 2 })),
      object: fc.dictionary(member, tie('any'), { maxKeys: 4 }),
    })).object;
    const written = fc
      .tuple(value, fc.constantFrom('', ' ', ']', '"'), fc.boolean())
      .map(([json, behind, quoted]) =>
        quoted ? JSON.stringify({ detail: JSON.stringify(json) }) + behind : JSON.stringify(json) + behind,
      );
    fc.assert(
      fc.property(fc.array(written, { minLength: 1, maxLength: 4 }), fc.boolean(), (bodies, all) => {
        const lines = bodies.map((body, at) => withBody(at + 1, body));
        const groups = all ? ALL_GROUPS : (['personal'] as const);
        const made = redacted(lines, { groups, tokens: [TOKEN] });
        // Under other ids nothing is remembered.
        const redaction = createRedaction({ groups, key: 'one file', seal: sealerFor(TOKEN) });
        for (const line of lines) redaction.look({ ...line, id: line.id + 1000 });
        expect(lines.map(line => redaction.apply(line))).toEqual(made.records);
        expect(redaction.counts()).toEqual(made.redaction.counts());
      }),
      { numRuns: 60 },
    );
  });

  it('is not believed of two bodies that have one key', () => {
    const one = withBody(1, '{"uid":"0123456789ABCD","id":"A"}');
    const other = withBody(1, '{"id":"B","uid":"FEDCBA98765432"}');
    const [, second] = redacted([one, other]).records;
    expect(second?.request.body?.text).toMatch(/^\{"id":"B","uid":"[0-9A-F]{14}"\}$/);
    expect(second?.request.body?.text).not.toContain('FEDCBA98765432');
  });
});

function withBody(id: number, text: string): ExchangeLine {
  return exchangeLine(id, { request: { method: 'PUT', url: '/tokens', headers: [], body: { text } } });
}
