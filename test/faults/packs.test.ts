import { describe, expect, it } from 'vitest';
import { FaultPack } from '../../core/contract/fault.ts';
import { faultKindNamed } from '../../core/faults/catalogue.ts';
import { checkRule, checkRulesFile } from '../../core/faults/check-rule.ts';
import { FAULT_PACKS } from '../../core/faults/packs.ts';

const context = { hasLink: () => true };

it('every pack of the issue is there, and one for sessions that lie', () => {
  expect(FAULT_PACKS.map(({ name }) => name)).toEqual([
    'bad-day-at-a-hub',
    'framework-defaults',
    'flaky-network',
    'paging-from-hell',
    'late-and-double-callbacks',
    'session-that-lies',
  ]);
});

it('packs can be loaded together: no two rules have one name', () => {
  const rules = FAULT_PACKS.flatMap(pack => pack.rules);
  const file = { ocpiWorkbenchFaults: 1, rules };
  expect(checkRulesFile(file, context)).toMatchObject({ ok: true });
});

describe.each(FAULT_PACKS.map(pack => ({ name: pack.name, pack })))('the pack $name', ({ pack }) => {
  it('is what the contract says, and explains itself', () => {
    expect(FaultPack.parse(pack)).toEqual(pack);
    expect(pack.meaning).toMatch(/^[A-Z].{40,}\.$/);
    expect(pack.rules.length).toBeGreaterThanOrEqual(4);
    expect(pack.rules.length).toBeLessThanOrEqual(10);
  });

  it.each(pack.rules.map(rule => ({ rule, title: rule.name ?? rule.kind })))('$title can be at work', ({ rule }) => {
    expect(checkRule(rule, { path: '', ...context })).toMatchObject({ ok: true });
    expect(rule.armed).toBe(true);
    expect(rule.seed).toBe(pack.name);
    expect(rule.reachesRegistration).toBe(false);
    expect(faultKindNamed(rule.kind)?.family).toBeDefined();
  });

  it('leaves most exchanges usable: whatever ends one happens now and then only', () => {
    // The transport kinds that break a message, and the kinds that refuse it.
    const ends = pack.rules.filter(({ kind }) =>
      /transport\.(?:cut|reset|close|hang)|framework-body|html-page|not-connected|receiver|async\.never/.test(kind),
    );
    const chance = ends.reduce((sum, { when }) => sum + (when.probability ?? 1), 0);
    expect(chance).toBeLessThanOrEqual(0.2);
  });
});
