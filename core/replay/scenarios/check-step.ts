import type { ScenarioProblem, ScenarioRole } from '../../contract/scenario.ts';
import { type CatalogueEntry, catalogue, entryById, isPlaceholder } from '../../ocpi/catalogue.ts';
import { decidable, mayAnswer } from '../../ocpi/decidable.ts';
import { hasSide, type PlatformRole } from '../../ocpi/role-modules.ts';
import { VERSIONS, type Version } from '../../ocpi/versions.ts';
import { asksForResult, isResult } from './addresses.ts';
import { nearestName } from './nearest-name.ts';
import { partiesOf } from './parts.ts';
import { error, type PlacedRequest, warning } from './problem.ts';

const ROLES: Readonly<Record<ScenarioRole, PlatformRole>> = { cpo: 'CPO', emsp: 'EMSP', ptp: 'PTP' };

/** What is wrong with one request of a scenario, its texts and bodies left aside. */
export function checkStep(placed: PlacedRequest): ScenarioProblem[] {
  const { step, index } = placed;
  const at = `/steps/${index}`;
  const entry = entryById(step.do);
  if (entry === undefined) {
    const ids = new Set(VERSIONS.flatMap(version => catalogue(version).map(({ id }) => id)));
    const near = nearestName(step.do, ids);
    const hint = near === undefined ? 'the catalogue lists what there is' : `${near}?`;
    return [error(`${at}/do`, `there is no operation "${step.do}"; ${hint}`)];
  }
  const known: Known = { ...placed, entry, at };
  return [
    ...checkVersions(known),
    ...checkDirection(known),
    ...checkAddress(known),
    ...checkResult(known),
    ...checkRepeats(known),
    ...checkAnswer(known),
    ...checkExpectations(known),
  ];
}

interface Known extends PlacedRequest {
  readonly entry: CatalogueEntry;
  readonly at: string;
}

function versionsOf({ scenario, step }: PlacedRequest): Version[] {
  return scenario.versions.filter(version => step.versions?.includes(version) !== false);
}

function checkVersions(known: Known): ScenarioProblem[] {
  const { entry, at } = known;
  return versionsOf(known)
    .filter(version => !entry.versions.includes(version))
    .map(version =>
      error(
        `${at}/do`,
        `OCPI ${version} does not have ${entry.id}; name the versions of the step: ${JSON.stringify(entry.versions)}`,
      ),
    );
}

/** Who asks whom (digest 4.1). It is a table of what is typical, so that something else is only told. */
function checkDirection({ scenario, step, entry, at }: Known): ScenarioProblem[] {
  if (entry.interface === 'NONE') return [];
  const other = partiesOf(scenario).find(role => role !== step.from);
  if (other === undefined || hasSide(ROLES[other], entry.module, entry.interface)) return [];
  const message = `${entry.id} is not what ${step.from} asks of ${other}: ${other} has no ${entry.interface} interface of ${entry.module}`;
  return [warning(`${at}/from`, message)];
}

function checkAddress({ step, entry, at }: Known): ScenarioProblem[] {
  const needed = entry.path.filter(isPlaceholder).map(segment => segment.slice(1, -1));
  const isGiven = entry.base === 'given-url' && !isResult(entry.id);
  const names = isGiven ? ['url'] : needed;
  const missing = names.filter(name => (step.params[name] ?? '') === '');
  const problems = missing.map(name => error(`${at}/params`, `${entry.id} needs "${name}" in its path`));
  for (const name of Object.keys(step.params)) {
    if (names.includes(name)) continue;
    const has = names.length === 0 ? 'there is nothing to be named in it' : `it has ${names.join(', ')}`;
    problems.push(error(`${at}/params/${name}`, `the path of ${entry.id} has no "${name}": ${has}`));
  }
  for (const name of Object.keys(step.query)) {
    if (entry.query.includes(name)) continue;
    problems.push(warning(`${at}/query/${name}`, `OCPI gives ${entry.id} no parameter "${name}"`));
  }
  return problems;
}

/** A result has nowhere to go without a command of the other party that says where. */
function checkResult({ scenario, step, index, entry, at }: Known): ScenarioProblem[] {
  if (!isResult(entry.id)) return [];
  const asked = scenario.steps
    .slice(0, index)
    .some(
      before =>
        'do' in before &&
        before.from !== step.from &&
        before.do.startsWith(`${entry.module}.`) &&
        asksForResult(before),
    );
  if (asked) return [];
  return [error(`${at}/do`, `nothing before it asks for a result: no step of the other party with a {{response_url}}`)];
}

function checkRepeats({ step: { repeats }, at }: Known): ScenarioProblem[] {
  if (repeats === undefined) return [];
  const { least, most, times } = repeats;
  const problems = least > most ? [error(`${at}/repeats`, `at least ${least} and at most ${most} cannot both be`)] : [];
  if (times !== undefined && (times < least || times > most)) {
    problems.push(warning(`${at}/repeats/times`, `${times} times are sent, and ${least} to ${most} are awaited`));
  }
  return problems;
}

function checkAnswer(known: Known): ScenarioProblem[] {
  const { step, entry, at } = known;
  const { answer, result, later } = step.answer ?? {};
  if (step.answer === undefined) return [];
  const problems: ScenarioProblem[] = [];
  for (const version of versionsOf(known)) {
    const may = decidable(entry.id, version);
    if (may === undefined) return [error(`${at}/answer`, `what ${entry.id} is answered cannot be chosen`)];
    if (result !== undefined && (answer === 'accept' || answer === 'reject') && !mayAnswer(may, answer, result)) {
      const some = may[answer === 'accept' ? 'yes' : 'no'].join(', ');
      problems.push(error(`${at}/answer/result`, `"${result}" is no answer in ${version}; any of ${some}`));
    }
    if (later !== undefined && !may.later.includes(later)) {
      const some = may.later.length === 0 ? 'nothing follows' : `any of ${may.later.join(', ')}`;
      problems.push(error(`${at}/answer/later`, `"${later}" cannot follow in ${version}; ${some}`));
    }
  }
  return problems;
}

const ENVELOPE = /^\/(data|status_code|status_message|timestamp)(\/|$)/;

function checkExpectations({ step, at }: Known): ScenarioProblem[] {
  const problems: ScenarioProblem[] = [];
  const { equals = {}, oneOf = {}, present = [], absent = [] } = step.expect ?? {};
  const pointers = [
    ...Object.keys(equals),
    ...Object.keys(oneOf),
    ...present,
    ...absent,
    ...Object.keys(step.learn ?? {}),
  ];
  for (const pointer of pointers) {
    if (pointer === '' || ENVELOPE.test(pointer)) continue;
    problems.push(warning(`${at}/expect`, `${pointer} is nothing of an answer: what is asked for stands in /data`));
  }
  return problems;
}
