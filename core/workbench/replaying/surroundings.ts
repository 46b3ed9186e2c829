import type { Link } from '../../contract/link.ts';
import type { PulledModule } from '../../contract/objects.ts';
import type { OwnParty } from '../../contract/platform.ts';
import type { History } from '../../history/history.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import type { PartyId } from '../../ocpi/party-id.ts';
import type { Version } from '../../ocpi/versions.ts';
import type { KnownParty, KnownPlace, KnownThings, KnownToken, Surroundings } from '../../replay/surroundings.ts';
import type { OwnData } from '../../server/own-data.ts';
import { facingParties } from '../facing.ts';
import type { PlatformDesk } from '../platform.ts';
import { callerOf } from '../sending/own-texts.ts';

export interface SurroundingsParts {
  readonly history: Pick<History, 'objects'>;
  readonly platform: Pick<PlatformDesk, 'config'>;
  /** What we serve. */
  readonly data: OwnData;
}

export interface SurroundingsOf {
  readonly link: Link;
  readonly version: Version;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** So many things of a kind are looked at. */
const MOST = 100;
const MODULES = {
  location: 'locations',
  token: 'tokens',
  tariff: 'tariffs',
  session: 'sessions',
  cdr: 'cdrs',
} as const satisfies Record<Parameters<KnownThings['has']>[0], PulledModule>;

/** Who a party in a role talks to (digest 4.1); of others nothing is said. */
const COUNTERPARTS: Readonly<Record<string, readonly string[]>> = {
  CPO: ['EMSP', 'NSP', 'NAP', 'SCSP', 'PTP', 'HUB', 'OTHER'],
  EMSP: ['CPO', 'HUB'],
  PTP: ['CPO', 'HUB'],
};

/** The target as it is now. */
export async function surroundingsOf(
  { history, platform, data }: SurroundingsParts,
  { link, version, now }: SurroundingsOf,
): Promise<Surroundings> {
  const parties = version === '2.1.1' ? facingParties(link, platform.config().parties) : platform.config().parties;
  const theirs = await theirThings(history, link);
  return {
    link: link.name,
    environment: link.environment,
    version,
    endpoints: link.endpoints,
    versionsUrl: link.versionsUrl,
    ours: ourThings(data, { link, version, parties }),
    theirs,
    roles: rolesIn(link, parties),
    now,
  };
}

/** Our roles that have to do with what the partner is: all of them where it does not say. */
export function rolesIn(link: Pick<Link, 'parties' | 'endpoints'>, parties: readonly OwnParty[]): string[] {
  const ours = [...new Set(parties.map(({ role }) => role))];
  const said = link.parties.flatMap(({ role }) => role ?? []);
  // 2.1.1 states no roles, but only who has stations takes commands.
  const theirs =
    said.length > 0 ? said : link.endpoints.some(({ identifier }) => identifier === 'commands') ? ['CPO'] : [];
  const fitting = ours.filter(role => {
    const counterparts = COUNTERPARTS[role];
    return counterparts === undefined || theirs.some(one => counterparts.includes(one.toUpperCase()));
  });
  return theirs.length === 0 || fitting.length === 0 ? ours : fitting;
}

interface OwnThings {
  readonly link: Link;
  readonly version: Version;
  readonly parties: readonly OwnParty[];
}

function ourThings(data: OwnData, { link, version, parties }: OwnThings): KnownThings {
  const caller = callerOf(link);
  const some = (module: (typeof MODULES)[keyof typeof MODULES]) =>
    data.page({ module, version, caller, offset: 0, limit: MOST }).items.flatMap(read);
  const terminals =
    version === '2.3.0'
      ? data
          .page({ module: 'payments', list: 'terminals', version, caller, offset: 0, limit: MOST })
          .items.flatMap(read)
      : [];
  return {
    ...known({ locations: some('locations'), tokens: some('tokens'), tariffs: some('tariffs'), terminals }),
    parties: partyIds(parties),
    has: (kind, id) => data.get({ module: MODULES[kind], version, caller, id }) !== undefined,
  };
}

async function theirThings({ objects }: SurroundingsParts['history'], link: Link): Promise<KnownThings> {
  const some = async (module: PulledModule) => {
    const found = await objects.list({ linkId: link.id, module, vanished: false, limit: MOST });
    return found.ok ? found.objects.map(({ object }) => object).filter(isJsonObject) : [];
  };
  const [locations, tokens, tariffs, payments] = await Promise.all([
    some('locations'),
    some('tokens'),
    some('tariffs'),
    some('payments'),
  ]);
  return {
    ...known({ locations, tokens, tariffs, terminals: payments }),
    parties: partyIds(link.parties),
    has: (kind, id) => objects.present({ linkId: link.id, module: MODULES[kind], id }) !== undefined,
  };
}

interface Things {
  readonly locations: readonly JsonObject[];
  readonly tokens: readonly JsonObject[];
  readonly tariffs: readonly JsonObject[];
  readonly terminals: readonly JsonObject[];
}

function known({ locations, tokens, tariffs, terminals }: Things): Omit<KnownThings, 'parties' | 'has'> {
  return {
    places: locations.flatMap(placesOf).slice(0, MOST),
    tokens: tokens.flatMap(tokenOf),
    tariffs: tariffs.flatMap(({ id }) => (typeof id === 'string' ? [id] : [])),
    terminals: terminals.flatMap(({ terminal_id: id }) => (typeof id === 'string' ? [id] : [])),
  };
}

function placesOf(location: JsonObject): KnownPlace[] {
  return listIn(location, 'evses').flatMap(evse =>
    listIn(evse, 'connectors').flatMap(connector => {
      const [id, uid, connectorId] = [location['id'], evse['uid'], connector['id']];
      if (typeof id !== 'string' || typeof uid !== 'string' || typeof connectorId !== 'string') return [];
      const evseId = evse['evse_id'];
      return [
        {
          location: id,
          evse: uid,
          connector: connectorId,
          available: evse['status'] === 'AVAILABLE',
          ...(typeof evseId === 'string' ? { evseId } : {}),
        },
      ];
    }),
  );
}

function listIn(object: JsonObject, member: string): readonly JsonObject[] {
  const list = object[member];
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}

function tokenOf({ uid, type, contract_id: contract, auth_id: auth, valid, whitelist }: JsonObject): KnownToken[] {
  if (typeof uid !== 'string') return [];
  const named = contract ?? auth;
  return [
    {
      uid,
      type: typeof type === 'string' ? type : 'RFID',
      contract: typeof named === 'string' ? named : undefined,
      valid: valid === true && whitelist !== 'NEVER',
    },
  ];
}

function read(text: string): JsonObject[] {
  const json: unknown = JSON.parse(text);
  return isJsonObject(json) ? [json] : [];
}

/** Parties with all the roles they have. */
export function partyIds(parties: readonly (PartyId & { readonly role?: string | undefined })[]): KnownParty[] {
  const seen = new Map<string, KnownParty>();
  for (const { countryCode, partyId, role } of parties) {
    const key = `${countryCode}-${partyId}`;
    const roles = [...(seen.get(key)?.roles ?? []), ...(role === undefined ? [] : [role.toUpperCase()])];
    seen.set(key, { countryCode, partyId, ...(roles.length > 0 && { roles }) });
  }
  return [...seen.values()];
}
