import { ciEqual } from '../../ocpi/ci-string.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import type { PartyId } from '../../ocpi/party-id.ts';
import { atLeast22 } from '../../ocpi/versions.ts';
import type { Chance } from '../world/chance.ts';
import type { Driver } from './beginning.ts';
import type { ChargeToken } from './charge.ts';
import type { Place } from './place.ts';
import type { LifeLink, LifePorts } from './ports.ts';

export interface DriversParts {
  readonly ports: Pick<LifePorts, 'links' | 'partners' | 'send' | 'data' | 'ownParties'>;
}

export interface DriverWanted {
  readonly chance: Chance;
  /** Whose customer; anybody's unless said. */
  readonly linkId?: number | undefined;
  readonly token?: string | undefined;
  readonly wattHours?: number | undefined;
}

export type DriverFound =
  | { readonly ok: true; readonly driver: Driver; readonly authorized: Card }
  | { readonly ok: false; readonly reason: string };

/** A token as a charger knows it. */
export interface Card {
  readonly token: ChargeToken;
  readonly whitelist: string;
  readonly valid: boolean;
}

export interface Drivers {
  /** Somebody with a token of a partner, or of our own where no partner has any. */
  find(wanted: DriverWanted): Promise<DriverFound>;
  /** Whether they may charge here, asked of their provider where the whitelist wants that (digest 6.5). */
  authorize(found: { readonly driver: Driver; readonly authorized: Card }, place: Place): Promise<Authorized>;
}

export type Authorized =
  | { readonly ok: true; readonly driver: Driver }
  | { readonly ok: false; readonly reason: string };

const SOME = 200;

export function createDrivers({ ports }: DriversParts): Drivers {
  const tokensOf = async (linkId: number): Promise<readonly JsonObject[]> => {
    const stored = await ports.partners.some(linkId, 'tokens', SOME);
    if (stored.length > 0) return stored;
    const { data } = await ports.send({ linkId, operation: 'tokens.list', params: {}, query: { limit: String(SOME) } });
    return Array.isArray(data) ? data.filter(isJsonObject) : [];
  };
  /** Asked for once: a charger keeps a list of its own. */
  const lists = new Map<number, Promise<readonly JsonObject[]>>();
  const listOf = async (linkId: number) => {
    const list = lists.get(linkId) ?? tokensOf(linkId);
    lists.set(linkId, list);
    const tokens = await list;
    if (tokens.length === 0) lists.delete(linkId);
    return tokens;
  };

  const named = async (linkId: number, uid: string) => {
    const known = ports.partners.get(linkId, 'tokens', uid);
    return known ?? (await listOf(linkId)).find(token => ciEqual(String(token['uid']), uid));
  };

  const ofLink = async (to: LifeLink, wanted: DriverWanted): Promise<DriverFound> => {
    const { link } = to;
    if (to.closed !== undefined) return { ok: false, reason: to.closed };
    const token =
      wanted.token === undefined ? pick(await listOf(link.id), wanted.chance) : await named(link.id, wanted.token);
    if (token === undefined) {
      const which = wanted.token === undefined ? 'any token' : `the token ${wanted.token}`;
      return { ok: false, reason: `we know of ${link.name} not ${which}: it has to push tokens, or list them` };
    }
    return found(cardOf(token, link.parties[0]), link.id, wanted);
  };

  const ofOurs = ({ chance, token: uid, wattHours }: DriverWanted): DriverFound => {
    const { total } = ports.data.page('tokens', 0, 1);
    const token =
      uid === undefined
        ? ports.data.page('tokens', Math.floor(chance.fraction('token') * total), 1).items[0]
        : ports.data.get('tokens', uid);
    if (token === undefined) return { ok: false, reason: 'nobody has a token to charge with: no partner, nor we' };
    return found(cardOf(token, undefined), undefined, { wattHours });
  };

  return {
    find: async wanted => {
      const links = ports.links().filter(isProvider);
      if (wanted.linkId !== undefined) {
        const to = ports.links().find(({ link }) => link.id === wanted.linkId);
        return to === undefined ? { ok: false, reason: 'the link is not registered' } : ofLink(to, wanted);
      }
      const open = links.filter(({ closed }) => closed === undefined);
      // Providers take turns by chance; one that has no tokens is left out.
      const first = open.length === 0 ? 0 : Math.floor(wanted.chance.fraction('provider') * open.length);
      for (const to of [...open.slice(first), ...open.slice(0, first)]) {
        const driver = await ofLink(to, wanted);
        if (driver.ok) return driver;
      }
      return ofOurs(wanted);
    },
    authorize: async ({ driver, authorized: { token, whitelist, valid } }, place) => {
      const { linkId } = driver;
      const local = { ...driver, authMethod: 'WHITELIST' } as const;
      const refused = { ok: false, reason: `the token ${token.uid} is not valid` } as const;
      if (linkId === undefined || whitelist === 'ALWAYS' || whitelist === 'ALLOWED') {
        return valid ? { ok: true, driver: local } : refused;
      }
      const version = ports.links().find(({ link }) => link.id === linkId)?.version ?? '2.2.1';
      const answer = await ports.send({
        linkId,
        operation: 'tokens.authorize',
        params: { token_uid: token.uid },
        query: { type: token.type },
        body: {
          location_id: place.locationId,
          evse_uids: [place.evseUid],
          ...(atLeast22(version) ? {} : { connector_ids: [place.connectorId] }),
        },
        from: place.owner,
        to: { countryCode: token.country_code, partyId: token.party_id },
      });
      // Nobody can be asked: then the charger decides by itself, where it may.
      if (answer.httpStatus === undefined && whitelist === 'ALLOWED_OFFLINE' && valid)
        return { ok: true, driver: local };
      const info = isJsonObject(answer.data) ? answer.data : {};
      const { allowed, authorization_reference: reference } = info;
      if (!answer.ok) return { ok: false, reason: `the token ${token.uid} was not authorized: ${answer.reason}` };
      if (allowed !== 'ALLOWED') return { ok: false, reason: `the token ${token.uid} is ${String(allowed)} there` };
      const given = typeof reference === 'string' ? { reference } : {};
      return { ok: true, driver: { ...driver, authMethod: 'AUTH_REQUEST', ...given } };
    },
  };
}

/** Has tokens, and wants to hear of sessions. In 2.1.1 endpoints tell no side. */
function isProvider({ link, version }: LifeLink): boolean {
  const has = (identifier: string, role: string) =>
    link.endpoints.some(
      endpoint => endpoint.identifier === identifier && (!atLeast22(version) || endpoint.role === role),
    );
  return has('tokens', 'SENDER') && has('sessions', 'RECEIVER');
}

function found(card: Card, linkId: number | undefined, { wattHours }: Pick<DriverWanted, 'wattHours'>): DriverFound {
  const driver: Driver = {
    token: card.token,
    authMethod: 'WHITELIST',
    ...(linkId === undefined ? {} : { linkId }),
    ...(wattHours === undefined ? {} : { wattHours }),
  };
  return { ok: true, driver, authorized: card };
}

/** Cards come to chargers; what only apps have is not held to a reader. */
function pick(tokens: readonly JsonObject[], chance: Chance): JsonObject | undefined {
  const cards = tokens.filter(({ type, valid }) => (type === 'RFID' || type === 'OTHER') && valid !== false);
  const usable = cards.length > 0 ? cards : tokens;
  return usable.length === 0 ? undefined : chance.pick('token', usable);
}

function cardOf(token: JsonObject, party: PartyId | undefined): Card {
  const text = (field: string) => (typeof token[field] === 'string' ? token[field] : undefined);
  const uid = text('uid') ?? '';
  return {
    token: {
      country_code: text('country_code') ?? party?.countryCode ?? '',
      party_id: text('party_id') ?? party?.partyId ?? '',
      uid,
      type: text('type') ?? 'RFID',
      contract_id: text('contract_id') ?? text('auth_id') ?? uid,
    },
    whitelist: text('whitelist') ?? 'NEVER',
    valid: token['valid'] !== false,
  };
}
