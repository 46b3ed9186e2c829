import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../core/contract/failure.ts';
import { FAULT_KINDS } from '../../core/faults/catalogue.ts';
import { checkRule, checkRulesFile } from '../../core/faults/check-rule.ts';
import { sampleFor } from '../../core/faults/sample.ts';

const hasLink = (name: string) => name.toLowerCase() === 'volta';

function said(outcome: Outcome<unknown>): string {
  return outcome.ok ? 'fine' : `${outcome.failure.code} ${outcome.failure.message} | ${outcome.failure.advice}`;
}

const rule = (value: unknown) => said(checkRule(value, { path: '', hasLink }));
const file = (rules: unknown, more: object = {}) =>
  said(checkRulesFile({ ocpiWorkbenchFaults: 1, rules, ...more }, { hasLink }));

describe('a rule that can be at work', () => {
  it('is one of any kind with nothing said, if it may reach versions and credentials', () => {
    for (const { kind } of FAULT_KINDS)
      expect([kind, rule({ kind, reachesRegistration: true })]).toEqual([kind, 'fine']);
  });

  it('names what it looks at as the catalogue and the links have it', () => {
    const scope = {
      link: 'Volta',
      party: 'nl-tnm',
      direction: 'answer',
      version: '2.2.1',
      module: 'locations',
      operation: 'locations.list',
      side: 'SENDER',
    };
    expect(rule({ kind: 'envelope.data-null', scope, when: { nth: 2, probability: 0.5 } })).toBe('fine');
  });
});

describe('a rule that cannot', () => {
  it('is refused with the place and the reason, and what to do', () => {
    const kind = 'envelope.http-status';
    const wrong: readonly [unknown, RegExp][] = [
      [null, /^INVALID_INPUT Invalid input/],
      [{}, /kind: /],
      [
        { kind: 'envelope.nothing' },
        /kind: there is no fault kind "envelope.nothing" \| Any of .*envelope\.http-status/,
      ],
      [{ kind: 'x' }, /The catalogue lists them; families: auth/],
      [{ kind, parameters: { status: 'x' } }, /INVALID_INPUT parameters\.status: /],
      [{ kind, parameters: { stat: 500 } }, /parameters\.stat: there is nothing of this name here/],
      [{ kind, colour: 1 }, /colour: there is nothing of this name here/],
      [{ kind, scope: { colour: 1 } }, /scope\.colour: there is nothing/],
      [{ kind, scope: { link: 'nobody' } }, /scope\.link: there is no link "nobody"/],
      [{ kind, scope: { module: 'places' } }, /scope\.module: there is no module "places" \| Any of .*locations/],
      [
        { kind, scope: { operation: 'locations.lst' } },
        /scope\.operation: there is no operation "locations.lst" \| Any of .*locations\.list/,
      ],
      [{ kind, scope: { direction: 'send' } }, /scope\.direction: envelope.http-status cannot send \| It can answer/],
      [{ kind, scope: { version: '2.1.1', module: 'payments' } }, /scope: there is nothing that it leaves/],
      [{ kind, scope: { party: 'NLTNMX' } }, /scope\.party: a country code and a party id/],
      [{ kind, scope: { from: 'yesterday' } }, /scope\.from: /],
      [
        { kind, scope: { from: '2026-01-02T00:00:00Z', until: '2026-01-01T00:00:00Z' } },
        /scope\.until: .* is not behind/,
      ],
      [{ kind, when: { nth: 0 } }, /when\.nth: /],
      [{ kind, when: { probability: 2 } }, /when\.probability: /],
      [{ kind, name: ' ' }, /name: /],
      [
        { kind: 'paging.link-missing', scope: { operation: 'locations.put' } },
        /scope\.operation: paging.link-missing does not fit there \| It fits /,
      ],
      [
        { kind: 'discovery.credentials-missing' },
        /reachesRegistration: discovery.credentials-missing has only versions and credentials/,
      ],
      [{ kind, scope: { module: 'credentials' } }, /reachesRegistration: /],
    ];
    for (const [value, words] of wrong) expect(rule(value)).toMatch(words);
  });

  it('refuses its whole file, by its place there', () => {
    const good = { kind: 'envelope.data-null' };
    expect(file([good, good, good])).toBe('fine');
    expect(file([good, { kind: 'envelope.http-status', parameters: { status: [] } }])).toMatch(
      / rules\[1\]\.parameters\.status: /,
    );
    expect(
      file([
        { ...good, name: 'a' },
        { ...good, name: 'A' },
      ]),
    ).toMatch(/ rules\[1\]\.name: "A" is the name of rules\[0\] already/);
    expect(file('many')).toMatch(/rules: /);
    expect(file([good], { ocpiWorkbenchFaults: 2 })).toMatch(/ocpiWorkbenchFaults: /);
    expect(said(checkRulesFile(undefined, { hasLink }))).toMatch(/^INVALID_INPUT /);
    expect(file(Array.from({ length: 10_001 }, () => good))).toMatch(/10001 of them; at most 10000/);
  });

  it('is refused as a value, whatever is given', () => {
    fc.assert(
      fc.property(
        fc.anything({ maxDepth: 3 }),
        value => void [rule(value), rule({ kind: 'envelope.http-status', parameters: value }), file([value])],
      ),
    );
  });
});

describe('the sample of a kind', () => {
  it('is always the same, on every operation and version it is asked for', () => {
    for (const { sample } of FAULT_KINDS) expect(sampleFor(sample)).toEqual(sampleFor(sample));
  });
});
