import { FaultRuleText } from '../../../../core/contract/fault.ts';
import type { ImportedLog } from '../../../../core/contract/session-log.ts';

/**
 * A rule of a file as one of ours: switched off, and for every link, since the one it was for is not here. Name and seed
 * stay, so that chance is drawn as it was. Undefined where it is no rule as we know them.
 */
export function ruleTextOf({ name, kind, details }: ImportedLog['rules'][number]): FaultRuleText | undefined {
  const { link: _link, ...scope } =
    typeof details['scope'] === 'object' ? { link: undefined, ...details['scope'] } : {};
  const read = FaultRuleText.safeParse({ ...details, name, kind, scope, armed: false });
  return read.success ? read.data : undefined;
}
