import { done, failed, type Outcome } from '../contract/failure.ts';
import { answerTypeOf } from '../ocpi/answer-types.ts';
import { bodyTypeOf } from '../ocpi/body-types.ts';
import { type CatalogueEntry, entryById } from '../ocpi/catalogue.ts';
import { type ConvertibleModule, convertObject } from '../ocpi/convert/convert.ts';
import { isJsonObject } from '../ocpi/json-value.ts';
import { formatPartyId, type PartyId } from '../ocpi/party-id.ts';
import type { OcpiType } from '../ocpi/types.ts';
import { atLeast22, type Version } from '../ocpi/versions.ts';
import { cpoOf, otherSide, type Side } from './decide/uses.ts';
import { unlikeField } from './recorded/unlike.ts';
import type { Recording, RequestStep, SpokenAnswer, SpokenExchange, Step } from './recording.ts';
import type { Surroundings } from './surroundings.ts';

/** Whom the parties of the recording are taken for where its version does not name them (2.1.1). */
type Parties = Readonly<Record<Side, PartyId | undefined>>;

const MODULE_OF: Readonly<Record<string, ConvertibleModule>> = {
  Location: 'locations',
  Session: 'sessions',
  CDR: 'cdrs',
  Tariff: 'tariffs',
  Token: 'tokens',
};
const UNNAMED: PartyId = { countryCode: 'ZZ', partyId: 'ZZZ' };
const utf8 = new TextEncoder();

/**
 * A recording as another version would have it: whole objects are converted (core/ocpi/convert), the rest passes where its
 * shape is the same. Fails for the first step that has no counterpart, naming the step and the field. Scenarios are never
 * converted: they exist in each version.
 */
export function convertRecording(recording: Recording, surroundings: Surroundings): Outcome<Recording> {
  const { version: to } = surroundings;
  const from = recording.version;
  if (from === to) return done(recording);
  const parties: Parties = { us: surroundings.ours.parties[0], them: surroundings.theirs.parties[0] };
  const steps: Step[] = [];
  const bare: number[] = [];
  for (const step of recording.steps) {
    if (step.kind === 'flow') {
      steps.push(step);
      continue;
    }
    const converted = convertStep(step, { from, to, parties });
    if (!converted.ok) return converted;
    const { step: made, answered } = converted.value;
    steps.push(made);
    if (!answered) bare.push(step.no);
  }
  const notes = [
    `It was OCPI ${from} and is converted to ${to}.`,
    ...(bare.length > 0
      ? [
          `Of the recorded answers to ${steps.length === bare.length ? 'all' : bare.length} steps only the status counts: their data has no ${to} form.`,
        ]
      : []),
  ];
  return done({ ...recording, version: to, steps, notes: [...recording.notes, ...notes] });
}

interface Versions {
  readonly from: Version;
  readonly to: Version;
  readonly parties: Parties;
}

interface Converted {
  readonly step: RequestStep;
  /** False: what the answers held is not known in the other version. */
  readonly answered: boolean;
}

function convertStep(step: RequestStep, versions: Versions): Outcome<Converted> {
  const { to } = versions;
  const entry = entryById(step.spoken.operation);
  if (entry === undefined) return done({ step, answered: true });
  if (!entry.versions.includes(to)) return lacking(step, `there is no ${entry.words} in OCPI ${to}`);
  const all: SpokenExchange[] = [];
  let answered = true;
  for (const spoken of [step.spoken, ...(step.also ?? [])]) {
    const body = convertBody(spoken, { ...versions, entry, by: step.by });
    if (!body.ok) return lacking(step, body.failure.message);
    const answer = convertAnswer(spoken, { ...versions, entry, by: step.by });
    if (answer === undefined && spoken.answer !== undefined) answered = false;
    const { text } = body.value;
    all.push({
      ...spoken,
      ...routed(step.by, entry, versions),
      request: { ...spoken.request, text, length: text === undefined ? 0 : utf8.encode(text).length },
      answer: answer ?? withoutText(spoken.answer),
    });
  }
  const [spoken = step.spoken, ...also] = all;
  return done({ step: { ...step, spoken, ...(step.also !== undefined && { also }) }, answered });
}

interface Message extends Versions {
  readonly entry: CatalogueEntry;
  readonly by: Side;
}

function convertBody({ request }: SpokenExchange, message: Message): Outcome<{ readonly text: string | undefined }> {
  const { text } = request;
  const { entry, from, to } = message;
  if (text === undefined || text.trim() === '') return done({ text });
  const [then, now] = [bodyTypeOf(entry, from), bodyTypeOf(entry, to)];
  if (now === undefined) return done({ text });
  const json = read(text);
  if (json === undefined) return failed('INVALID_INPUT', 'its body is no JSON, so it cannot be converted', '');
  const part = entry.method === 'PATCH';
  const module = part ? undefined : MODULE_OF[now.name];
  if (module !== undefined) {
    const object = convertObject(json, contextOf(module, message));
    if (object !== undefined) return done({ text: JSON.stringify(object) });
    return failed('INVALID_INPUT', `its ${now.name} cannot be used, so it cannot be converted`, '');
  }
  const body = withToken(json, then, message);
  const odd = unlikeField(body, then?.schema, now.schema, { part });
  if (odd !== undefined) return failed('INVALID_INPUT', `its field ${odd} is another one in OCPI ${to}`, '');
  return done({ text: body === json ? text : JSON.stringify(body) });
}

/** Commands hold a whole token. */
function withToken(json: unknown, then: OcpiType | undefined, message: Message): unknown {
  if (then === undefined || !isJsonObject(json) || message.entry.module !== 'commands') return json;
  const token = isJsonObject(json['token']) ? convertObject(json['token'], contextOf('tokens', message)) : undefined;
  return token === undefined ? json : { ...json, token };
}

function convertAnswer({ answer }: SpokenExchange, message: Message): SpokenAnswer | undefined {
  const { entry, from, to } = message;
  if (answer?.text === undefined) return answer;
  const envelope = read(answer.text);
  const [then, now] = [answerTypeOf(entry, from), answerTypeOf(entry, to)];
  if (!isJsonObject(envelope) || envelope['data'] === undefined || envelope['data'] === null || !now) return answer;
  const { data } = envelope;
  const module = MODULE_OF[now.name];
  const one = (value: unknown): unknown => {
    if (module !== undefined) return convertObject(value, contextOf(module, message));
    return unlikeField(value, then?.schema, now.schema) === undefined ? value : undefined;
  };
  const converted = Array.isArray(data) ? data.map(one) : one(data);
  if (converted === undefined || (Array.isArray(converted) && converted.includes(undefined))) return undefined;
  const text = JSON.stringify({ ...envelope, data: converted });
  return { ...answer, text, length: utf8.encode(text).length };
}

function contextOf(module: ConvertibleModule, { entry, by, from, to, parties }: Message) {
  const cpo = cpoOf(entry, by) ?? by;
  const owner = module === 'tokens' ? otherSide(cpo) : cpo;
  const peer = parties[otherSide(owner)];
  return { module, from, to, owner: parties[owner] ?? UNNAMED, ...(peer !== undefined && { peer }) };
}

/** From 2.2 on who speaks to whom is said; those of the recording are kept where it says so itself. */
function routed(by: Side, { functional }: CatalogueEntry, { from, to, parties }: Versions): Partial<SpokenExchange> {
  if (!functional || atLeast22(from) || !atLeast22(to)) return {};
  const [sender, addressee] = [parties[by], parties[otherSide(by)]];
  return {
    fromParty: sender && formatPartyId(sender),
    toParty: addressee && formatPartyId(addressee),
  };
}

function withoutText(answer: SpokenAnswer | undefined): SpokenAnswer | undefined {
  return answer && { ...answer, text: undefined, length: 0 };
}

function read(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function lacking({ no, spoken }: RequestStep, why: string): Outcome<never> {
  const advice = 'Choose a link of the version it was recorded in, or leave the step out.';
  return failed('INVALID_INPUT', `step ${no}, ${spoken.operation}: ${why}`, advice);
}
