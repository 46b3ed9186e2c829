import { done, failed, type Outcome } from '../contract/failure.ts';
import type { Link } from '../contract/link.ts';
import type { PulledModule, PullInput } from '../contract/objects.ts';
import type { OwnParty } from '../contract/platform.ts';
import type { PullOrder, PullTarget, SingleOrder } from '../flows/pull/ports.ts';
import { type CatalogueEntry, catalogue, isPlaceholder } from '../ocpi/catalogue.ts';
import { ciEqual } from '../ocpi/ci-string.ts';
import { isFunctional, moduleOf, modulesOf } from '../ocpi/modules.ts';
import type { PartyId } from '../ocpi/party-id.ts';
import type { Routing } from '../ocpi/routing.ts';
import { decodeSegment } from '../ocpi/urls.ts';
import { atLeast22, type Version } from '../ocpi/versions.ts';
import { hubOf, readParty } from './sending/routing.ts';

export type Ordered =
  | { readonly what: 'lists'; readonly order: PullOrder }
  | { readonly what: 'one'; readonly order: SingleOrder };

export interface OrderContext {
  readonly link: Link;
  readonly ownParties: readonly OwnParty[];
  /** Whether the link's module has a cursor. */
  readonly hasCursor: boolean;
  readonly now: number;
}

/** Partners that allow less say so with X-Limit; the largest page of most is between 50 and 1,000. */
const PAGE_SIZE = 1000;
const WINDOWED: ReadonlySet<PulledModule> = new Set(['sessions', 'cdrs']);
const MOST_WINDOWS = 10_000;
/** Who owns a module's objects, and whom they are for (digest 4.1). */
const OWNERS: Readonly<Partial<Record<PulledModule, readonly [owner: string, reader: string]>>> = {
  locations: ['CPO', 'EMSP'],
  sessions: ['CPO', 'EMSP'],
  cdrs: ['CPO', 'EMSP'],
  tariffs: ['CPO', 'EMSP'],
  bookings: ['CPO', 'EMSP'],
  tokens: ['EMSP', 'CPO'],
  payments: ['PTP', 'CPO'],
};

/** What an operator asked for, with everything the flow has to know; or why it cannot be asked of this partner. */
export function orderOf(input: PullInput, context: OrderContext): Outcome<Ordered> {
  const { link } = context;
  const { module } = input;
  if (link.state !== 'registered' && link.state !== 'adopted') {
    const advice = link.state === 'suspended' ? `wb link set ${link.name} --resume ends that.` : 'Register first.';
    return failed('WRONG_STATE', `${link.name} is ${link.state}: there is nothing to pull`, advice);
  }
  const { version } = link;
  if (version === undefined) {
    return failed('WRONG_STATE', `${link.name}: its version and endpoints were never read`, 'wb doctor looks why.');
  }
  if (!modulesOf(version).includes(module)) {
    return failed('INVALID_INPUT', `OCPI ${version} has no module ${module}`, 'Choose one of its modules.');
  }
  const endpoint = senderOf(link, module, version);
  if (!endpoint.ok) return endpoint;
  const party = readParty(input.party);
  if (!party.ok) return party;
  const entries = catalogue(version).filter(
    entry =>
      entry.module === module && entry.interface === 'SENDER' && entry.method === 'GET' && entry.base === 'endpoint',
  );
  const routing = (single: boolean) => routingOf(context, { module, version, party: party.value, single });
  const common = { link, version, module, endpoint: endpoint.value };
  if (input.object !== undefined) {
    const found = singleOf(entries, input.object);
    if (found === undefined) {
      return failed(
        'INVALID_INPUT',
        `${module} of OCPI ${version} has no object to be asked for as "${input.object}"`,
        singleAdvice(entries, module),
      );
    }
    return done({ what: 'one', order: { ...common, ...routing(true), ...found } });
  }
  const times = timesOf(input, context);
  if (!times.ok) return times;
  const severalParties = link.parties.length > 1 && party.value !== undefined;
  return done({
    what: 'lists',
    order: {
      ...common,
      ...routing(false),
      ...(severalParties ? { oneParty: true } : {}),
      lists: entries
        .filter(({ items }) => items !== undefined)
        .map(({ id, path }): PullTarget => ({ operation: id, path })),
      ...(input.full ? { full: true } : {}),
      ...times.value,
      pageSize: input.pageSize ?? PAGE_SIZE,
      concurrency: link.settings.pullConcurrency ?? 1,
    },
  });
}

function senderOf({ name, endpoints }: Link, module: PulledModule, version: Version): Outcome<string> {
  const offered = endpoints.filter(({ identifier }) => moduleOf(identifier) === module);
  const sender = atLeast22(version)
    ? (offered.find(({ role }) => role?.toUpperCase() === 'SENDER') ?? offered.find(({ role }) => role === undefined))
    : offered[0];
  if (sender !== undefined) return done(sender.url);
  const why = offered.length === 0 ? `offers no ${module}` : `offers ${module} as receiver only`;
  return failed('NOT_FOUND', `${name} ${why}`, `wb link show ${name} lists its endpoints.`);
}

interface RoutingNeed {
  readonly module: PulledModule;
  readonly version: Version;
  readonly party: PartyId | undefined;
  readonly single: boolean;
}

/** Sender and addressee of the requests (digest 1.10): a hub is asked for everybody's objects by its own name. */
function routingOf(
  { link, ownParties }: OrderContext,
  { module, version, party, single }: RoutingNeed,
): { routing?: Routing } {
  if (!atLeast22(version) || !isFunctional(module)) return {};
  const [owner, reader] = OWNERS[module] ?? [];
  const chosen = ownParties.find(({ countryCode, partyId }) => `${countryCode}-${partyId}` === link.settings.ownParty);
  const own = chosen ?? ownParties.find(({ role }) => role === reader) ?? ownParties[0];
  const hub = hubOf(link);
  const fitting = link.parties.find(({ role }) => role === owner) ?? link.parties[0];
  // Through a hub one object's owner is not known beforehand: open routing.
  const to = party ?? (hub === undefined ? fitting : single ? undefined : hub);
  return {
    routing: {
      ...(own === undefined ? {} : { from: { countryCode: own.countryCode, partyId: own.partyId } }),
      ...(to === undefined ? {} : { to: { countryCode: to.countryCode, partyId: to.partyId } }),
    },
  };
}

/** `LOC1/EVSE1` against the paths of the catalogue: fixed segments as they are, the others are ids. */
function singleOf(
  entries: readonly CatalogueEntry[],
  object: string,
): Pick<SingleOrder, 'target' | 'within' | 'list'> | undefined {
  const path = object.split('/').map(segment => decodeSegment(segment) ?? segment);
  const fits = ({ path: shape }: CatalogueEntry) =>
    shape.length === path.length &&
    shape.some(isPlaceholder) &&
    shape.every((segment, at) => isPlaceholder(segment) || ciEqual(segment, path[at] ?? ''));
  const entry = entries.find(fits);
  if (entry === undefined || path.some(segment => segment === '')) return undefined;
  const fixed = entry.path.filter(segment => !isPlaceholder(segment));
  const target = {
    operation: entry.id,
    path: entry.path.map((segment, at) => (isPlaceholder(segment) ? (path[at] ?? '') : segment)),
  };
  const [list] = fixed;
  return { target, within: path.slice(fixed.length, -1), ...(list === undefined ? {} : { list }) };
}

function singleAdvice(entries: readonly CatalogueEntry[], module: PulledModule): string {
  const shapes = entries.filter(({ path }) => path.some(isPlaceholder)).map(({ path }) => path.join('/'));
  return shapes.length === 0 ? `Objects of ${module} are only listed by their owner.` : `Write ${shapes.join(' or ')}.`;
}

type Times = Pick<PullOrder, 'from' | 'to' | 'window'>;

function timesOf({ dateFrom, dateTo, window, module, full }: PullInput, context: OrderContext): Outcome<Times> {
  const from = dateFrom === undefined ? undefined : Date.parse(dateFrom);
  const to = dateTo === undefined ? undefined : Date.parse(dateTo);
  for (const [at, text] of [
    [from, dateFrom],
    [to, dateTo],
  ] as const) {
    if (at !== undefined && Number.isNaN(at)) {
      return failed('INVALID_INPUT', `"${text}" is no date and time`, 'Write 2026-11-22T10:00:00Z.');
    }
  }
  if (from !== undefined && to !== undefined && to <= from) {
    return failed('INVALID_INPUT', 'the time asked for ends before it begins', 'Exchange the two dates.');
  }
  if (window !== undefined) {
    if (!WINDOWED.has(module)) {
      return failed('INVALID_INPUT', `windows are for ${[...WINDOWED].join(' and ')}`, 'Leave --window out.');
    }
    if (from === undefined && (full || !context.hasCursor)) {
      return failed('INVALID_INPUT', 'windows need a beginning', 'Say from when on: --from 2026-01-01T00:00:00Z.');
    }
    if (from !== undefined && ((to ?? context.now) - from) / window > MOST_WINDOWS) {
      return failed('INVALID_INPUT', `more than ${MOST_WINDOWS} windows`, 'Choose larger ones, or a later beginning.');
    }
  }
  return done({
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(window === undefined ? {} : { window }),
  });
}
