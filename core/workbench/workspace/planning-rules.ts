import type { FaultRuleText } from '../../contract/fault.ts';
import { checkRulesFile } from '../../faults/check-rule.ts';
import { ciEqual } from '../../ocpi/ci-string.ts';
import { askForProduction } from '../faulting/production.ts';
import { prettyJson, sortedMembers } from './exact-json.ts';
import type { Planning, Step } from './planning.ts';
import type { ReadWorkspace } from './reading.ts';

/** By name: one that is there stays armed if it was, a new one arrives disarmed. */
export function planRules(read: ReadWorkspace['rules'], linkNames: readonly string[], planning: Planning): Step[] {
  if (read === undefined) return [];
  const { history, problems, asks } = planning;
  const { faults, links } = history;
  const checked = checkRulesFile(read.value, {
    hasLink: name => links.byName(name) !== undefined || linkNames.some(one => ciEqual(one, name)),
  });
  if (!checked.ok) {
    problems.push(`${read.path} ${checked.failure.message}`);
    return [];
  }
  return checked.value.flatMap(({ text: { name, ...text } }, at): Step[] => {
    if (name === undefined) {
      problems.push(`${read.path} rules[${at}].name: a rule of a workspace has a name`);
      return [];
    }
    const item = { kind: 'rule', name, file: read.path };
    const kept = faults.rules().find(rule => ciEqual(rule.name, name));
    if (kept === undefined) {
      const rule = { ...text, name, armed: false, pack: null, reachesProduction: false };
      return [{ item: { ...item, did: 'added', note: 'disarmed' }, apply: () => void faults.insert(rule) }];
    }
    const { id, armed, pack } = kept;
    const note = armed ? 'it stays armed' : 'it stays disarmed';
    if (asText(kept) === asText({ ...text, name })) return [{ item: { ...item, did: 'unchanged', note: '' } }];
    const asked = askForProduction([{ scope: text.scope, armed }], { links: links.list(), confirmed: false });
    if (asked !== undefined && !asked.ok)
      asks.push(`the rule ${name} is armed: ${asked.failure.message.replace(/\.$/, '')}`);
    const rule = { ...text, name, armed, pack, reachesProduction: asked !== undefined || kept.reachesProduction };
    return [{ item: { ...item, did: 'changed', note }, apply: () => faults.update(id, rule) }];
  });
}

/** Without what differs from one database to the next. */
function asText({
  name,
  kind,
  parameters,
  scope,
  when,
  seed,
  reachesRegistration,
}: Omit<FaultRuleText, 'armed'>): string {
  return prettyJson(sortedMembers({ name, kind, parameters, scope, when, seed, reachesRegistration }));
}
