import { ciEqual } from '../../ocpi/ci-string.ts';
import { readDateTime } from '../../ocpi/date-time.ts';
import type { JsonObject } from '../../ocpi/json-value.ts';
import type { AskedProfile, Simulated, Simulation } from '../../server/simulation.ts';
import { writeMoment } from '../world/moments.ts';
import type { Agenda } from './agenda.ts';
import { type Charge, isOver } from './charge.ts';
import type { Charges } from './charges.ts';
import { limited, satisfiedWith } from './course.ts';
import { type Limit, limitAt } from './demand.ts';
import { objectsIn, placesOf } from './place.ts';
import type { LifePorts } from './ports.ts';
import type { SimulatedTime } from './simulated-time.ts';
import { sessionLane, type Teller } from './teller.ts';

export interface ProfilesParts {
  readonly ports: Pick<LifePorts, 'data' | 'links'>;
  readonly time: SimulatedTime;
  readonly agenda: Agenda;
  readonly charges: Charges;
  readonly teller: Teller;
}

export interface Profiles extends Pick<Simulation, 'profile' | 'preferences'> {
  /** Whoever set a profile hears of it where another limit holds now, or the car has gone. */
  follow(charge: Charge, before: Charge | undefined): void;
}

/** Seconds (real) after which nobody has to wait for a result any more. */
const TIMEOUT = 30;
/** Simulated seconds, and real milliseconds, a charger takes. */
const REACTION = 2;
const HEAD_START = 50;
/** Seconds an ActiveChargingProfile looks ahead where nobody said: 5 to 60 minutes are useful (digest 6.7). */
const AHEAD = 1_800;
const PROFILE_TYPES_WITH_A_PLAN: ReadonlySet<unknown> = new Set(['CHEAP', 'GREEN']);

/** Limits of charges as SCSP and eMSP set them (digest 6.7), and what drivers wish (6.2). */
export function createProfiles({ ports, time, agenda, charges, teller }: ProfilesParts): Profiles {
  let number = 0;
  const now = () => time.now() / 1000;
  const find = (session: string) => {
    const charge = [...charges.open().values()].find(({ id }) => ciEqual(id, session));
    return charge === undefined || isOver(charge) ? undefined : charge;
  };
  const capabilitiesOf = ({ location, evse }: Charge) => {
    const object = ports.data.get('locations', location);
    return (object && placesOf(object).find(({ evseUid }) => ciEqual(evseUid, evse)))?.capabilities ?? [];
  };

  /** ACCEPTED, and what comes of it a little later: the result is told before anything that follows from it. */
  const accepted = (asked: AskedProfile, session: string, act: () => Acted) => {
    const key = `profile ${++number}`;
    agenda.at(key, time.now() + Math.max(REACTION * 1000, HEAD_START * time.speed), () => {
      const { body, after } = act();
      teller.result({
        linkId: asked.linkId,
        lane: sessionLane(asked.linkId, session),
        url: asked.responseUrl,
        version: asked.version,
        operation: 'chargingprofiles.result',
        body,
      });
      after?.();
    });
    return { result: 'ACCEPTED', timeout: TIMEOUT };
  };

  const profile = (asked: AskedProfile): Simulated<{ readonly result: string; readonly timeout: number }> => {
    const charge = find(asked.session);
    if (charge === undefined) return { result: 'UNKNOWN_SESSION', timeout: TIMEOUT };
    const closed = ports.links().find(({ link }) => link.id === asked.linkId)?.closed;
    if (closed !== undefined) return { result: 'REJECTED', timeout: TIMEOUT };
    if (!capabilitiesOf(charge).includes('CHARGING_PROFILE_CAPABLE')) {
      return { result: 'NOT_SUPPORTED', timeout: TIMEOUT };
    }
    if (asked.what === 'get') {
      return accepted(asked, charge.id, () => {
        const current = find(charge.id);
        if (current === undefined) return { body: { result: 'REJECTED' } };
        return { body: { result: 'ACCEPTED', profile: activeProfile(current, now(), asked.duration ?? AHEAD) } };
      });
    }
    const given = asked.profile;
    if (asked.what === 'set') {
      if (given === undefined) return { result: 'REJECTED', timeout: TIMEOUT };
      return accepted(asked, charge.id, () => {
        if (find(charge.id) === undefined) return { body: { result: 'REJECTED' } };
        const profile = { linkId: asked.linkId, profile: { ...given } };
        const after = () =>
          void charges.change(charge.id, (current, at) =>
            limited(current, { limits: limitsOf(given, current, at), profile }, at),
          );
        return { body: { result: 'ACCEPTED' }, after };
      });
    }
    return accepted(asked, charge.id, () => {
      if (find(charge.id)?.profile === undefined) return { body: { result: 'UNKNOWN' } };
      const after = () => void charges.change(charge.id, (current, at) => limited(current, { limits: [] }, at));
      return { body: { result: 'ACCEPTED' }, after };
    });
  };

  return {
    profile,
    preferences: ({ session, preferences, linkId }) => {
      const charge = find(session);
      if (charge === undefined || charge.linkId !== linkId) {
        return { statusCode: 2001, message: `no session ${session} of yours goes on here` };
      }
      if (!capabilitiesOf(charge).includes('CHARGING_PREFERENCES_CAPABLE')) return { result: 'NOT_POSSIBLE' };
      const { profile_type: type, departure_time: departure, energy_need: need } = preferences;
      if (!isOffered(type, charge)) return { result: 'PROFILE_TYPE_NOT_SUPPORTED' };
      // To wait for cheap or green hours one has to know until when, and for how much.
      if (PROFILE_TYPES_WITH_A_PLAN.has(type)) {
        if (typeof departure !== 'string') return { result: 'DEPARTURE_REQUIRED' };
        if (typeof need !== 'number') return { result: 'ENERGY_NEED_REQUIRED' };
      }
      if (typeof need === 'number' && need > 0) {
        charges.change(charge.id, (current, at) => satisfiedWith(current, Math.ceil(need * 1000), at));
      }
      return { result: 'ACCEPTED' };
    },
    follow: (charge, before) => {
      if (charge.profile === undefined || charge.status !== 'ACTIVE' || before === undefined) return;
      const another = limitAt(charge.limits, charge.at) !== limitAt(before.limits, before.at);
      if (another) teller.profile(charge, activeProfile(charge, now(), AHEAD));
    },
  };

  function isOffered(type: unknown, { location, evse, connector }: Charge): boolean {
    if (type === 'REGULAR') return true;
    const object = ports.data.get('locations', location);
    const place = object && placesOf(object).find(one => one.evseUid === evse && one.connectorId === connector);
    const tariffs = place?.tariffIds.map(id => ports.data.get('tariffs', id)?.['type']) ?? [];
    return tariffs.includes(`PROFILE_${String(type)}`);
  }
}

interface Acted {
  readonly body: JsonObject;
  readonly after?: () => void;
}

/** A profile as limits in watts, from the moments they hold on; after its duration the charger is free again. */
export function limitsOf(profile: JsonObject, { start, power }: Pick<Charge, 'start' | 'power'>, now: number): Limit[] {
  const { start_date_time: begins, duration, charging_rate_unit: unit, charging_profile_period: periods } = profile;
  const told = typeof begins === 'string' ? readDateTime(begins, '2.2.1').epochMs : undefined;
  const from = told === undefined ? start : told / 1000;
  const limits = objectsIn(periods)
    .flatMap(({ start_period: after, limit }) => {
      if (typeof after !== 'number' || typeof limit !== 'number') return [];
      return { from: from + after, watts: unit === 'A' ? limit * power.volts * power.phases : limit };
    })
    .toSorted((left, right) => left.from - right.from);
  const end = typeof duration === 'number' ? from + duration : undefined;
  const within = end === undefined ? limits : limits.filter(limit => limit.from < end);
  const whole = end === undefined ? within : [...within, { from: end, watts: power.watts }];
  // What holds by now, and what will.
  const current = whole.findLast(limit => limit.from <= now);
  return [...(current === undefined ? [] : [current]), ...whole.filter(limit => limit.from > now)];
}

/** What holds at the EVSE from now on for so many seconds; its capacity where nothing limits it (digest 6.7). */
export function activeProfile({ limits, power }: Charge, now: number, seconds: number): JsonObject {
  const begin = Math.floor(now);
  const later = limits.filter(({ from }) => from > begin && from < begin + seconds);
  const first = { from: begin, watts: Math.min(limitAt(limits, begin), power.watts) };
  return {
    start_date_time: writeMoment(begin),
    charging_profile: {
      duration: seconds,
      charging_rate_unit: 'W',
      charging_profile_period: [first, ...later].map(({ from, watts }) => ({
        start_period: Math.floor(from - begin),
        limit: Math.round(Math.min(watts, power.watts) * 10) / 10,
      })),
    },
  };
}
