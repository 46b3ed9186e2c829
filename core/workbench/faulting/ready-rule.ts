import { faultKindNamed } from '../../faults/catalogue.ts';
import type { Rule } from '../../faults/rule.ts';
import type { KeptFaultRule } from '../../history/faults.ts';

/** A kept rule is another object after each change. */
const ready = new WeakMap<KeptFaultRule, { readonly rule: Rule | undefined }>();

/** A kept rule as it is at work; undefined where this workbench does not know its kind, or the kind takes other parameters now. */
export function readyRule(kept: KeptFaultRule): Rule | undefined {
  const known = ready.get(kept);
  if (known !== undefined) return known.rule;
  const rule = made(kept);
  ready.set(kept, { rule });
  return rule;
}

function made(kept: KeptFaultRule): Rule | undefined {
  const kind = faultKindNamed(kept.kind);
  const parameters = kind?.parameters.safeParse(kept.parameters);
  if (kind === undefined || parameters?.success !== true) return undefined;
  const { pack: _, createdAt: __, ...rule } = kept;
  return { ...rule, kind, parameters: parameters.data as Rule['parameters'] };
}
