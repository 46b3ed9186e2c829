import { convertObject } from '../../ocpi/convert/convert.ts';
import type { JsonObject } from '../../ocpi/json-value.ts';
import type { PartyId } from '../../ocpi/party-id.ts';
import { atLeast22 } from '../../ocpi/versions.ts';
import type { Charge } from './charge.ts';
import { cdrIn, partyOf, sessionIn, sessionOf, type Wording } from './charge-objects.ts';
import type { Outbox } from './outbox.ts';
import type { LifeAnswer, LifeCall, LifeLink, LifePorts, PostedResult } from './ports.ts';
import { patchOf } from './session-patch.ts';

/** Tells partners what goes on at our chargers. What cannot be told is told once, and not queued (digest 1.11). */
export interface Teller {
  /** The session as it is by the time it can be sent: PUT first, then what is new of it as PATCH. */
  session(id: string): void;
  /** Behind everything that is still to be told of its session; `posted` where it was sent, whatever came of it. */
  cdr(charge: Charge, cdr: JsonObject, posted: () => void): void;
  /** To everybody who has our locations. */
  status(evse: EvseAt, status: EvseTold): void;
  /** What came of a command or profile, before whatever is told of its session next. */
  result(result: PostedResult & { readonly lane: string }): void;
  /** ActiveChargingProfile, to whoever set one. */
  profile(charge: Charge, active: JsonObject): void;
  /** The last push of this session failed: the next one sends it whole. */
  isBehind(id: string): boolean;
  forget(id: string): void;
}

export interface EvseAt {
  readonly location: string;
  readonly evse: string;
  readonly owner: PartyId;
}

export interface EvseTold {
  readonly status: string;
  readonly lastUpdated: string;
}

export interface TellerParts {
  readonly ports: Pick<LifePorts, 'links' | 'send' | 'postResult' | 'facing' | 'data'>;
  readonly outbox: Outbox;
  /** The charge of a session as it is now. */
  readonly chargeOf: (id: string) => Charge | undefined;
}

/** What the partner was told last, with success; `behind`: the last attempt failed. */
interface Told {
  session?: JsonObject;
  behind: boolean;
}

export function createTeller({ ports, outbox, chargeOf }: TellerParts): Teller {
  const told = new Map<string, Told>();
  const linkOf = (id: number) => ports.links().find(({ link }) => link.id === id);
  const laneOf = ({ linkId, id }: Pick<Charge, 'linkId' | 'id'>) => sessionLane(linkId ?? 0, id);

  const wordingFor = ({ link, version }: LifeLink, charge: Charge): Wording => ({
    version,
    // A 2.1.1 partner knows one party of ours.
    owner: atLeast22(version) ? partyOf(charge.party) : ports.facing(link),
    location: ports.data.location211,
  });

  const call = (to: LifeLink, charge: Charge, wanted: Pick<LifeCall, 'operation' | 'params' | 'body'>) =>
    to.closed === undefined
      ? ports.send({
          linkId: to.link.id,
          from: wordingFor(to, charge).owner,
          to: { countryCode: charge.token.country_code, partyId: charge.token.party_id },
          ...wanted,
        })
      : Promise.resolve<LifeAnswer>({ ok: false, reason: to.closed });

  const sendSession = (id: string, used: { method: string }) => {
    const charge = chargeOf(id);
    const to = charge?.linkId === undefined ? undefined : linkOf(charge.linkId);
    if (charge === undefined || to === undefined) return undefined;
    const wording = wordingFor(to, charge);
    const session = sessionIn(sessionOf(charge), wording);
    if (session === undefined) return unwritten(to);
    const before = told.get(id) ?? { behind: false };
    const patch = before.session === undefined ? undefined : patchOf(before.session, session, to.version);
    if (patch === 'nothing') return undefined;
    used.method = patch === undefined ? 'PUT' : 'PATCH';
    const { countryCode, partyId } = wording.owner;
    return call(to, charge, {
      operation: patch === undefined ? 'sessions.put' : 'sessions.patch',
      params: { country_code: countryCode, party_id: partyId, session_id: id },
      body: patch ?? session,
    }).then(answer => {
      // Nobody knows what the partner has now: the next one says everything.
      told.set(id, answer.ok ? { session, behind: false } : { behind: true });
      return answer;
    });
  };

  /** Of a location the partner does not have the status says nothing: it gets the whole location once (digest 1.7). */
  const sendStatus = async (
    { link, version }: LifeLink,
    { location, evse, owner }: EvseAt,
    { status, lastUpdated }: EvseTold,
  ) => {
    const params = { country_code: owner.countryCode, party_id: owner.partyId, location_id: location };
    const common = { linkId: link.id, from: owner };
    const answer = await ports.send({
      ...common,
      operation: 'locations.patch-evse',
      params: { ...params, evse_uid: evse },
      body: { status, last_updated: lastUpdated },
    });
    const isUnknown = answer.httpStatus === 404 || answer.ocpiStatus === 2003;
    const whole = ports.data.get('locations', location);
    if (answer.ok || !isUnknown || whole === undefined) return answer;
    const body = convertObject(whole, { module: 'locations', from: '2.3.0', to: version, owner });
    return body === undefined ? answer : ports.send({ ...common, operation: 'locations.put', params, body });
  };

  return {
    session: id => {
      const charge = chargeOf(id);
      if (charge?.linkId === undefined) return;
      const used = { method: 'PUT' };
      outbox.put({
        linkId: charge.linkId,
        lane: laneOf(charge),
        kind: 'session',
        words: () => `session ${id}, ${used.method}`,
        send: () => sendSession(id, used),
      });
    },
    cdr: (charge, cdr, posted) => {
      const { linkId, id } = charge;
      if (linkId === undefined) {
        posted();
        return;
      }
      outbox.put({
        linkId,
        lane: laneOf(charge),
        kind: 'cdr',
        words: () => `CDR of session ${id}, POST`,
        send: () => {
          const to = linkOf(linkId);
          if (to === undefined) {
            posted();
            return undefined;
          }
          const body = cdrIn(cdr, sessionOf(charge), wordingFor(to, charge));
          return body === undefined ? unwritten(to) : call(to, charge, { operation: 'cdrs.post', params: {}, body });
        },
        settled: posted,
      });
    },
    status: ({ location, evse, owner }, { status, lastUpdated }) => {
      for (const to of ports.links()) {
        const { link, version, closed } = to;
        if (closed !== undefined || !receivesLocations(to)) continue;
        const { countryCode, partyId } = atLeast22(version) ? owner : ports.facing(link);
        outbox.put({
          linkId: link.id,
          lane: `${link.id} evse ${location} ${evse}`,
          kind: 'status',
          words: () => `status of ${location}, ${evse}, PATCH`,
          send: () => sendStatus(to, { location, evse, owner: { countryCode, partyId } }, { status, lastUpdated }),
        });
      }
    },
    result: ({ lane, ...result }) =>
      outbox.put({
        linkId: result.linkId,
        lane,
        kind: `result ${result.url}`,
        words: () => `result ${String(result.body['result'])}, POST`,
        send: () => ports.postResult(result),
      }),
    profile: (charge, active) => {
      const { profile, id } = charge;
      if (profile === undefined) return;
      outbox.put({
        linkId: profile.linkId,
        lane: sessionLane(profile.linkId, id),
        kind: 'profile',
        words: () => `active charging profile of session ${id}, PUT`,
        send: () => {
          const to = linkOf(profile.linkId);
          if (to === undefined) return undefined;
          return call(to, charge, {
            operation: 'chargingprofiles.put-active',
            params: { session_id: id },
            body: active,
          });
        },
      });
    },
    isBehind: id => told.get(id)?.behind ?? false,
    forget: id => told.delete(id),
  };
}

/** Our own data is as the operator has it, with whatever is wrong with it. */
async function unwritten({ version }: LifeLink): Promise<LifeAnswer> {
  return { ok: false, reason: `our location or tariff is not right, and so this cannot be written in OCPI ${version}` };
}

/** What is told of one session to one partner goes out in one order, results of its commands among it. */
export function sessionLane(linkId: number, session: string): string {
  return `${linkId} session ${session}`;
}

/** In 2.1.1 endpoints tell no side: who takes commands is a CPO, and its locations are its own. */
function receivesLocations({ link, version }: LifeLink): boolean {
  const has = (identifier: string) =>
    link.endpoints.some(
      endpoint => endpoint.identifier === identifier && (!atLeast22(version) || endpoint.role === 'RECEIVER'),
    );
  return has('locations') && (atLeast22(version) || !has('commands'));
}
