import type { Scenario, ScenarioProblem } from '../../contract/scenario.ts';
import { entryById } from '../../ocpi/catalogue.ts';
import type { Finding } from '../../ocpi/findings.ts';
import type { Version } from '../../ocpi/versions.ts';
import { recordingOfScenario } from './compile.ts';
import { warning } from './problem.ts';

/** Of one body; one that is wrong all over says so often enough. */
const MOST_FINDINGS = 5;

/** Bodies that do not fit the type of their operation, as they would leave. */
export function checkBodies(scenario: Scenario): ScenarioProblem[] {
  return scenario.versions.flatMap(version => {
    const [part] = scenario.parts;
    if (part === undefined) return [];
    // Sent or awaited is all the same here: every step stands once.
    const once = { ...scenario, steps: scenario.steps.map(withoutRepeats) };
    const recording = recordingOfScenario({ scenario: once, version, part, set: {} });
    if (!recording.ok) return [];
    const indexes = [...scenario.steps.keys()].filter(
      index => scenario.steps[index]?.versions?.includes(version) !== false,
    );
    return recording.value.steps.flatMap((step, at) => {
      const index = indexes[at];
      if (step.kind === 'flow' || index === undefined) return [];
      const where = placeOf(scenario, index, version);
      return bodyProblems(step.spoken.operation, step.spoken.request.text, version).map(message =>
        warning(where, message),
      );
    });
  });
}

function bodyProblems(operation: string, text: string | undefined, version: Version): string[] {
  const entry = entryById(operation);
  const check = entry?.request?.[version];
  if (check === undefined) {
    return text === undefined ? [] : [`OCPI ${version}: ${operation} has no body, as far as the specification says`];
  }
  if (text === undefined) {
    return entry?.bodyOptional === true ? [] : [`OCPI ${version}: ${operation} needs a body, and this has none`];
  }
  const { findings } = check(JSON.parse(text), { version });
  const wrong = findings.filter(({ severity }) => severity === 'error');
  const told = wrong.slice(0, MOST_FINDINGS).map(found => `OCPI ${version}: ${sentenceOf(found)}`);
  return wrong.length > told.length ? [...told, `OCPI ${version}: and ${wrong.length - told.length} more`] : told;
}

function sentenceOf({ pointer, met, expected }: Finding): string {
  return `${pointer === '' ? 'the body' : pointer} is ${met}, where ${expected} is expected`;
}

function withoutRepeats(step: Scenario['steps'][number]): Scenario['steps'][number] {
  if ('flow' in step) return step;
  const { repeats: _, ...once } = step;
  return once;
}

function placeOf({ steps }: Scenario, index: number, version: Version): string {
  const step = steps[index];
  const own = step !== undefined && 'do' in step && step.bodyIn?.[version] !== undefined;
  return own ? `/steps/${index}/bodyIn/${version}` : `/steps/${index}/body`;
}
