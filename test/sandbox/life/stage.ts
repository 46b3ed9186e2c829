import type { Link, LinkParty } from '../../../core/contract/link.ts';
import { type Checker, compileChecker } from '../../../core/ocpi/check.ts';
import type { Finding } from '../../../core/ocpi/findings.ts';
import { mergePatch } from '../../../core/ocpi/patch-merge.ts';
import { findType } from '../../../core/ocpi/types.ts';
import type { Version } from '../../../core/ocpi/versions.ts';
import type { Charge } from '../../../core/sandbox/life/charge.ts';
import { createLife, type Life } from '../../../core/sandbox/life/life.ts';
import type { KeptObject, LifeAnswer, LifeCall, LifePorts, LifeState } from '../../../core/sandbox/life/ports.ts';
import { createWorld, type World } from '../../../core/sandbox/world/world.ts';
import { type HeldClock, heldClock } from './held-clock.ts';

/** When the charges of these tests begin: a Monday, noon in winter time. */
export const BEGIN = Date.UTC(2026, 10, 23, 11);

type Json = Record<string, unknown>;

/** A partner of whom only what it was told is known. */
export interface ToldPartner {
  /** Every call, in its order. */
  readonly calls: LifeCall[];
  readonly results: { readonly url: string; readonly body: Json }[];
  readonly sessions: Map<string, Json>;
  readonly cdrs: Json[];
  /** What is wrong with what it was told. */
  readonly findings: Finding[];
  /** How it answers, and how many milliseconds after it took something: as it should, and at once, unless said. */
  answersAfter: number;
  answer: (call: LifeCall) => Promise<LifeAnswer | undefined> | LifeAnswer | undefined;
}

export interface Stage {
  readonly clock: HeldClock;
  readonly world: World;
  readonly partner: ToldPartner;
  readonly life: Life;
  readonly stored: { state: LifeState | undefined; readonly charges: Map<string, Charge>; readonly kept: KeptObject[] };
  /** Ends it as a crash does, or in order, and begins anew with what was stored. */
  restart(how: 'crash' | 'order'): Stage;
}

export interface StageOptions {
  readonly version?: Version;
  readonly locations?: number;
  readonly repeatsFailed?: (linkId: number) => boolean;
  readonly parties?: readonly LinkParty[];
  readonly link?: Partial<Link>;
  readonly closed?: string;
  readonly command?: LifePorts['command'];
  readonly partners?: Partial<LifePorts['partners']>;
}

/** A world that lives, on a clock that is told to, with one partner. */
export function stage(options: StageOptions = {}): Stage {
  const { locations = 30 } = options;
  const clock = heldClock(BEGIN);
  const world = createWorld({ seed: 'life', locations, now: BEGIN, shape: { evses: 4, connectors: 1 } });
  return open({ options, clock, world, stored: { state: undefined, charges: new Map(), kept: [] }, ids: { next: 1 } });
}

interface Ground extends Pick<Stage, 'clock' | 'world' | 'stored'> {
  readonly options: StageOptions;
  readonly ids: { next: number };
}

function open(ground: Ground, partner = newPartner()): Stage {
  const { options, clock, world, stored, ids } = ground;
  const { version = '2.2.1' } = options;
  const statuses = new Map<string, { status: string; at: number }>();
  let dead = false;
  const link = linkOf(version, options);
  const object = (module: 'locations' | 'tariffs' | 'tokens', index: number) =>
    withStatuses(JSON.parse(world.text(module, index, '2.3.0')) as Json, statuses);
  const known = ['locations', 'sessions', 'cdrs', 'tariffs', 'tokens'] as const;
  const ports: LifePorts = {
    clock,
    seed: 'stage',
    newId: () => `id-${String(ids.next++).padStart(6, '0')}`,
    data: {
      get: (module, id) => {
        const of = known.find(name => name === module);
        const index = of && world.indexById(of, id);
        return of === undefined || index === undefined
          ? undefined
          : withStatuses(JSON.parse(world.text(of, index, '2.3.0')) as Json, statuses);
      },
      location211: id => JSON.parse(world.text('locations', world.locationIndexById(id) ?? 0, '2.1.1')) as Json,
      page: (module, offset, limit) => {
        const of = known.find(name => name === module);
        if (of === undefined) return { total: 0, items: [] };
        const total = world.counts[of];
        const indexes = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, at) => offset + at);
        return { total, items: indexes.map(index => object(of as 'locations', index)) };
      },
      setStatus: ({ evse, status, at }) => {
        const last = statuses.get(evse)?.at ?? 0;
        const moment = Math.max(at, last + 1);
        statuses.set(evse, { status, at: moment });
        return { ok: true, value: { lastUpdated: new Date(moment * 1000).toISOString().replace('.000', '') } };
      },
      keep: objects => {
        if (!dead) stored.kept.push(...objects);
        return { ok: true, value: undefined };
      },
    },
    store: {
      load: () => ({ state: stored.state, charges: [...stored.charges.values()] }),
      saveState: state => {
        if (!dead) stored.state = JSON.parse(JSON.stringify(state)) as LifeState;
      },
      saveCharges: charges => {
        if (dead) return;
        for (const [id, charge] of charges) {
          if (charge === undefined) stored.charges.delete(id);
          else stored.charges.set(id, JSON.parse(JSON.stringify(charge)) as Charge);
        }
      },
    },
    links: () => [{ link, version, ...(options.closed === undefined ? {} : { closed: options.closed }) }],
    ownParties: () => [{ countryCode: 'NL', partyId: 'WBX', role: 'CPO', name: 'us' }],
    facing: () => ({ countryCode: 'NL', partyId: 'WBX' }),
    send: async call => {
      partner.calls.push(call);
      const answer = (await partner.answer(call)) ?? { ok: true, reason: 'taken', httpStatus: 200 };
      // What was on its way when the process died has not arrived.
      if (answer.ok && !dead) take(partner, call, version);
      if (partner.answersAfter > 0) await clock.sleep(partner.answersAfter);
      return answer;
    },
    postResult: async ({ url, body }) => {
      partner.results.push({ url, body });
      return { ok: true, reason: 'taken', httpStatus: 200 };
    },
    command: options.command ?? (async () => ({ ok: false, reason: 'no commands here' })),
    partners: { get: () => undefined, some: async () => [], since: async () => [], ...options.partners },
    ...(options.repeatsFailed === undefined ? {} : { repeatsFailed: options.repeatsFailed }),
    onTrouble: (what, error) => {
      throw new Error(`${what}: ${String(error)}`);
    },
    onChange: () => {},
  };
  const life = createLife(ports);
  life.begin();
  return {
    clock,
    world,
    partner,
    life,
    stored,
    restart: how => {
      if (how === 'crash') dead = true;
      life.halt();
      dead = true;
      return open(ground, partner);
    },
  };
}

function newPartner(): ToldPartner {
  return {
    calls: [],
    results: [],
    sessions: new Map(),
    cdrs: [],
    findings: [],
    answersAfter: 0,
    answer: () => undefined,
  };
}

const checkers = new Map<string, Checker<unknown>>();

/** A partner does what the digest says of PUT, PATCH and POST, and looks at what it gets. */
function take(
  { sessions, cdrs, findings }: ToldPartner,
  { operation, params, body }: LifeCall,
  version: Version,
): void {
  const id = params['session_id'] ?? '';
  const check = (type: string, object: unknown) => {
    const key = `${version} ${type}`;
    const checker = checkers.get(key) ?? compileChecker(typeOf(version, type));
    checkers.set(key, checker);
    findings.push(...checker(object, { version }).findings);
  };
  if (operation === 'sessions.put') {
    check('Session', body);
    sessions.set(id, body as Json);
  }
  if (operation === 'sessions.patch') {
    const before = sessions.get(id);
    if (before === undefined) throw new Error(`a PATCH of ${id}, which was never PUT`);
    const rules = {
      schema: typeOf(version, 'Session'),
      ...(version === '2.1.1' ? {} : { appended: ['charging_periods'] }),
    };
    const merged = JSON.parse(mergePatch(JSON.stringify(before), JSON.stringify(body), rules)) as Json;
    check('Session', merged);
    sessions.set(id, merged);
  }
  if (operation === 'cdrs.post') {
    check('CDR', body);
    cdrs.push(body as Json);
  }
}

function typeOf(version: Version, name: string) {
  const type = findType(version, name);
  if (type === undefined) throw new Error(`${version} has no ${name}`);
  return type.schema;
}

function withStatuses(location: Json, statuses: ReadonlyMap<string, { status: string }>): Json {
  const { evses } = location;
  if (!Array.isArray(evses)) return location;
  return {
    ...location,
    evses: (evses as Json[]).map(evse => ({
      ...evse,
      ...statuses.get(String(evse['uid'])),
      last_updated: evse['last_updated'],
    })),
  };
}

function linkOf(version: Version, { parties, link }: StageOptions): Link {
  const modules = ['sessions', 'cdrs', 'locations', 'tariffs', 'chargingprofiles'];
  return {
    id: 1,
    name: 'volta',
    organisation: 'volta',
    environment: 'test',
    state: 'registered',
    readOnly: false,
    versionsUrl: 'http://127.0.0.1:1/versions',
    version,
    offeredVersions: [version],
    endpoints: [
      ...modules.map(identifier => ({ identifier, role: 'RECEIVER', url: `http://127.0.0.1:1/${identifier}` })),
      { identifier: 'tokens', role: 'SENDER', url: 'http://127.0.0.1:1/tokens' },
    ].map(({ role, ...endpoint }) => (version === '2.1.1' ? endpoint : { ...endpoint, role })),
    parties: [...(parties ?? [{ countryCode: 'NL', partyId: 'VOL', role: 'EMSP' }])],
    settings: { tokenForm: 'auto', requiredModules: [] },
    createdAt: 0,
    updatedAt: 0,
    ...link,
  };
}

/** A plug nobody is at, of the kind asked for. */
export function freePlug(
  world: World,
  fits: (plug: { readonly powerType: string; readonly capabilities: readonly string[] }) => boolean = () => true,
): { readonly location: string; readonly evse: string; readonly connector: string } {
  for (let index = 0; index < world.counts.locations; index++) {
    const location = world.location(index, '2.2.1');
    for (const evse of location.evses ?? []) {
      const [connector] = evse.connectors;
      const plug = { powerType: connector?.power_type ?? '', capabilities: evse.capabilities ?? [] };
      if (evse.status !== 'AVAILABLE' || connector === undefined || !fits(plug)) continue;
      return { location: location.id, evse: evse.uid, connector: connector.id };
    }
  }
  throw new Error('no plug of that kind is free');
}

export const TOKEN = {
  country_code: 'NL',
  party_id: 'VOL',
  uid: '0123ABCD',
  type: 'APP_USER',
  contract_id: 'NL-VOL-C0001',
  issuer: 'volta',
  valid: true,
  whitelist: 'NEVER',
  last_updated: '2026-11-01T00:00:00Z',
};
