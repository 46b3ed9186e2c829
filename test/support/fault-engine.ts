import type { FaultEngine } from '../../core/faults/at-work.ts';
import type { Facts, FaultKind, Memory, Using } from '../../core/faults/kind.ts';
import { workOn } from '../../core/faults/plan.ts';
import type { Rule } from '../../core/faults/rule.ts';

export interface FixedRule {
  readonly kind: FaultKind;
  /** Those absent have the kind's defaults. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly seed?: string;
  /** At which exchanges; all of the kind's directions and operations unless said. */
  readonly when?: (facts: Facts) => boolean;
}

export interface FixedEngine extends FaultEngine {
  /** What was met, in order. */
  readonly met: Facts[];
}

/** Rules that fire whenever their kind can, in their order, without a database: for tests of what faults do on the wire. */
export function fixedEngine(
  rules: readonly FixedRule[],
  { token = () => undefined }: { readonly token?: Using<unknown>['token'] } = {},
): FixedEngine {
  const ready = rules.map((rule, at) => ({
    rule: readyRule(rule, at),
    when: rule.when ?? (() => true),
    memory: memory(),
  }));
  const met: Facts[] = [];
  let hit = 0;
  return {
    met,
    meet: ({ facts }) => {
      met.push(facts);
      hit++;
      const chosen = ready.filter(({ rule: { kind }, when }) => {
        if (!kind.directions.includes(facts.direction) || !when(facts)) return false;
        return kind.fits === undefined || (facts.entry !== undefined && kind.fits(facts.entry));
      });
      for (const { rule, memory: remembered } of chosen) rule.kind.observe?.(facts, remembered);
      if (chosen.length === 0) return undefined;
      return workOn({
        chosen: chosen.map(({ rule }) => ({ rule, hit })),
        facts,
        link: 'test',
        memory: rule => ready.find(one => one.rule === rule)?.memory ?? memory(),
        token,
        onBug: (_, error) => {
          throw error;
        },
      });
    },
    connect: () => {
      for (const { rule } of ready) {
        const { kind, name, parameters } = rule;
        const refused = kind.refuseHandshake?.({ parameters, draw: () => 0 });
        if (refused === undefined) continue;
        const { by, did } = refused;
        return { by, firing: { rule: name, ruleId: rule.id, kind: kind.kind, parameters, hit: 1, did, applied: true } };
      }
      return undefined;
    },
  };
}

function readyRule({ kind, parameters = {}, seed = '1' }: FixedRule, at: number): Rule {
  return {
    id: at + 1,
    name: `rule ${at + 1}`,
    kind,
    position: at,
    parameters: kind.parameters.parse(parameters) as Rule['parameters'],
    scope: {},
    when: {},
    seed,
    armed: true,
    reachesRegistration: true,
    reachesProduction: false,
  };
}

function memory(): Memory {
  const kept = new Map<string, string>();
  return {
    get: key => kept.get(key),
    set: (key, value) => {
      if (value === undefined) kept.delete(key);
      else kept.set(key, value);
    },
  };
}
