import type { Scenario, ScenarioProblem, ScenarioRequest } from '../../contract/scenario.ts';

/** A step that is a request, where it stands. */
export interface PlacedRequest {
  readonly scenario: Scenario;
  readonly step: ScenarioRequest;
  readonly index: number;
}

/** It cannot be run. */
export function error(where: string, message: string): ScenarioProblem {
  return { where, message, severity: 'error' };
}

/** It can be run, and may not be meant. */
export function warning(where: string, message: string): ScenarioProblem {
  return { where, message, severity: 'warning' };
}
