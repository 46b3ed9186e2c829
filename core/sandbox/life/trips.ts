import type { Deadline } from '../../clock.ts';
import type { LifeTrip } from '../../contract/life.ts';
import { ciEqual } from '../../ocpi/ci-string.ts';
import type { JsonObject } from '../../ocpi/json-value.ts';
import { formatPartyId } from '../../ocpi/party-id.ts';
import { atLeast22 } from '../../ocpi/versions.ts';
import type { OwnModule } from '../../server/own-data.ts';
import { writeMoment } from '../world/moments.ts';
import { announceToken } from './announcing.ts';
import { objectsIn, placesOf } from './place.ts';
import type { LifeAnswer, LifeLink, LifePorts } from './ports.ts';

export interface TripWanted {
  readonly as: 'app' | 'card';
  readonly to: LifeLink;
  readonly location?: string | undefined;
  readonly evse?: string | undefined;
  readonly connector?: string | undefined;
  /** Uid, of `app`. */
  readonly token?: string | undefined;
}

/** Drives of ours to chargers of partners: what we send as eMSP, or as payment terminal provider (digest 6.6, 6.10). */
export interface Trips {
  /** Newest first. */
  list(): readonly LifeTrip[];
  /** The id of the trip, which goes on by itself; or why it cannot begin. */
  begin(wanted: TripWanted): Promise<{ readonly id: string } | { readonly problem: string }>;
  /** Sends STOP_SESSION; false where there is no such trip that charges. */
  stop(id: string): boolean;
  /** The partner told something: a session, a CDR. */
  heard(linkId: number, module: OwnModule): void;
  close(): void;
}

export interface TripsParts {
  readonly ports: Pick<
    LifePorts,
    'clock' | 'newId' | 'data' | 'partners' | 'command' | 'send' | 'facing' | 'ownParties' | 'onTrouble' | 'onChange'
  >;
  readonly onFailure: (
    linkId: number | undefined,
    what: string,
    answer: Pick<LifeAnswer, 'reason' | 'exchangeId'>,
  ) => void;
}

const MOST = 50;
/** Real milliseconds within which a partner has to tell something new of a trip before it is taken for lost. */
const PATIENCE = 600_000;
/** A terminal reserves so much where the tariff does not say. */
const USUAL_AMOUNT = 50;

interface Trip extends LifeTrip {
  readonly linkId: number;
  readonly begunAt: number;
  readonly reserved?: number;
}

export function createTrips({ ports, onFailure }: TripsParts): Trips {
  const { clock, newId } = ports;
  const trips: Trip[] = [];
  const waits = new Map<string, Deadline>();
  let closed = false;

  const find = (id: string) => trips.find(trip => trip.id === id);
  const change = (id: string, next: Partial<Trip>) => {
    const at = trips.findIndex(trip => trip.id === id);
    const trip = trips[at];
    if (trip === undefined || closed) return undefined;
    const changed = { ...trip, ...next };
    trips[at] = changed;
    waits.get(id)?.cancel();
    waits.delete(id);
    if (isUnderWay(changed))
      waits.set(
        id,
        clock.deadline(PATIENCE, () => lost(id)),
      );
    ports.onChange();
    return changed;
  };
  const fail = (id: string, reason: string, exchangeId?: number) => {
    const trip = change(id, { state: 'failed', reason });
    const what = `${trip?.as === 'card' ? 'card charge' : 'app'} at ${trip?.location}`;
    onFailure(trip?.linkId, what, { reason, ...(exchangeId === undefined ? {} : { exchangeId }) });
  };
  const lost = (id: string) => {
    const state = find(id)?.state;
    fail(id, state === 'finished' ? 'no CDR came' : 'no session came, or none that ended');
  };

  const go = async (id: string, order: Parameters<LifePorts['command']>[0]) => {
    const answer = await ports.command(order);
    if (!answer.ok) {
      fail(id, answer.reason, answer.exchangeId);
      return;
    }
    // The session may have come before the result did (T5b).
    const before = find(id);
    if (before?.state === 'asked') change(id, { state: 'accepted', reason: answer.reason });
    const trip = find(id);
    if (trip !== undefined) await look(trip.linkId, 'sessions');
  };

  const look = async (linkId: number, module: OwnModule) => {
    const waiting = trips.filter(trip => trip.linkId === linkId && isUnderWay(trip));
    const [oldest] = waiting.toSorted((left, right) => left.begunAt - right.begunAt);
    if (oldest === undefined) return;
    for (const object of await ports.partners.since(linkId, module, oldest.begunAt)) {
      const trip = waiting.find(one => isOf(object, one));
      const current = trip && find(trip.id);
      if (current === undefined || !isUnderWay(current)) continue;
      if (module === 'sessions') await meet(current, object);
      if (module === 'cdrs') await settle(current, object);
    }
  };

  const meet = async (trip: Trip, session: JsonObject) => {
    const { status, id } = session;
    const name = typeof id === 'string' ? id : null;
    if (status === 'COMPLETED' && trip.state !== 'finished') {
      change(trip.id, { state: 'finished', session: name, reason: 'the session is over; its CDR is due' });
      await look(trip.linkId, 'cdrs');
    } else if (status === 'INVALID') fail(trip.id, 'the session is INVALID: it will not be billed');
    else if (status !== 'COMPLETED' && trip.state !== 'charging') {
      change(trip.id, { state: 'charging', session: name, reason: `the session is ${String(status)}` });
    }
  };

  const settle = async (trip: Trip, cdr: JsonObject) => {
    change(trip.id, { state: 'billed', reason: `CDR ${String(cdr['id'])} came` });
    if (trip.as !== 'card') return;
    // Without an invoice of the CPO it is the provider of the terminal who makes one, and nobody has to be told.
    if (typeof cdr['invoice_reference_id'] !== 'string') return;
    const costs = cdr['total_cost'];
    const due = typeof costs === 'object' && costs !== null && 'before_taxes' in costs ? Number(costs.before_taxes) : 0;
    const partly = trip.reserved !== undefined && due > trip.reserved;
    const answer = await ports.send({
      linkId: trip.linkId,
      operation: 'payments.post-confirmation',
      params: {},
      body: {
        id: newId(),
        authorization_reference: trip.reference,
        total_costs: partly ? { before_taxes: trip.reserved } : costs,
        currency: cdr['currency'],
        eft_data: ['VISA **** **** **** 0042', `AUTH ${trip.reference.slice(0, 8)}`],
        capture_status_code: partly ? 'PARTIAL_SUCCESS' : 'SUCCESS',
        ...(partly ? { capture_status_message: `only ${trip.reserved} were reserved` } : {}),
        last_updated: writeMoment(Math.floor(clock.now() / 1000)),
      },
    });
    if (!answer.ok) onFailure(trip.linkId, `financial advice confirmation of ${trip.reference}`, answer);
    else change(trip.id, { reason: 'the CDR came, and the payment was confirmed' });
  };

  /** A terminal of ours at the partner: made known once, with the first card. */
  const terminals = new Map<number, Promise<LifeAnswer>>();
  const terminalAt = (linkId: number) => {
    const known = terminals.get(linkId);
    if (known !== undefined) return known;
    const posted = ports.send({
      linkId,
      operation: 'payments.post-terminal',
      params: {},
      body: {
        terminal_id: newId(),
        invoice_creator: 'CPO',
        last_updated: writeMoment(Math.floor(clock.now() / 1000)),
      },
    });
    terminals.set(linkId, posted);
    void posted.then(({ ok }) => ok || terminals.delete(linkId));
    return posted;
  };

  const chosen = async ({ to, location, ...wanted }: TripWanted) => {
    const { id } = to.link;
    const named = location === undefined ? undefined : ports.partners.get(id, 'locations', location);
    const all = location === undefined ? await ports.partners.some(id, 'locations', 100) : named ? [named] : [];
    const places = all.flatMap(one => placesOf(withOwner(one, to)));
    const fitting = places.filter(
      place =>
        (wanted.evse === undefined || ciEqual(place.evseUid, wanted.evse)) &&
        (wanted.connector === undefined || ciEqual(place.connectorId, wanted.connector)),
    );
    // Whoever names a charger may want to see what a busy one answers.
    return fitting.find(({ status }) => status === 'AVAILABLE') ?? (location === undefined ? undefined : fitting[0]);
  };

  return {
    list: () => trips.map(({ linkId: _, begunAt: __, reserved: ___, ...trip }) => trip),
    begin: async wanted => {
      const { as, to } = wanted;
      const { link, version, closed: why } = to;
      if (why !== undefined) return { problem: why };
      if (as === 'card' && version !== '2.3.0')
        return { problem: `${link.name} speaks ${version}: payments came with 2.3.0` };
      const place = await chosen(wanted);
      if (place === undefined) return { problem: `we know no free charger of ${link.name} there: pull its locations` };
      const token = as === 'card' ? cardToken(newId(), ports.ownParties()) : appToken(wanted, ports);
      if (token === undefined && wanted.token !== undefined) return { problem: `we own no token ${wanted.token}` };
      const told = token && (await announceToken(ports, to, token));
      if (told?.ok === false) onFailure(link.id, `token ${String(token?.['uid'])}, PUT`, told);
      const reference = newId();
      if (as === 'card') {
        const terminal = await terminalAt(link.id);
        if (!terminal.ok) return { problem: `the terminal could not be made known: ${terminal.reason}` };
      }
      const tariff = place.tariffIds.map(id => ports.partners.get(link.id, 'tariffs', id)).find(isForCards);
      const amount = tariff?.['preauthorize_amount'];
      const trip: Trip = {
        id: newId(),
        as,
        link: link.name,
        linkId: link.id,
        location: place.locationId,
        reference,
        state: 'asked',
        session: null,
        reason: as === 'card' ? 'an amount was reserved; START_SESSION is sent' : 'START_SESSION is sent',
        begunAt: clock.now() - 1,
        ...(as === 'card' ? { reserved: typeof amount === 'number' ? amount : USUAL_AMOUNT } : {}),
      };
      trips.unshift(trip);
      trips.splice(MOST);
      change(trip.id, {});
      const { locationId: location, evseUid: evse, connectorId: connector } = place;
      const order = { link: link.name, command: 'START_SESSION', location, evse, connector, reference } as const;
      go(trip.id, token === undefined ? order : { ...order, token }).catch(error =>
        ports.onTrouble(`the trip ${trip.id} ended with a defect`, error),
      );
      return { id: trip.id };
    },
    stop: id => {
      const trip = find(id);
      if (trip?.session == null || trip.state !== 'charging') return false;
      ports
        .command({ link: trip.link, command: 'STOP_SESSION', session: trip.session })
        .then(answer => {
          if (!answer.ok) onFailure(trip.linkId, `STOP_SESSION of ${trip.session}`, answer);
        })
        .catch(error => ports.onTrouble(`the trip ${id} could not be stopped`, error));
      return true;
    },
    heard: (linkId, module) => {
      if (module !== 'sessions' && module !== 'cdrs') return;
      look(linkId, module).catch(error => ports.onTrouble('what came of a trip could not be read', error));
    },
    close: () => {
      closed = true;
      for (const wait of waits.values()) wait.cancel();
    },
  };
}

function isUnderWay({ state }: LifeTrip): boolean {
  return state !== 'billed' && state !== 'failed';
}

/** By the reference; 2.1.1 has none, so by place and time there. */
function isOf(object: JsonObject, trip: Trip): boolean {
  const { authorization_reference: reference, location } = object;
  if (typeof reference === 'string') return ciEqual(reference, trip.reference);
  const id = typeof location === 'object' && location !== null && 'id' in location ? location.id : undefined;
  return typeof id === 'string' && ciEqual(id, trip.location);
}

function isForCards(tariff: JsonObject | undefined): boolean {
  return tariff?.['type'] === 'AD_HOC_PAYMENT';
}

/** Locations of 2.1.1 do not say whose they are. */
function withOwner(location: JsonObject, { link, version }: LifeLink): JsonObject {
  const [party] = link.parties;
  if (atLeast22(version) || party === undefined) return location;
  return { country_code: party.countryCode, party_id: party.partyId, ...location };
}

function appToken({ token: uid }: TripWanted, { data }: Pick<LifePorts, 'data'>): JsonObject | undefined {
  if (uid !== undefined) return data.get('tokens', uid);
  const { items } = data.page('tokens', 0, 20);
  const valid = objectsIn(items).filter(token => token['valid'] !== false);
  return valid.find(({ type }) => type === 'APP_USER') ?? valid[0];
}

/** A payment card is nobody's token: it is made for this one time (digest 6.10). */
function cardToken(uid: string, parties: ReturnType<LifePorts['ownParties']>): JsonObject | undefined {
  const party = parties.find(({ role }) => String(role) === 'PTP') ?? parties[0];
  if (party === undefined) return undefined;
  return {
    country_code: party.countryCode,
    party_id: party.partyId,
    uid,
    type: 'AD_HOC_USER',
    contract_id: `${formatPartyId(party)}-CARD`,
    issuer: party.name,
    valid: true,
    whitelist: 'NEVER',
    last_updated: writeMoment(0),
  };
}
