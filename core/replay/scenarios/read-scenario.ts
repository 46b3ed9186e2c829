import type { Scenario, ScenarioProblem } from '../../contract/scenario.ts';
import { Scenario as Format } from '../../contract/scenario.ts';
import { jsonFault } from '../../ocpi/json-fault.ts';
import { receiveJson } from '../../ocpi/received.ts';
import { checkScenario } from './check-scenario.ts';
import { formProblems } from './form-problems.ts';

/**
 * A scenario from its text. Errors say why it is none, by line and column where the text is no JSON, else by JSON pointer;
 * warnings stand beside one that can be run.
 */
export function readScenario(text: string): { readonly scenario?: Scenario; readonly problems: ScenarioProblem[] } {
  const json = text.startsWith('\ufeff') ? text.slice(1) : text;
  const fault = jsonFault(json);
  if (fault !== undefined) {
    const message = `${fault.expected} is expected here, ${fault.met} was met`;
    return { problems: [{ where: `line ${fault.line}, column ${fault.column}`, message, severity: 'error' }] };
  }
  const { view: value } = receiveJson(json);
  if (value === undefined) return { problems: [{ where: '', message: 'it is nested too deeply', severity: 'error' }] };
  const read = Format.safeParse(value);
  if (!read.success) return { problems: formProblems(read.error, value) };
  const problems = checkScenario(read.data);
  return problems.some(({ severity }) => severity === 'error') ? { problems } : { scenario: read.data, problems };
}
