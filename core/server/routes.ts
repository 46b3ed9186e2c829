import { type CatalogueEntry, catalogue, isPlaceholder } from '../ocpi/catalogue.ts';
import { decodeSegment, splitPath } from '../ocpi/urls.ts';
import { isVersion, VERSIONS, type Version } from '../ocpi/versions.ts';
import type { Caller } from './caller.ts';
import type { Responder } from './responder.ts';

/** One method of one path that a responder answers. */
export interface Served {
  readonly entry: CatalogueEntry;
  readonly responder: Responder;
  readonly slow: (caller: Caller) => boolean;
}

/** What stands at a path. */
export type Route =
  /** Not below any base: whoever asks does not mean OCPI. */
  | { readonly kind: 'outside' }
  /** Percent signs that make no text. */
  | { readonly kind: 'malformed' }
  /** `below`: a version we speak, under which there might be a module. */
  | { readonly kind: 'unknown'; readonly below?: Version }
  | Place;

export interface Place {
  readonly kind: 'place';
  /** Absent for the versions list. */
  readonly version: Version | undefined;
  readonly methods: ReadonlyMap<string, Served>;
  /** What an Allow header says. */
  readonly allow: readonly string[];
  readonly params: Readonly<Record<string, string>>;
}

export interface RoutedTarget {
  readonly route: Route;
  /** What follows the `?`, as sent. */
  readonly query: string;
}

interface Pattern extends Omit<Place, 'params' | 'kind'> {
  /** Below the base; `{name}` stands for a value. */
  readonly segments: readonly string[];
  /** Whether both sides of a module answer there: then a party has to look like one. */
  readonly bothSides: boolean;
}

/** Targets remembered; ids in paths have no end, so that all are forgotten once there are too many. */
const MOST_REMEMBERED = 2_000;
const NO_PARAMS: Readonly<Record<string, string>> = {};

/** Finds what stands at a request target; `bases` are path beginnings, the longest first. */
export function createRoutes({ bases, responders }: { bases: readonly string[]; responders: readonly Responder[] }) {
  const baseSegments = bases.map(base => splitPath(base).segments.map(part => decodeSegment(part) ?? part));
  const patterns = collectPatterns(responders);
  const remembered = new Map<string, RoutedTarget>();

  const find = (target: string): RoutedTarget => {
    const { segments, query } = splitPath(target);
    const decoded: string[] = [];
    for (const segment of segments) {
      const text = decodeSegment(segment);
      if (text === undefined) return { route: { kind: 'malformed' }, query };
      decoded.push(text);
    }
    const base = baseSegments.find(parts => parts.every((part, at) => part === decoded[at]));
    if (base === undefined) return { route: { kind: 'outside' }, query };
    return { route: match(patterns, decoded.slice(base.length)), query };
  };

  return (target: string): RoutedTarget => {
    const before = remembered.get(target);
    if (before !== undefined) return before;
    const found = find(target);
    if (found.route.kind === 'place') {
      if (remembered.size >= MOST_REMEMBERED) remembered.clear();
      remembered.set(target, found);
    }
    return found;
  };
}

function match(patterns: readonly Pattern[], segments: readonly string[]): Route {
  for (const pattern of patterns) {
    const params = matchSegments(pattern, segments);
    if (params !== undefined)
      return { kind: 'place', version: pattern.version, methods: pattern.methods, allow: pattern.allow, params };
  }
  const [first] = segments;
  return first !== undefined && segments.length > 1 && isVersion(first)
    ? { kind: 'unknown', below: first }
    : { kind: 'unknown' };
}

/** How partners write parties in URLs; only where nothing else tells the two sides of a module apart. */
const PARTY_SHAPED: Readonly<Record<string, RegExp>> = {
  '{country_code}': /^[a-z]{2}$/i,
  '{party_id}': /^[a-z0-9]{1,3}$/i,
};

function matchSegments(
  { segments: pattern, bothSides }: Pattern,
  segments: readonly string[],
): Readonly<Record<string, string>> | undefined {
  if (pattern.length !== segments.length) return undefined;
  let params: Record<string, string> | undefined;
  for (const [at, part] of pattern.entries()) {
    const segment = segments[at] ?? '';
    if (isPlaceholder(part)) {
      if (segment === '' || (bothSides && PARTY_SHAPED[part]?.test(segment) === false)) return undefined;
      params ??= {};
      params[part.slice(1, -1)] = segment;
    } else if (part !== segment) return undefined;
  }
  return params ?? NO_PARAMS;
}

function collectPatterns(responders: readonly Responder[]): Pattern[] {
  const byPath = new Map<string, Omit<Pattern, 'methods' | 'allow'> & { readonly methods: Map<string, Served> }>();
  const add = (segments: readonly string[], { version, served, bothSides }: Added) => {
    const key = JSON.stringify(segments);
    const { entry } = served;
    const ofList = entry.base === 'versions-url';
    const pattern = byPath.get(key) ?? {
      segments,
      bothSides,
      version: ofList ? undefined : version,
      methods: new Map(),
    };
    pattern.methods.set(entry.method, served);
    // HEAD is GET without the body, wherever there is a GET.
    if (entry.method === 'GET') pattern.methods.set('HEAD', served);
    byPath.set(key, pattern);
  };
  for (const { entry, version, responder } of servedEntries(responders)) {
    const path = responder.given?.[entry.id]?.(version) ?? entry.path;
    const served = { entry, responder, slow: slowOf(responder, entry) };
    add(segmentsOf({ ...entry, path }, version), { version, served, bothSides: false });
    if (!hasSidelessPlace(entry, version)) continue;
    add([version, entry.module, ...entry.path], { version, served, bothSides: true });
  }
  return [...byPath.values()]
    .map(pattern => ({ ...pattern, allow: [...pattern.methods.keys()] }))
    .sort((left, right) => placeholders(left) - placeholders(right) || partiesIn(right) - partiesIn(left));
}

interface Added {
  readonly version: Version;
  readonly served: Served;
  readonly bothSides: boolean;
}

/**
 * 2.1.1 knows no sides. A platform that is CPO and EMSP has one URL a module at which both answer: the RECEIVER where a party
 * stands in the path, the SENDER everywhere else (digest 3.1).
 */
function hasSidelessPlace({ base, interface: side }: CatalogueEntry, version: Version): boolean {
  return version === '2.1.1' && base === 'endpoint' && side !== 'NONE';
}

function partiesIn({ segments }: Pattern): number {
  return segments.filter(segment => segment in PARTY_SHAPED).length;
}

const NEVER = () => false;
const ALWAYS = () => true;

function slowOf({ slow }: Responder, entry: CatalogueEntry): Served['slow'] {
  if (typeof slow === 'function') return caller => slow({ entry, caller });
  return slow?.includes(entry.id) ? ALWAYS : NEVER;
}

/** Every catalogue entry that some responder answers, per version; version details advertise nothing else. */
export function servedEntries(responders: readonly Responder[]) {
  return VERSIONS.flatMap(version =>
    catalogue(version).flatMap(entry => {
      const responder = responders.find(
        ({ serves, versions = VERSIONS }) => serves.includes(entry.id) && versions.includes(version),
      );
      return responder === undefined ? [] : [{ entry, version, responder }];
    }),
  );
}

/** Catalogue ids that some responder answers in a version. */
export function servedIds(responders: readonly Responder[], version: Version): ReadonlySet<string> {
  return new Set(servedEntries(responders).flatMap(served => (served.version === version ? [served.entry.id] : [])));
}

/** Segments below the base: `versions`, `2.2.1`, `2.2.1/credentials`, `2.2.1/receiver/tokens/...` (see addresses.ts). */
function segmentsOf({ base, module, interface: side, path }: CatalogueEntry, version: Version): string[] {
  if (base === 'versions-url') return ['versions', ...path];
  if (base === 'version-url') return [version, ...path];
  return side === 'NONE' ? [version, module, ...path] : [version, side.toLowerCase(), module, ...path];
}

/** Fixed segments win over placeholders at the same place. */
function placeholders({ segments }: Pattern): number {
  return segments.filter(isPlaceholder).length;
}
