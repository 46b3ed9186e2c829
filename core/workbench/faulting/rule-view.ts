import { FaultFamily, type FaultRule } from '../../contract/fault.ts';
import { faultKindNamed } from '../../faults/catalogue.ts';
import type { KeptFaultRule } from '../../history/faults.ts';
import type { History } from '../../history/history.ts';
import { readyRule } from './ready-rule.ts';

/** A kept rule as faces see it. */
export function viewRule(kept: KeptFaultRule, { faults }: Pick<History, 'faults'>): FaultRule {
  const { reachesProduction: _, ...rule } = kept;
  const ready = readyRule(kept);
  const { met, fired, lastFiredAt } = faults.total(kept.id);
  return {
    ...rule,
    parameters: ready?.parameters ?? kept.parameters,
    family: familyOf(kept.kind),
    explain: ready?.kind.explain(ready.parameters) ?? whyIdle(kept.kind),
    met,
    fired,
    lastFiredAt,
  };
}

/** Of a kind that this workbench does not know, as its name says. */
function familyOf(kind: string): FaultFamily {
  const family = FaultFamily.safeParse(kind.split('.')[0]);
  return family.success ? family.data : 'transport';
}

function whyIdle(kind: string): string {
  return faultKindNamed(kind) === undefined
    ? `It does nothing: this workbench knows no fault kind "${kind}".`
    : `It does nothing: ${kind} takes other parameters in this workbench.`;
}
