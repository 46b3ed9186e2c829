import type { FaultDirection } from '../contract/fault.ts';
import type { CatalogueEntry } from '../ocpi/catalogue.ts';
import { ciEqual } from '../ocpi/ci-string.ts';
import { isJsonObject } from '../ocpi/json-value.ts';
import { moduleOf } from '../ocpi/modules.ts';
import type { Version } from '../ocpi/versions.ts';
import type { Facts, FaultKind } from './kind.ts';
import type { Rule } from './rule.ts';

/** What of an exchange can be the same for many: by it rules are sorted out once. */
export interface Sort {
  readonly direction: FaultDirection;
  readonly link: { readonly name: string; readonly isProduction: boolean } | undefined;
  readonly version: Version | undefined;
  readonly operation: string;
  readonly entry: CatalogueEntry | undefined;
}

/** Why a rule is idle at exchanges of a sort; undefined where nothing of the sort speaks against it. */
export function idleAtSort(
  rule: Pick<Rule, 'scope' | 'reachesRegistration' | 'reachesProduction'>,
  sort: Sort,
): string | undefined {
  const { scope } = rule;
  const { link, entry } = sort;
  if (scope.direction !== undefined && scope.direction !== sort.direction) {
    return sort.direction === 'answer' ? 'it looks at requests of ours only' : 'it looks at answers of ours only';
  }
  if (scope.link !== undefined && (link === undefined || !ciEqual(scope.link, link.name))) {
    return `it looks at link ${scope.link} only`;
  }
  if (scope.version !== undefined && scope.version !== sort.version) return `it looks at ${scope.version} only`;
  if (scope.operation !== undefined && scope.operation !== sort.operation) return `it looks at ${scope.operation} only`;
  if (scope.module !== undefined && (entry === undefined || moduleOf(scope.module) !== entry.module)) {
    return `it looks at ${scope.module} only`;
  }
  if (scope.side !== undefined && scope.side !== entry?.interface) return `it looks at the ${scope.side} side only`;
  if (!rule.reachesRegistration && entry !== undefined && isRegistration(entry)) {
    return 'it does not reach versions and credentials';
  }
  if (!rule.reachesProduction && link?.isProduction === true)
    return `nobody said that it may reach ${link.name}, a production link`;
  return undefined;
}

/** A link is lost by accident where these go wrong. */
export function isRegistration({ module }: Pick<CatalogueEntry, 'module'>): boolean {
  return module === 'versions' || module === 'credentials';
}

/** Why a kind has nothing to do at exchanges of a sort. */
export function unfit(
  kind: FaultKind,
  { direction, entry, operation }: Pick<Sort, 'direction' | 'entry' | 'operation'>,
): string | undefined {
  if (!kind.directions.includes(direction)) {
    return `${kind.kind} is no fault of ${direction === 'answer' ? 'answers' : 'requests'}`;
  }
  if (kind.fits === undefined) return undefined;
  return entry !== undefined && kind.fits(entry) ? undefined : `${kind.kind} does not fit ${operation}`;
}

/** Why a rule is idle at one exchange of a sort it looks at; `later`: the object may still stand in the answer. */
export function idleAt(
  { scope }: Pick<Rule, 'scope'>,
  { facts, party }: { readonly facts: Facts; readonly party: string | undefined },
): { readonly why: string; readonly later?: true } | undefined {
  const outside = idleByTime({ scope }, facts.now);
  if (outside !== undefined) return { why: outside };
  if (scope.party !== undefined && (party === undefined || partyKey(scope.party) !== partyKey(party))) {
    return { why: `it looks at party ${scope.party} only` };
  }
  const { object } = scope;
  if (object === undefined || addresses(facts.params, object) || holds(facts.request.body, object)) return undefined;
  const why = `it looks at object ${object} only`;
  // Only a list names objects that nobody asked for.
  return facts.direction === 'answer' && facts.entry?.items !== undefined ? { why, later: true } : { why };
}

/** Whether its time window is over, or has not begun. */
export function idleByTime({ scope }: Pick<Rule, 'scope'>, now: number): string | undefined {
  if (scope.from === undefined && scope.until === undefined) return undefined;
  const { from, until } = momentsOf(scope);
  if (now < from) return `it begins at ${scope.from}`;
  if (now >= until) return `it ended at ${scope.until}`;
  return undefined;
}

const OWNERS: ReadonlySet<string> = new Set(['country_code', 'party_id']);

function addresses(params: Facts['params'], object: string): boolean {
  return Object.entries(params).some(([name, value]) => !OWNERS.has(name) && ciEqual(value, object));
}

const text = new TextDecoder();

/** Whether a JSON body names the object, at any depth: by a field called `id`, `uid`, `location_id` and the like. */
export function holds(body: Uint8Array, object: string): boolean {
  if (body.length === 0) return false;
  const json = text.decode(body);
  // Most bodies have nothing of it: those are not parsed.
  if (!json.toLowerCase().includes(JSON.stringify(object).slice(1, -1).toLowerCase())) return false;
  try {
    return names(JSON.parse(json), object);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function names(value: unknown, object: string): boolean {
  if (Array.isArray(value)) return value.some(one => names(one, object));
  if (!isJsonObject(value)) return false;
  return Object.entries(value).some(([name, held]) =>
    typeof held === 'string' ? isId(name) && ciEqual(held, object) : names(held, object),
  );
}

function isId(name: string): boolean {
  return !OWNERS.has(name) && /(^|_)u?id$/.test(name);
}

function partyKey(party: string): string {
  return party.replace('-', '').toUpperCase();
}

interface Moments {
  readonly from: number;
  readonly until: number;
}

/** Every exchange asks every rule that has a time: its texts are read once. */
const moments = new WeakMap<Rule['scope'], Moments>();

function momentsOf(scope: Rule['scope']): Moments {
  const known = moments.get(scope);
  if (known !== undefined) return known;
  const { from, until } = scope;
  const read = {
    from: from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from),
    until: until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until),
  };
  moments.set(scope, read);
  return read;
}
