import type { Scenario, ScenarioRole } from '../../contract/scenario.ts';

/** Parts that a platform in a role can play. A hub stands for either side; PTP has no legal role value (T30b). */
const PLAYED: Readonly<Record<string, readonly ScenarioRole[]>> = {
  CPO: ['cpo'],
  EMSP: ['emsp'],
  PTP: ['ptp'],
  OTHER: ['ptp'],
  HUB: ['cpo', 'emsp'],
};
const USUAL_PARTNER: Readonly<Record<ScenarioRole, ScenarioRole>> = { cpo: 'emsp', emsp: 'cpo', ptp: 'cpo' };

/** The parts of a scenario that we can play where we have these roles in a link, in the order of the scenario. */
export function partsFor({
  scenario,
  roles,
}: {
  readonly scenario: Pick<Scenario, 'parts'>;
  readonly roles: readonly string[];
}): ScenarioRole[] {
  const playable = new Set(roles.flatMap(role => PLAYED[role.toUpperCase()] ?? []));
  return scenario.parts.filter(part => playable.has(part));
}

/** Both parties of a scenario, or all that it names where those are more than two. */
export function partiesOf({ parts, steps }: Pick<Scenario, 'parts' | 'steps'>): ScenarioRole[] {
  const named = new Set([...parts, ...steps.flatMap(step => ('from' in step ? [step.from] : []))]);
  const [only] = named;
  if (named.size === 1 && only !== undefined) named.add(USUAL_PARTNER[only]);
  return [...named];
}
