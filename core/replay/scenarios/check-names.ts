import type { Scenario, ScenarioProblem } from '../../contract/scenario.ts';
import { nearestName } from './nearest-name.ts';
import { partiesOf } from './parts.ts';
import { error, warning } from './problem.ts';
import { partyValue } from './symbols.ts';
import { namesIn, slotsOf, textsOf } from './template.ts';

const BUILT_IN = ['n', 'at', 'response_url'] as const;

/** Names that mean nothing, mean two things, or are never used; times and sums that cannot be read. */
export function checkNames(scenario: Scenario): ScenarioProblem[] {
  const used = new Set<string>();
  return [...clashes(scenario), ...meaningless(scenario, used), ...unused(scenario, used)];
}

function clashes({ ids, values, pieces }: Scenario): ScenarioProblem[] {
  const problems: ScenarioProblem[] = [];
  const taken = new Map<string, string>();
  for (const [field, names] of Object.entries({ ids, values, pieces })) {
    for (const name of Object.keys(names)) {
      const where = `/${field}/${name}`;
      const before = taken.get(name);
      if (before !== undefined) problems.push(error(where, `the name is that of ${before} already`));
      else taken.set(name, where);
      if ((BUILT_IN as readonly string[]).includes(name) || partyValue(name) !== undefined) {
        problems.push(error(where, `{{${name}}} means something of its own; choose another name`));
      }
    }
  }
  return problems;
}

interface Part {
  readonly where: string;
  readonly value: unknown;
  /** Of a piece: those that may be named in it, the earlier ones. */
  readonly pieces: ReadonlySet<string>;
  /** It may say where a result is to be posted. */
  readonly answers: boolean;
}

function meaningless(scenario: Scenario, used: Set<string>): ScenarioProblem[] {
  const problems: ScenarioProblem[] = [];
  const numbers = new Set(
    Object.entries(scenario.values).flatMap(([name, value]) => (typeof value === 'number' ? name : [])),
  );
  const parties = partiesOf(scenario);
  const alone = new Set([...Object.keys(scenario.ids), ...Object.keys(scenario.values)]);
  for (const { where, value, pieces, answers } of partsOf(scenario)) {
    for (const { text, pointer } of textsOf(value)) {
      const at = `${where}${pointer}`;
      if (/\{\{(?![^{}]*\}\})/.test(text)) problems.push(error(at, `"{{" without its "}}": ${JSON.stringify(text)}`));
      for (const slot of slotsOf(text)) {
        if (slot.kind === 'wrong') problems.push(error(at, `${JSON.stringify(text)} cannot be read: ${slot.reason}`));
        for (const name of namesIn(slot)) {
          used.add(name);
          if (slot.kind === 'sum') {
            if (name !== 'n' && !numbers.has(name)) problems.push(error(at, notANumber(name, numbers)));
          } else if (pieces.has(name)) {
            if (text.trim() !== `{{${name}}}`) problems.push(error(at, `the piece {{${name}}} has to stand alone`));
          } else if (name !== 'n' && !alone.has(name) && !(name === 'response_url' && answers)) {
            const role =
              partyValue(name) === undefined ? undefined : parties.find(party => name.startsWith(`${party}_`));
            if (role === undefined)
              problems.push(error(at, unknown(name, [...alone, ...pieces, ...BUILT_IN], scenario)));
          }
        }
      }
    }
  }
  return problems;
}

/** Everything with slots in it, by where it stands. */
function partsOf({ pieces, steps }: Scenario): Part[] {
  const names = Object.keys(pieces);
  const all = new Set(names);
  const parts: Part[] = Object.entries(pieces).map(([name, value], at) => ({
    where: `/pieces/${name}`,
    value,
    pieces: new Set(names.slice(0, at)),
    answers: false,
  }));
  for (const [index, step] of steps.entries()) {
    if ('flow' in step) continue;
    const { params, query, body, bodyIn, expect, expectBody, learn, prompt } = step;
    const where = `/steps/${index}`;
    const none = new Set<string>();
    parts.push({ where, value: { body, bodyIn }, pieces: all, answers: true });
    parts.push({ where, value: { query }, pieces: none, answers: true });
    parts.push({ where, value: { params, expect, expectBody, learn, prompt }, pieces: none, answers: false });
  }
  return parts;
}

function notANumber(name: string, numbers: ReadonlySet<string>): string {
  const known =
    numbers.size === 0 ? 'the scenario has no values that are numbers' : `numbers are ${[...numbers].join(', ')}`;
  return `{{${name}}} is no number that could be multiplied: ${known}`;
}

function unknown(name: string, known: readonly string[], { pieces }: Scenario): string {
  if (Object.hasOwn(pieces, name)) return `the piece {{${name}}} can stand in bodies, and in pieces behind it`;
  const near = nearestName(name, known);
  return `there is nothing called {{${name}}}${near === undefined ? `; there is ${known.join(', ')}` : `; {{${near}}}?`}`;
}

function unused({ ids, values, pieces }: Scenario, used: ReadonlySet<string>): ScenarioProblem[] {
  return Object.entries({ ids, values, pieces }).flatMap(([field, names]) =>
    Object.keys(names)
      .filter(name => !used.has(name))
      .map(name => warning(`/${field}/${name}`, `{{${name}}} is used nowhere`)),
  );
}
