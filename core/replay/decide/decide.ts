import type { RewriteKind } from '../../contract/rewrite-kind.ts';
import { type Mark, up } from '../rebase/marks.ts';
import { mappedAs } from '../rebase/value-now.ts';
import type { Recording, Step } from '../recording.ts';
import type { KnownThings, Surroundings } from '../surroundings.ts';
import { createDecisions, type Decisions } from './decisions.ts';
import { decideMadeIds } from './made-ids.ts';
import { decideParties } from './parties.ts';
import { decidePlaces, ofWhom } from './places.ts';
import { decideTokens } from './tokens.ts';
import { ownerOf, type Side, type Use, usesOf } from './uses.ts';

export interface Deciding {
  readonly recording: Recording;
  readonly steps: readonly Step[];
  readonly surroundings: Surroundings;
  /** `location:LOC1` -> `LOC9`, as the operator has it. */
  readonly map: Readonly<Record<string, string>>;
  readonly seed: string;
}

/** Operations that make an object under its id, rather than speak of one that is there. */
const MAKING: Partial<Record<RewriteKind, RegExp>> = {
  session: /^sessions\.put$/,
  cdr: /^cdrs\.post$/,
  authorization_reference: /./,
  reservation: /^(commands\.reserve-now|bookings\.)/,
  confirmation: /^payments\.post-confirmation$/,
};
/** Operations that put an object whole, before or after others speak of it. */
const WHOLE: Partial<Record<RewriteKind, RegExp>> = {
  session: /^sessions\.put$/,
  location: /^locations\.put$/,
  tariff: /^tariffs\.put$/,
  token: /^tokens\.put$/,
  terminal: /^payments\.(post|put|activate)-terminal$/,
};

/**
 * What every id of the recording is called now. Whoever says an id first makes it, unless it has to be there already: what
 * the partner says first is learned, what we make is new, and what has to be there is kept where it is and replaced by
 * something that is there where it is not.
 */
export function decide({ recording, steps, surroundings, map, seed }: Deciding): Decisions {
  const decisions = createDecisions();
  for (const [key, to] of Object.entries(map)) {
    const at = key.indexOf(':');
    const kind = key.slice(0, at) as RewriteKind;
    decisions.decide({ kind, from: key.slice(at + 1), to, why: 'as you said' });
  }
  const parties = decideParties(decisions, surroundings);
  const places = decidePlaces(decisions);
  const tokens = decideTokens(decisions);
  const ids = decideMadeIds(decisions, { seed, written: recording.made === 'written' });
  const put = putByUs(steps, recording);

  const thingsOf = (side: Side): KnownThings => (side === 'us' ? surroundings.ours : surroundings.theirs);

  const existing = (use: Use, owner: Side): void => {
    const { kind, value } = use.mark;
    const things = thingsOf(owner);
    const whose = owner === 'us' ? 'ours' : surroundings.link;
    if (kind === 'location' || kind === 'evse' || kind === 'connector') {
      const location = kind === 'location' ? value : (up(use.mark.group, 'location') ?? '');
      const made = owner === 'us' && put.has(`location ${location.toLowerCase()}`);
      if (made && !things.has('location', location)) ids.made(use.mark);
      else places.existing(use.mark, things, whose);
    } else if (kind === 'token' || kind === 'contract') {
      const uid = kind === 'token' ? value : (use.mark.group.ids.token ?? '');
      // A customer of a terminal's gets a token for this one charge.
      const made = use.cpo === 'us' || put.has(`token ${uid.toLowerCase()}`);
      if (owner === 'us' && made && !things.has('token', uid)) ids.made(use.mark);
      else tokens.existing(use.mark, things, whose);
    } else if (kind === 'tariff' || kind === 'terminal') {
      if (kind === 'tariff' ? things.has('tariff', value) : isAmong(things.terminals, value))
        decisions.keep(kind, value);
      // A scenario's terminal is one of ours where we have one: its CPO writes to it.
      else if (kind === 'terminal' && recording.made === 'written' && things.terminals.length > 0)
        one(use, things.terminals, whose);
      else if (owner === 'us' && put.has(`${kind} ${value.toLowerCase()}`)) ids.made(use.mark);
      else one(use, kind === 'tariff' ? things.tariffs : things.terminals, whose);
    } else {
      const known = (kind === 'session' || kind === 'cdr') && things.has(kind, value);
      if (kind === 'session' && !known && owner === 'us' && isMadeHere(use)) {
        ids.made(use.mark);
        return;
      }
      decisions.keep(kind, value);
      if (!known) decisions.note(`The ${kind} ${value} was made before this flow: it stays as it was.`);
    }
  };

  /** A CDR has its session made up with it, where nobody has seen one. */
  const isMadeHere = ({ mark, spoken }: Use): boolean =>
    spoken.operation === 'cdrs.post' || put.has(`session ${mark.value.toLowerCase()}`);

  /** Different ones for different ones, as long as there are enough. */
  const one = ({ mark: { kind, value } }: Use, there: readonly string[], whose: string): void => {
    const to = there.find(id => decisions.isFree(kind, id)) ?? there[0];
    if (to !== undefined) {
      decisions.decide({ kind, from: value, to, why: `one of ${ofWhom(whose)}` });
      return;
    }
    decisions.keep(kind, value);
    decisions.note(`No ${kind} of ${whose} is known: ${value} stays as it was.`);
  };

  /** Whose customer it is, where the token says so: that of an ad hoc charge belongs to whoever runs the charger. */
  const customerSide = ({ mark: { kind, group } }: Use): Side | undefined =>
    (kind === 'token' || kind === 'contract') && group.ids.party !== undefined
      ? parties.sideOf(group.ids.party)
      : undefined;

  /** Data of the partner that it had then and has now. */
  const isThere = ({ kind, value, group }: Mark): boolean => {
    const { theirs } = surroundings;
    if (kind === 'location' || kind === 'tariff' || kind === 'token') return theirs.has(kind, value);
    if (kind === 'contract') return group.ids.token !== undefined && theirs.has('token', group.ids.token);
    const location = kind === 'evse' || kind === 'connector' ? up(group, 'location') : undefined;
    return location !== undefined && theirs.has('location', location);
  };

  for (const step of steps) {
    if (step.kind !== 'request') continue;
    parties.routing(step);
    for (const party of [step.spoken.fromParty, step.spoken.toParty]) {
      if (party !== undefined) decisions.count('party', party, step.no);
    }
  }
  for (const use of usesOf(steps, recording.version)) {
    const { mark, step, speaker, said, spoken } = use;
    const { kind } = mark;
    if (kind === 'time' || kind === 'response_url') continue;
    if (kind === 'party') {
      parties.named(use);
      if (said === 'request') decisions.count(kind, mark.value, step.no);
      continue;
    }
    const from = mappedAs(mark);
    if (said === 'request') decisions.count(kind, from, step.no);
    if (decisions.has(kind, from) || (kind === 'connector' && decisions.has(kind, mark.value))) continue;
    const owner = customerSide(use) ?? ownerOf(kind, use.cpo);
    if (said === 'answer' && speaker === 'them' && owner === 'them' && isThere(mark))
      decisions.keep(kind, from, mark.value);
    else if (speaker === 'them' || said === 'answer') {
      const who = speaker === 'them' ? surroundings.link : 'our answer';
      decisions.decide({ kind, from, to: null, why: `${who} says it` });
    } else if (MAKING[kind]?.test(spoken.operation) && mark.field !== 'credit_reference_id') ids.made(mark);
    else if (owner !== undefined) existing(use, owner);
    else decisions.keep(kind, from, mark.value);
  }
  return decisions;
}

/** What the flow itself puts, so that it need not be there before: by kind and id. */
function putByUs(steps: readonly Step[], { version }: Recording): ReadonlySet<string> {
  const put = new Set<string>();
  for (const { mark, step, spoken, said } of usesOf(steps, version)) {
    if (step.by === 'us' && said === 'request' && WHOLE[mark.kind]?.test(spoken.operation)) {
      put.add(`${mark.kind} ${mark.value.toLowerCase()}`);
    }
  }
  return put;
}

function isAmong(ids: readonly string[], id: string): boolean {
  return ids.some(one => one.toLowerCase() === id.toLowerCase());
}
