import type { Link } from '../../contract/link.ts';
import { ciEqual } from '../../ocpi/ci-string.ts';
import { readDateTime } from '../../ocpi/date-time.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { atLeast22 } from '../../ocpi/versions.ts';
import type { AskedCommand, Simulated } from '../../server/simulation.ts';
import type { Agenda } from './agenda.ts';
import type { Driver } from './beginning.ts';
import { type Charge, type ChargeToken, isOver } from './charge.ts';
import type { Charges } from './charges.ts';
import { activated, ended } from './course.ts';
import { narrowed, type Place, placesOf } from './place.ts';
import type { LifePorts } from './ports.ts';
import type { SimulatedTime } from './simulated-time.ts';
import { sessionLane, type Teller } from './teller.ts';

export interface CommandsParts {
  readonly ports: Pick<LifePorts, 'data' | 'links' | 'facing' | 'newId'>;
  readonly time: SimulatedTime;
  readonly agenda: Agenda;
  readonly charges: Charges;
  readonly teller: Teller;
  /** A new session of this driver under an id. */
  readonly begin: (place: Place, driver: Driver, as: Pick<Charge, 'id' | 'reservation'>) => void;
}

type CommandAnswer = Simulated<{ readonly result: string; readonly timeout: number; readonly message?: string }>;
type Command = (asked: AskedCommand) => CommandAnswer;

export interface Commands {
  command: Command;
  /** The CPO withdraws a reservation (digest 6.6). False where there is none with this session. */
  withdraw(session: string): boolean;
}

/** Seconds (real) after which nobody has to wait for a result any more. */
const TIMEOUT = 30;
/** Simulated seconds a charger takes to do what it is told. */
const REACTION = 3;
/** Real milliseconds at least, so that the answer is there before what comes of it (T5b). */
const HEAD_START = 50;
const BROKEN = new Set(['INOPERATIVE', 'OUTOFORDER', 'UNKNOWN']);

/** What a CPO does with the commands of an eMSP (digest 6.6): answers at once, does it, tells the result and the session. */
export function createCommands({ ports, time, agenda, charges, teller, begin }: CommandsParts): Commands {
  let number = 0;
  /** ACCEPTED, and what comes of it a little later: the result is told before anything that follows from it. */
  const accepted = (asked: AskedCommand, act: () => Acted): CommandAnswer => {
    const key = `command ${++number}`;
    agenda.at(key, time.now() + Math.max(REACTION * 1000, HEAD_START * time.speed), () => {
      const { result, session, after } = act();
      teller.result({
        ...asked,
        lane: sessionLane(asked.linkId, session ?? key),
        url: asked.responseUrl,
        operation: 'commands.result',
        body: { result: atLeast22(asked.version) ? result : resultIn211(result) },
      });
      after?.();
    });
    return { result: 'ACCEPTED', timeout: TIMEOUT };
  };

  const placesAt = (body: JsonObject): Place[] | undefined => {
    const location = ports.data.get('locations', textOf(body['location_id']) ?? '');
    return location && placesOf(location);
  };

  const driverOf = (asked: AskedCommand): Driver => {
    const { link } = linkOf(asked) ?? {};
    const token = tokenOf(asked.body['token'], asked.caller.parties[0] ?? (link && ports.facing(link)));
    return {
      linkId: asked.linkId,
      token,
      authMethod: 'COMMAND',
      reference: textOf(asked.body['authorization_reference']),
      paidByCard: token.type === 'AD_HOC_USER' && link !== undefined && hasTerminals(link),
    };
  };

  const linkOf = ({ linkId }: AskedCommand) => ports.links().find(({ link }) => link.id === linkId);

  const reservationOf = (asked: AskedCommand, id: string) =>
    [...charges.open().values()].find(
      charge =>
        charge.status === 'RESERVATION' && charge.linkId === asked.linkId && ciEqual(charge.reservation?.id ?? '', id),
    );

  /** The first of the plugs that is free, or kept for this token; else why there is none. */
  const choose = (places: readonly Place[], token: ChargeToken): Chosen => {
    const holder = (place: Place) => charges.at({ location: place.locationId, evse: place.evseUid });
    const kept = places.find(place => {
      const charge = holder(place);
      return charge?.status === 'RESERVATION' && ciEqual(charge.token.uid, token.uid);
    });
    if (kept !== undefined) return { place: kept, reserved: holder(kept) };
    const free = places.find(place => place.status === 'AVAILABLE' && holder(place) === undefined);
    if (free !== undefined) return { place: free };
    return { result: places.every(({ status }) => BROKEN.has(status)) ? 'EVSE_INOPERATIVE' : 'EVSE_OCCUPIED' };
  };

  const start: Command = asked => {
    const { evse_uid: evse, connector_id: connector } = asked.body;
    const wanted = { evse: textOf(evse), connector: textOf(connector) };
    const found = placesAt(asked.body);
    if (found === undefined) return unknownLocation(asked.body);
    const places = narrowed(found, wanted);
    if (places.length === 0) return unknownPlug(asked.body);
    const [first] = places;
    if (wanted.connector === undefined && first?.capabilities.includes('START_SESSION_CONNECTOR_REQUIRED')) {
      return { ...rejected, message: 'this EVSE wants the connector to be named' };
    }
    if (!places.some(({ capabilities }) => isRemote(capabilities)))
      return { result: 'NOT_SUPPORTED', timeout: TIMEOUT };
    return accepted(asked, () => {
      const driver = driverOf(asked);
      const chosen = choose(narrowed(placesAt(asked.body) ?? [], wanted), driver.token);
      if (!('place' in chosen)) return chosen;
      const { place, reserved } = chosen;
      if (reserved === undefined) {
        const id = ports.newId();
        return { result: 'ACCEPTED', session: id, after: () => begin(place, driver, { id }) };
      }
      const after = () =>
        void charges.change(reserved.id, (charge, at) => {
          const { reference = charge.reference } = driver;
          return activated({ ...charge, ...(reference === undefined ? {} : { reference }) }, at);
        });
      return { result: 'ACCEPTED', session: reserved.id, after };
    });
  };

  const stop: Command = asked => {
    const id = textOf(asked.body['session_id']) ?? '';
    const charge = [...charges.open().values()].find(open => ciEqual(open.id, id));
    if (charge === undefined || isOver(charge)) return { result: 'UNKNOWN_SESSION', timeout: TIMEOUT };
    if (charge.linkId !== asked.linkId) return { ...rejected, message: 'this session is of another provider' };
    return accepted(asked, () => ({
      result: 'ACCEPTED',
      session: charge.id,
      after: () => void charges.change(charge.id, ended),
    }));
  };

  const reserve: Command = asked => {
    const { body } = asked;
    const found = placesAt(body);
    if (found === undefined) return unknownLocation(body);
    const until = readDateTime(textOf(body['expiry_date']) ?? '', asked.version).epochMs;
    if (until === undefined || until <= time.now()) return { ...rejected, message: 'the reservation is over already' };
    const named = narrowed(found, { evse: textOf(body['evse_uid']) });
    if (named.length === 0) return unknownPlug(body);
    const places = named.filter(({ capabilities }) => capabilities.includes('RESERVABLE'));
    if (places.length === 0) return { result: 'NOT_SUPPORTED', timeout: TIMEOUT };
    const id = String(body['reservation_id']);
    return accepted(asked, () => {
      const driver = driverOf(asked);
      const reservation = { id, until: until / 1000, responseUrl: asked.responseUrl };
      const same = reservationOf(asked, id);
      const stays = same && places.some(place => place.evseUid === same.evse && place.locationId === same.location);
      if (same !== undefined && stays) {
        const after = () => void charges.change(same.id, charge => ({ ...charge, reservation, token: driver.token }));
        return { result: 'ACCEPTED', session: same.id, after };
      }
      const chosen = choose(places, { ...driver.token, uid: '' });
      if (!('place' in chosen)) return chosen;
      const session = ports.newId();
      const after = () => {
        if (same !== undefined) charges.change(same.id, ended);
        begin(chosen.place, driver, { id: session, reservation });
      };
      return { result: 'ACCEPTED', session, after };
    });
  };

  const cancel: Command = asked =>
    accepted(asked, () => {
      const charge = reservationOf(asked, String(asked.body['reservation_id']));
      if (charge === undefined) return { result: 'UNKNOWN_RESERVATION' };
      return { result: 'ACCEPTED', session: charge.id, after: () => void charges.change(charge.id, ended) };
    });

  const unlock: Command = asked => {
    const found = placesAt(asked.body);
    if (found === undefined) return unknownLocation(asked.body);
    const { evse_uid: evse, connector_id: connector } = asked.body;
    const [place] = narrowed(found, { evse: textOf(evse), connector: textOf(connector) });
    if (place === undefined) return unknownPlug(asked.body);
    if (!place.capabilities.includes('UNLOCK_CAPABLE')) return { result: 'NOT_SUPPORTED', timeout: TIMEOUT };
    return accepted(asked, () => {
      const charge = charges.at({ location: place.locationId, evse: place.evseUid });
      if (charge?.connector !== place.connectorId) return { result: 'ACCEPTED' };
      return { result: 'ACCEPTED', session: charge.id, after: () => void charges.change(charge.id, ended) };
    });
  };

  const by: Readonly<Record<AskedCommand['command'], Command>> = {
    START_SESSION: start,
    STOP_SESSION: stop,
    RESERVE_NOW: reserve,
    CANCEL_RESERVATION: cancel,
    UNLOCK_CONNECTOR: unlock,
  };

  return {
    command: asked => {
      const closed = linkOf(asked)?.closed;
      return closed === undefined ? by[asked.command](asked) : { ...rejected, message: closed };
    },
    withdraw: session => {
      const charge = charges.get(session);
      const { responseUrl } = charge?.reservation ?? {};
      if (charge?.status !== 'RESERVATION' || charge.linkId === undefined) return false;
      const to = ports.links().find(({ link }) => link.id === charge.linkId);
      // In 2.1.1 nobody foresaw it: the session tells.
      if (to !== undefined && responseUrl !== undefined && atLeast22(to.version)) {
        teller.result({
          linkId: charge.linkId,
          lane: sessionLane(charge.linkId, session),
          url: responseUrl,
          version: to.version,
          operation: 'commands.result',
          body: { result: 'CANCELED_RESERVATION' },
        });
      }
      charges.change(session, ended);
      return true;
    },
  };
}

/** What a charger did; `after` what follows once the result is on its way. */
interface Acted {
  readonly result: string;
  /** Whose messages have to keep their order with the result. */
  readonly session?: string;
  readonly after?: () => void;
}

type Chosen = { readonly place: Place; readonly reserved?: Charge | undefined } | { readonly result: string };

const rejected = { result: 'REJECTED', timeout: TIMEOUT } as const;

function unknownLocation(body: JsonObject): CommandAnswer {
  return { statusCode: 2003, message: `we have no location ${String(body['location_id'])}` };
}

function unknownPlug({ location_id: location, evse_uid: evse, connector_id: connector }: JsonObject): CommandAnswer {
  const plug = [evse, connector].filter(part => part !== undefined).join('/') || 'EVSE in use';
  return { statusCode: 2003, message: `${String(location)} has no ${plug}` };
}

/** A provider of payment terminals has no role of its own on the wire (T30b); its module tells it. */
function hasTerminals({ endpoints }: Link): boolean {
  return endpoints.some(({ identifier, role }) => identifier === 'payments' && role === 'SENDER');
}

/** Where nothing is said of what can be done, it can. */
function isRemote(capabilities: readonly string[]): boolean {
  return capabilities.length === 0 || capabilities.includes('REMOTE_START_STOP_CAPABLE');
}

/** CommandResponseType, which 2.1.1 has for both, knows nothing of chargers. */
function resultIn211(result: string): string {
  return result === 'ACCEPTED' || result === 'TIMEOUT' ? result : 'REJECTED';
}

/** From 2.2 on a token says whose it is. */
function tokenOf(
  value: unknown,
  party: { readonly countryCode: string; readonly partyId: string } | undefined,
): ChargeToken {
  const token = isJsonObject(value) ? value : {};
  return {
    country_code: textOf(token['country_code']) ?? party?.countryCode ?? '',
    party_id: textOf(token['party_id']) ?? party?.partyId ?? '',
    uid: textOf(token['uid']) ?? '',
    type: textOf(token['type']) ?? 'RFID',
    contract_id: textOf(token['contract_id']) ?? textOf(token['auth_id']) ?? textOf(token['uid']) ?? '',
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
