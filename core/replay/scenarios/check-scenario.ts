import type { Scenario, ScenarioProblem } from '../../contract/scenario.ts';
import { checkBodies } from './check-bodies.ts';
import { checkNames } from './check-names.ts';
import { checkStep } from './check-step.ts';
import { partiesOf } from './parts.ts';
import { error } from './problem.ts';

/**
 * What is wrong with a text that has the form of a scenario: errors keep it from being run, warnings say what may not be meant
 * (a body that is wrong on purpose is a good scenario).
 */
export function checkScenario(scenario: Scenario): ScenarioProblem[] {
  const problems = [...checkParties(scenario), ...checkOrder(scenario), ...checkNames(scenario)];
  for (const [index, step] of scenario.steps.entries()) {
    const at = `/steps/${index}`;
    for (const [place, version] of (step.versions ?? []).entries()) {
      if (scenario.versions.includes(version)) continue;
      problems.push(error(`${at}/versions/${place}`, `the scenario itself does not exist in ${version}`));
    }
    if ('do' in step) problems.push(...checkStep({ scenario, step, index }));
  }
  for (const version of scenario.versions) {
    if (scenario.steps.some(({ versions }) => versions === undefined || versions.includes(version))) continue;
    problems.push(error('/versions', `no step is left in ${version}`));
  }
  // Bodies can be filled only where everything else is right.
  return problems.some(({ severity }) => severity === 'error') ? problems : [...problems, ...checkBodies(scenario)];
}

function checkParties(scenario: Scenario): ScenarioProblem[] {
  const parties = partiesOf(scenario);
  const problems: ScenarioProblem[] = [];
  if (parties.length > 2) {
    problems.push(error('/parts', `a scenario is between two parties; this one has ${parties.join(', ')}`));
  }
  for (const [at, part] of scenario.parts.entries()) {
    if (scenario.parts.indexOf(part) < at) problems.push(error(`/parts/${at}`, `${part} stands there already`));
  }
  return problems;
}

function checkOrder({ steps }: Scenario): ScenarioProblem[] {
  const problems: ScenarioProblem[] = [];
  let last = 0;
  for (const [index, { at }] of steps.entries()) {
    if (at < last) {
      const message = `it is at ${at} s, and the step before it at ${last} s: steps stand in the order of their times`;
      problems.push(error(`/steps/${index}/at`, message));
    }
    last = Math.max(last, at);
  }
  return problems;
}
