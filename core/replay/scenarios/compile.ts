import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { Policy } from '../../contract/policy.ts';
import type { Scenario, ScenarioExpectation, ScenarioRequest, ScenarioRole } from '../../contract/scenario.ts';
import { type CatalogueEntry, catalogue } from '../../ocpi/catalogue.ts';
import { NOTHING_LATER } from '../../ocpi/decidable.ts';
import { formatPartyId } from '../../ocpi/party-id.ts';
import type { Version } from '../../ocpi/versions.ts';
import type { Recording, RequestStep, SpokenAnswer, SpokenMessage, Step } from '../recording.ts';
import { isResult, resultUrls, urlOf } from './addresses.ts';
import { answerHolding } from './answer-holding.ts';
import { partiesOf } from './parts.ts';
import { inVersion, withPieces } from './pieces.ts';
import { idValue, partyValue, SYMBOLIC_PARTIES, symbolOf } from './symbols.ts';
import { fill, fillText, namesIn, type SlotValues, slotsOf } from './template.ts';
import { setValues } from './values.ts';

/** Times of a scenario count from here; those of the flow it becomes are another matter. */
const BEGIN = Date.UTC(2026, 0, 1);
const SECOND_MS = 1000;
const USUAL_WAIT_S = 60;
const NO_MESSAGE: SpokenMessage = { headers: [], text: undefined, length: 0, shortened: false };
const utf8 = new TextEncoder();

export interface PlayedScenario {
  readonly scenario: Scenario;
  readonly version: Version;
  readonly part: ScenarioRole;
  /** Values instead of those in the scenario, as texts: `{ kwh: '20' }`. */
  readonly set: Readonly<Record<string, string>>;
}

/**
 * A scenario as a recording: what our part sends is by `us`, the rest is awaited. Ids stand by the names in `declared`, valid
 * for their fields; times count from `startedAt`; URLs and parties are symbolic (`.invalid`, country codes for private use).
 * Fails for a version or a part the scenario does not have, and for values that are not of their type.
 */
export function recordingOfScenario({ scenario, version, part, set }: PlayedScenario): Outcome<Recording> {
  if (!scenario.versions.includes(version)) {
    const has = `It has ${scenario.versions.join(', ')}.`;
    return failed('INVALID_INPUT', `the scenario "${scenario.name}" does not exist in OCPI ${version}`, has);
  }
  if (!scenario.parts.includes(part)) {
    const has = `It has ${scenario.parts.join(', ')}.`;
    return failed('INVALID_INPUT', `the part of ${part} cannot be played in the scenario "${scenario.name}"`, has);
  }
  const values = setValues(scenario, set);
  if (!values.ok) return values;
  const declared = Object.entries(scenario.ids).map(([name, kind], index) => ({ name, kind, index }));
  const ids = new Map(declared.map(named => [named.name, idValue(named, version)]));
  const named = (name: string): unknown => ids.get(name) ?? values.value[name] ?? partyValue(name);
  const learnt = new Set(scenario.steps.flatMap(step => ('do' in step ? learntIn(step) : [])));
  const { steps, notes } = stepsOf({ scenario, version, part, named });
  return done({
    title: scenario.title,
    version,
    made: 'written',
    startedAt: BEGIN,
    steps,
    declared: declared.map(id => ({
      kind: id.kind,
      name: symbolOf(id, version),
      ...(learnt.has(id.name) && { optional: true }),
    })),
    notes,
  });
}

/** Names of ids that an answer may tell. */
function learntIn({ learn = {} }: ScenarioRequest): string[] {
  return Object.values(learn).flatMap(text => slotsOf(text).flatMap(namesIn));
}

interface Compiling extends Omit<PlayedScenario, 'set'> {
  /** Ids, values, codes of the parties. */
  named(name: string): unknown;
}

function stepsOf(compiling: Compiling): { steps: Step[]; notes: string[] } {
  const { scenario, version, part } = compiling;
  const entries = new Map(catalogue(version).map(entry => [entry.id, entry]));
  const urls = resultUrls(scenario);
  const steps: Step[] = [];
  const notes: string[] = [];
  for (const [index, step] of scenario.steps.entries()) {
    if (step.versions?.includes(version) === false) continue;
    const no = steps.length + 1;
    if ('flow' in step) {
      steps.push({ kind: 'flow', no, at: step.at * SECOND_MS, flow: step.flow, exchangeIds: [] });
      continue;
    }
    const entry = entries.get(step.do);
    if (entry === undefined) {
      notes.push(`Step ${index + 1}, ${step.do}, is left out: OCPI ${version} does not have it.`);
      continue;
    }
    const place: Placed = { ...compiling, step, entry, index, urls };
    if (step.from === part) steps.push(...sent(place, no));
    else steps.push(awaited(place, no));
  }
  return { steps, notes };
}

interface Placed extends Compiling {
  readonly step: ScenarioRequest;
  readonly entry: CatalogueEntry;
  /** In the scenario. */
  readonly index: number;
  readonly urls: ReadonlyMap<number, string>;
}

/** One for each time: the target of a storm counts them. */
function sent(place: Placed, first: number): RequestStep[] {
  const { step } = place;
  const { least = 1, times = Math.max(1, least), every = 1 } = step.repeats ?? {};
  return Array.from({ length: times }, (_, done) => {
    const expectation = filledExpectation(step.expect, slots(place, done + 1));
    return {
      ...common(place, { no: first + done, n: done + 1, at: step.at + done * every }),
      by: 'us' as const,
      expectation,
    };
  });
}

function awaited(place: Placed, no: number): RequestStep {
  const { step } = place;
  const answerWith = answerOf(place);
  const made = common(place, { no, n: 1, at: step.at });
  return {
    ...made,
    by: 'them',
    spoken: { ...made.spoken, answer: undefined },
    expectation: filledExpectation(step.expectBody, slots(place, 1)),
    ...(answerWith !== undefined && { answerWith }),
    ...(step.prompt !== undefined && { prompt: fillText(step.prompt, slots(place, 1)) }),
    ...(step.repeats !== undefined && { repeats: { least: step.repeats.least, most: step.repeats.most } }),
  };
}

/** The result that a command of the partner gets is a step of its own, where there is one; then nothing follows by itself. */
function answerOf({ step, index, urls, scenario }: Placed): Partial<Policy> | undefined {
  const url = urls.get(index);
  const followed =
    url !== undefined &&
    scenario.steps.some((later, at) => at > index && 'do' in later && isResult(later.do) && urls.get(at) === url);
  const said = Object.entries(step.answer ?? {}).filter(([, value]) => value !== undefined);
  if (said.length === 0 && !followed) return undefined;
  return {
    ...(followed && { answer: 'accept', later: NOTHING_LATER }),
    ...(Object.fromEntries(said) as Partial<Policy>),
  };
}

function common(place: Placed, { no, n, at }: { no: number; n: number; at: number }): Omit<RequestStep, 'by'> {
  const { step, entry, version, scenario } = place;
  const values = slots(place, n);
  const body = filledBody(place, values);
  const text = body === undefined ? undefined : JSON.stringify(body);
  const other = partiesOf(scenario).find(role => role !== step.from) ?? step.from;
  const routed = version !== '2.1.1' && entry.functional;
  const spokenAt = at * SECOND_MS;
  return {
    kind: 'request',
    no,
    at: spokenAt,
    spoken: {
      operation: step.do,
      method: entry.method,
      url: urlOf({ step, entry, version, other, values, given: place.urls.get(place.index) }),
      startedAt: BEGIN + spokenAt,
      durationMs: 0,
      request:
        text === undefined
          ? NO_MESSAGE
          : {
              headers: [['Content-Type', 'application/json']],
              text,
              length: utf8.encode(text).length,
              shortened: false,
            },
      answer: answerOfSteps(place, values),
      ended: { how: 'complete' },
      fromParty: routed ? formatPartyId(SYMBOLIC_PARTIES[step.from]) : undefined,
      toParty: routed ? formatPartyId(SYMBOLIC_PARTIES[other]) : undefined,
      requestId: undefined,
      correlationId: undefined,
      findings: [],
    },
    withinMs: (step.within ?? USUAL_WAIT_S) * SECOND_MS,
  };
}

/** An answer in which that holds what is expected, so that ids the partner makes are learned from the one that comes. */
function answerOfSteps({ step }: Placed, values: SlotValues): SpokenAnswer {
  const { http = 200, ocpi = 1000, equals = {} } = filledExpectation(step.expect, values);
  const told = { ...equals, ...(fill(step.learn ?? {}, values) as Record<string, string>) };
  const text = JSON.stringify(answerHolding(told, { ocpi, timestamp: new Date(BEGIN).toISOString() }));
  return {
    status: http,
    statusText: '',
    headers: [['Content-Type', 'application/json']],
    text,
    length: utf8.encode(text).length,
    shortened: false,
  };
}

function filledExpectation(expectation: ScenarioExpectation | undefined, values: SlotValues): ScenarioExpectation {
  const { equals, oneOf, ...rest } = expectation ?? {};
  return {
    ...rest,
    ...(equals !== undefined && { equals: fill(equals, values) as Record<string, unknown> }),
    ...(oneOf !== undefined && { oneOf: fill(oneOf, values) as Record<string, unknown[]> }),
  };
}

/** The body of a step in its version, with its slots filled; undefined where it has none. */
function filledBody({ step, version }: Placed, values: SlotValues): unknown {
  return fill(inVersion(step, version), values);
}

function slots({ named, urls, index, step, scenario, version }: Placed, n: number): SlotValues {
  const simple: SlotValues = {
    begin: BEGIN,
    n,
    named: name => (name === 'response_url' && !isResult(step.do) ? urls.get(index) : named(name)),
  };
  return withPieces(simple, { pieces: scenario.pieces, version });
}
