import { type Chance, itemAt } from './chance.ts';
import type { Plug } from './chargers.ts';
import { cut, drawCourse, durationOf, type Step, TIME_QUANTUM, toQuantum } from './course.ts';
import type { Ages } from './moments.ts';
import { type Interval, lastOpenBefore, stopsCharging } from './opening.ts';
import { drawProvider } from './operators.ts';
import { type Period, periodsOf } from './periods.ts';
import type { Setting } from './setting.ts';
import { hasWorked, type Site, siteAt, type Unit } from './sites.ts';
import type { TariffFacts } from './tariff-book.ts';
import { drawToken, type TokenFacts } from './token-facts.ts';

/** A session as every version tells it; a finished one also as a CDR. Moments are seconds since the epoch. */
export interface Charge {
  readonly index: number;
  readonly chance: Chance;
  readonly site: Site;
  readonly unit: Unit;
  /** The number of the connector, from 1 on. */
  readonly connector: number;
  readonly plug: Plug;
  readonly token: TokenFacts;
  readonly tariff: TariffFacts;
  readonly authMethod: 'AUTH_REQUEST' | 'COMMAND' | 'WHITELIST';
  readonly status: 'ACTIVE' | 'COMPLETED' | 'INVALID' | 'PENDING' | 'RESERVATION';
  readonly start: number;
  /** Absent while the session goes on. */
  readonly end?: number;
  readonly periods: readonly Period[];
  readonly updatedAt: number;
}

const MINUTE = 60;
const LONGEST = 20 * 60 * MINUTE;
/** Of so many finished sessions in a row one is invalid, and has no CDR. */
const INVALID_EVERY = 50;
/** The CDR of a session follows so many seconds after its last change. */
const CDR_DELAY = 5 * MINUTE;

/** Makes one session without making any other. */
export function chargeAt(setting: Setting, index: number): Charge {
  return index < setting.finished ? finishedCharge(setting, index) : ongoingCharge(setting, index);
}

/** CDRs stand in the order of their sessions, and each follows its session. */
export function cdrAges(ground: Finished, sessions: Ages): Ages {
  const count = ground.finished - Math.floor(ground.finished / INVALID_EVERY);
  return { count, at: cdr => sessions.at(sessionOfCdr(ground, cdr)) + CDR_DELAY };
}

/** The index of the session that a CDR is about. */
export function sessionOfCdr(ground: Finished, cdr: number): number {
  const block = Math.floor(cdr / (INVALID_EVERY - 1));
  const place = cdr % (INVALID_EVERY - 1);
  const session = block * INVALID_EVERY + place;
  return place >= invalidPlace(ground, block) ? session + 1 : session;
}

type Finished = Pick<Setting, 'chance' | 'finished'>;

/** A last block that is not full has no invalid session. */
function invalidPlace({ chance, finished }: Finished, block: number): number {
  if ((block + 1) * INVALID_EVERY > finished) return INVALID_EVERY;
  return chance.at('block', block).integer('invalid', 0, INVALID_EVERY - 1);
}

function finishedCharge(setting: Setting, index: number): Charge {
  const { count } = setting.ages.locations;
  // Every location has its turn once a round, so that two of its sessions are a whole round of days apart.
  const site = siteAt(setting, setting.round.of(index % count));
  const chance = setting.chance.at('session', index);
  const given = plugIn(setting, { index, chance, site, unit: chance.pick('unit', site.units.filter(hasWorked)) });
  const invalid = index % INVALID_EVERY === invalidPlace(setting, Math.floor(index / INVALID_EVERY));
  const window = windowFor(site, given.updatedAt);
  const atMost = invalid
    ? chance.integer('broken off', 1, 3) * MINUTE
    : Math.min(LONGEST, window.end - window.begin - 2 * TIME_QUANTUM);
  const reserved = given.tariff.sort === 'RESERVE' && !invalid && chance.happens('reserved', 0.4);
  const steps = drawCourse(given.plug, { reserved, atMost }, chance.at('course'));
  const duration = durationOf(steps);
  const slack = window.exact ? 0 : window.end - window.begin - duration - TIME_QUANTUM;
  const start = toQuantum(window.end - duration - Math.floor(chance.fraction('in hours') * slack));
  const status = invalid ? 'INVALID' : 'COMPLETED';
  return { ...given, start, end: start + duration, status, periods: periodsOf(steps, start, given.tariff) };
}

/** Goes on at the last locations, one at each, since the location was updated for it. */
function ongoingCharge(setting: Setting, index: number): Charge {
  const { ages, busy, finished } = setting;
  const site = siteAt(setting, ages.locations.count - busy + (index - finished));
  if (!site.busy) throw new RangeError(`No session goes on at ${site.id}`);
  const chance = setting.chance.at('session', index);
  const { unit, how } = site.busy;
  const given = plugIn(setting, { index, chance, site, unit });
  const start = toQuantum(site.updatedAt);
  const steps = stepsSoFar(how, given.plug, given.updatedAt - start, chance.at('course'));
  return { ...given, start, status: how, periods: periodsOf(steps, start, given.tariff) };
}

type Place = Pick<Charge, 'index' | 'chance' | 'site' | 'unit'>;

/** Who charges, where exactly, and at what price. */
function plugIn(setting: Setting, place: Place) {
  const { index, chance, site, unit } = place;
  const connector = chance.integer('connector', 1, unit.plugs.length);
  const provider = drawProvider(setting.companies.providers, site.place.town.country.code, chance);
  const token = drawToken(setting, provider, chance.at('token'));
  return {
    ...place,
    connector,
    plug: itemAt(unit.plugs, connector - 1),
    token,
    tariff: itemAt(setting.tariffs, itemAt(unit.tariffs, 0)),
    authMethod: authMethodOf(token, chance),
    updatedAt: setting.ages.sessions.at(index),
  };
}

function stepsSoFar(how: 'ACTIVE' | 'PENDING' | 'RESERVATION', plug: Plug, seconds: number, chance: Chance): Step[] {
  if (how === 'PENDING') return [];
  if (how === 'RESERVATION') return cut([{ kind: 'reservation', seconds: toQuantum(seconds), watts: 0 }], seconds);
  const steps = drawCourse(plug, { reserved: false, atMost: seconds }, chance);
  // Who has finished charging and is still connected, parks.
  const rest = toQuantum(seconds - durationOf(steps));
  return rest > 0 ? [...steps, { kind: 'parking', seconds: rest, watts: 0 }] : steps;
}

function authMethodOf({ type, whitelist }: TokenFacts, chance: Chance): Charge['authMethod'] {
  if (type === 'APP_USER' || type === 'AD_HOC_USER') return 'COMMAND';
  if (whitelist === 'NEVER') return 'AUTH_REQUEST';
  if (whitelist === 'ALWAYS') return 'WHITELIST';
  return chance.happens('asked', 0.5) ? 'AUTH_REQUEST' : 'WHITELIST';
}

/** When a session may have taken place that was reported at a moment; `exact` ones end right then. */
function windowFor({ opening, place }: Site, updatedAt: number): Interval & { readonly exact: boolean } {
  if (!stopsCharging(opening)) return { begin: updatedAt - 2 * LONGEST, end: updatedAt, exact: true };
  return { ...lastOpenBefore(opening.spans, updatedAt, place.town.country.standardOffset), exact: false };
}
