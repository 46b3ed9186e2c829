import * as z from 'zod';
import type { FaultKindView } from '../../contract/fault.ts';
import { FAULT_KINDS } from '../../faults/catalogue.ts';
import { operationsOf } from '../../faults/check-rule.ts';
import type { FaultKind } from '../../faults/kind.ts';
import type { Rule } from '../../faults/rule.ts';
import { sampleFor } from '../../faults/sample.ts';
import { tryRule } from '../../faults/trial.ts';

let known: Promise<FaultKindView[]> | undefined;

/** The whole catalogue; it never changes while the workbench runs. */
export function viewKinds(): Promise<FaultKindView[]> {
  known ??= viewAll();
  return known;
}

/** Each example is worked out: one after the other, so that partners are answered in between. */
async function viewAll(): Promise<FaultKindView[]> {
  const views: FaultKindView[] = [];
  for (const kind of FAULT_KINDS) {
    views.push(viewKind(kind));
    await new Promise<void>(resolve => setImmediate(resolve));
  }
  return views;
}

function viewKind(kind: FaultKind): FaultKindView {
  const parameters = kind.parameters.parse({}) as Rule['parameters'];
  const { before, after } = tryRule(sampleFor(kind.sample), { rule: plainRule(kind, parameters), hit: 1, link: '' });
  return {
    kind: kind.kind,
    family: kind.family,
    title: kind.title,
    explain: kind.explain(parameters),
    parameters: z.toJSONSchema(kind.parameters, { io: 'input' }) as Record<string, unknown>,
    cases: [...kind.cases],
    directions: [...kind.directions],
    operations: operationsOf(kind) ?? null,
    example: { before, after },
  };
}

/** A rule of the kind that reaches everything, to show it with. */
function plainRule(kind: FaultKind, parameters: Rule['parameters']): Rule {
  return {
    id: 0,
    name: kind.kind,
    kind,
    position: 0,
    parameters,
    scope: {},
    when: {},
    seed: '1',
    armed: true,
    reachesRegistration: true,
    reachesProduction: true,
  };
}
