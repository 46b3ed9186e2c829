import type { RedactionGroup } from '../../contract/session-log.ts';
import { type QueryFit, queryFit, queryOf } from './asked-query.ts';
import { type BodyMeaning, bodyDifferences, bodyFit } from './body-meaning.ts';
import { fitsFree, freePath, freeValues, type KnownRequest } from './known-request.ts';
import { plainPath } from './origins.ts';
import type { TokenSeen } from './tokens.ts';

/** A request to this server. */
export interface Asked {
  readonly method: string;
  /** As sent. */
  readonly path: string;
  readonly query: string;
  readonly body: BodyMeaning;
  readonly token: TokenSeen;
}

export interface Match {
  readonly known: KnownRequest;
  /** What is not as in the recording, one sentence each. */
  readonly differences: readonly string[];
  /** Ids that stand in the recording, with those that whoever asks has in their place. */
  readonly instead: ReadonlyMap<string, string>;
}

export interface MatchingParts {
  readonly redacted: readonly RedactionGroup[];
  /** What the bodies of recorded requests say. */
  readonly bodiesOf: (requests: readonly KnownRequest[]) => Promise<readonly BodyMeaning[]>;
}

/** Finds the recorded request for each that is asked, and keeps count of which were. */
export interface Matching {
  readonly known: number;
  /** Recorded requests that were asked for. */
  asked(): number;
  /** Undefined where the recording has none that fits. Asked one after the other: what was asked before counts. */
  match(asked: Asked): Promise<Match | undefined>;
}

/** Bodies that are looked through for the one that fits best. */
const MOST_COMPARED = 50;

/** Recorded requests that are the same one: the nth that is asked is the nth of then. */
interface Group {
  /** What they have in common stands in the first. */
  readonly first: KnownRequest;
  /** In recorded order; there is one as a rule, and a hundred thousand of these. */
  requests: KnownRequest[] | undefined;
  /** How often one of them was asked. */
  times: number;
}

interface Candidate {
  readonly group: Group;
  readonly query: QueryFit;
  readonly token: number;
}

export function createMatching(requests: readonly KnownRequest[], { redacted, bodiesOf }: MatchingParts): Matching {
  const byPath = new Map<string, Group[]>();
  /** Paths that have a pattern with free places in common, by method and pattern. */
  const byPattern = new Map<string, Map<string, Set<string>>>();
  /** What whoever asks has in the place of a recorded id. */
  const bound = new Map<string, string>();
  let asked = 0;

  const sameAs = new Map<string, Group>();
  for (const known of requests) {
    const { method, path, query, digest, token, status } = known;
    const place = `${method} ${path}`;
    const key = `${place}\n${query}\n${token}\n${digest}\n${status === 401}`;
    const same = sameAs.get(key);
    if (same !== undefined) {
      same.requests ??= [same.first];
      same.requests.push(known);
      continue;
    }
    const group: Group = { first: known, requests: undefined, times: 0 };
    sameAs.set(key, group);
    const groups = byPath.get(place);
    if (groups === undefined) byPath.set(place, [group]);
    else groups.push(group);
    const pattern = freePath(known, redacted);
    if (pattern === undefined) continue;
    const ofMethod = byPattern.get(method) ?? new Map<string, Set<string>>();
    byPattern.set(method, ofMethod);
    ofMethod.set(pattern, (ofMethod.get(pattern) ?? new Set()).add(path));
  }
  sameAs.clear();

  const groupsAt = (method: string, path: string): readonly Group[] => byPath.get(`${method} ${path}`) ?? [];

  /** Those that are asked at this path: literally, or where only free places differ. */
  const at = (method: string, path: string): readonly Group[] => {
    const literal = groupsAt(method, path);
    if (literal.length > 0) return literal;
    for (const [pattern, paths] of byPattern.get(method) ?? []) {
      if (!fitsFree(pattern, path)) continue;
      const values = freeValues(pattern, path);
      const every = (recorded: string, fits: (now: string | undefined, value: string | undefined) => boolean) =>
        freeValues(pattern, recorded).every((value, place) => fits(bound.get(value), values[place]));
      const list = [...paths];
      const chosen =
        list.find(recorded => every(recorded, (now, value) => now === value)) ??
        list.find(
          recorded =>
            every(recorded, (now, value) => now === undefined || now === value) &&
            groupsAt(method, recorded).every(({ times }) => times === 0),
        ) ??
        list[0];
      if (chosen === undefined) continue;
      for (const [place, recorded] of freeValues(pattern, chosen).entries()) bound.set(recorded, values[place] ?? '');
      return groupsAt(method, chosen);
    }
    return [];
  };

  const match = async ({ method, path, query, body, token }: Asked): Promise<Match | undefined> => {
    const wanted = queryOf(query);
    const candidates = at(method, plainPath(path))
      .map(
        (group): Candidate => ({
          group,
          query: queryFit(wanted, queryOf(group.first.query)),
          token: tokenFit(token, group),
        }),
      )
      .filter(({ query: { fit } }) => fit > 0);
    const sameToken = highest(candidates, one => one.token);
    const sameQuery = highest(sameToken, one => one.query.fit);
    const same = sameQuery.filter(({ group }) => group.first.digest === body.digest);
    const chosen = same.length > 0 ? { candidate: inTurn(same), told: [] } : await fitting(sameQuery, body);
    if (chosen?.candidate === undefined) return undefined;
    const { group, query: queried } = chosen.candidate;
    const known = nth(group, group.times);
    if (++group.times <= sizeOf(group)) asked++;
    const differences = [...tokenDifferences(token, group), ...queried.differences, ...chosen.told];
    if (group.times > sizeOf(group)) differences.push(oftener(group));
    return { known, differences: differences.map(sentence), instead: otherwise(known.path, path, bound) };
  };

  /** The one whose body has most in common with this one. */
  const fitting = async (candidates: readonly Candidate[], body: BodyMeaning) => {
    const fresh = candidates.filter(({ group }) => isFresh(group));
    const compared = fresh.length > 0 ? fresh.slice(0, MOST_COMPARED) : candidates.slice(-MOST_COMPARED);
    const bodies = await bodiesOf(compared.map(({ group }) => group.first));
    let best: { readonly candidate: Candidate; readonly fit: number; readonly recorded: BodyMeaning } | undefined;
    for (const [place, candidate] of compared.entries()) {
      const recorded = bodies[place];
      if (recorded === undefined) continue;
      const fit = bodyFit(body, recorded);
      // Of those that were asked already the last one stands for how things are now.
      if (best === undefined || fit > best.fit || (fresh.length === 0 && fit === best.fit)) {
        best = { candidate, fit, recorded };
      }
    }
    return best && { candidate: best.candidate, told: bodyDifferences(body, best.recorded) };
  };

  return { known: requests.length, asked: () => asked, match };
}

function sizeOf({ requests }: Group): number {
  return requests?.length ?? 1;
}

/** From 0 on; behind the last one it stays the last. */
function nth({ first, requests = [first] }: Group, place: number): KnownRequest {
  return requests[Math.min(place, requests.length - 1)] ?? first;
}

function isFresh(group: Group): boolean {
  return group.times < sizeOf(group);
}

/** The first that was not asked for yet, else the last. */
function inTurn(candidates: readonly Candidate[]): Candidate | undefined {
  const next = ({ group }: Candidate) => nth(group, group.times).id;
  const last = ({ group }: Candidate) => nth(group, sizeOf(group)).id;
  const fresh = candidates.filter(({ group }) => isFresh(group));
  if (fresh.length > 0) return fresh.reduce((first, one) => (next(one) < next(first) ? one : first));
  return candidates.reduce((latest, one) => (last(one) > last(latest) ? one : latest));
}

function highest(candidates: readonly Candidate[], worth: (candidate: Candidate) => number): readonly Candidate[] {
  const most = candidates.reduce((high, one) => Math.max(high, worth(one)), 0);
  return candidates.filter(one => worth(one) === most);
}

/** 2: the same token in the same form, or none both times. Whoever was refused then carried a token like this one. */
function tokenFit(seen: TokenSeen, { first: { token, status } }: Group): number {
  const [id = '', form = ''] = token.split(' ');
  if (seen.kind === 'none') return token === '' ? 2 : 0;
  if (seen.kind === 'other') return token !== '' && status === 401 ? 1.5 : 0;
  if (seen.id !== id) return 0;
  return seen.form === form ? 2 : 1;
}

function tokenDifferences(seen: TokenSeen, { first: { token, status } }: Group): string[] {
  if (seen.kind === 'none') return token === '' ? [] : ['it carries no token, then it carried one'];
  if (seen.kind === 'other') {
    return status === 401 && token !== '' ? [] : ['it carries a token that nobody gave it here'];
  }
  if (token === '') return ['it carries a token, then it carried none'];
  const [id, form = ''] = token.split(' ');
  if (id !== seen.id) return ['it carries another of the tokens than then'];
  return form === seen.form ? [] : [`its token is written as ${seen.form}, then it was ${form}`];
}

function oftener(group: Group): string {
  const { times } = group;
  const length = sizeOf(group);
  return `it is asked once more than then: ${times} times by now, then ${length === 1 ? 'once' : `${length} times`}`;
}

/** Recorded ids of the path with those that stand at their places now. */
function otherwise(then: string, now: string, bound: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  if (then === plainPath(now)) return new Map();
  const segments = then.split('/');
  return new Map([...bound].filter(([recorded, asked]) => recorded !== asked && segments.includes(recorded)));
}

function sentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}
