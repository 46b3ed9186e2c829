import { done, failed, type Outcome } from '../contract/failure.ts';
import type { MapInput, MapMark, ObjectConditions, ObjectLine, ObjectLinesInput } from '../contract/objects.ts';
import type { BrowsedLink, BrowseFound, BrowseQuery, BrowseQuestion, ListCount } from '../history/browse/queries.ts';
import type { ValuesAsked } from '../history/browse/value-listing.ts';
import type { History } from '../history/history.ts';
import { formatPartyId } from '../ocpi/party-id.ts';
import type { LinkDesk } from './link-desk.ts';

/** Tables and maps of what partners' lists held, by the names of links. */
export interface ObjectBrowsing {
  lines(
    input: ObjectLinesInput & { readonly offset: number; readonly limit: number },
    signal?: AbortSignal,
  ): Promise<Outcome<{ lines: ObjectLine[]; behind: number }>>;
  count(conditions: ObjectConditions, signal?: AbortSignal): Promise<Outcome<{ count: number }>>;
  offset(
    input: ObjectConditions & {
      readonly object: { readonly link: string; readonly id: string; readonly party?: string | undefined };
    },
    signal?: AbortSignal,
  ): Promise<Outcome<{ offset: number | null }>>;
  map(input: MapInput, signal?: AbortSignal): Promise<Outcome<{ marks: MapMark[]; total: number; behind: number }>>;
  lists(): Promise<Outcome<ListCount[]>>;
  values(asked: ValuesAsked): string[];
}

export function createObjectBrowsing({
  history,
  links,
}: {
  readonly history: Pick<History, 'objects' | 'links'>;
  readonly links: LinkDesk;
}): ObjectBrowsing {
  const { objects } = history;

  const linksNamed = (name: ObjectConditions['name']): Outcome<BrowsedLink[]> => {
    if (name === undefined) return done(history.links.list().map(link => browsed(link)));
    const found: BrowsedLink[] = [];
    for (const one of typeof name === 'string' ? [name] : new Set(name)) {
      const link = links.find(one);
      if (!link.ok) return link;
      if (!found.some(({ linkId }) => linkId === link.value.id)) found.push(browsed(link.value));
    }
    return done(found);
  };

  const queryOf = (conditions: ObjectConditions): Outcome<BrowseQuery> => {
    const { name, module, search, where, party, changedSince, vanished, finding, within } = conditions;
    const named = linksNamed(name);
    if (!named.ok) return named;
    return done({
      links: named.value,
      module,
      ...(search === undefined ? {} : { search }),
      ...(where === undefined ? {} : { where }),
      ...(party === undefined ? {} : { parties: typeof party === 'string' ? [party] : party }),
      ...(changedSince === undefined ? {} : { changedSince }),
      ...(vanished === undefined ? {} : { vanished }),
      ...(finding === undefined ? {} : { finding }),
      ...(within === undefined ? {} : { within }),
    });
  };

  const ask = async <Kind extends BrowseQuestion['kind']>(
    question: Extract<BrowseQuestion, { kind: Kind }>,
    signal: AbortSignal | undefined,
  ): Promise<Outcome<Extract<BrowseFound, { kind: Kind }>>> => {
    const found = await objects.browse(question, signal);
    if (!found.ok) {
      return failed(
        'OPERATION_FAILED',
        `the objects could not be searched: ${found.reason}`,
        'Correct the filter, or try again.',
      );
    }
    // An answer is always of the kind of its question.
    return done(found as Extract<BrowseFound, { kind: Kind }>);
  };

  return {
    lines: async ({ offset, limit, ...conditions }, signal) => {
      const query = queryOf(conditions);
      if (!query.ok) return query;
      const found = await ask<'lines'>({ kind: 'lines', query: query.value, offset, limit }, signal);
      return found.ok ? done({ lines: [...found.value.lines], behind: found.value.behind }) : found;
    },
    count: async (conditions, signal) => {
      const query = queryOf(conditions);
      if (!query.ok) return query;
      const found = await ask<'count'>({ kind: 'count', query: query.value }, signal);
      return found.ok ? done({ count: found.value.count }) : found;
    },
    offset: async ({ object, ...conditions }, signal) => {
      const query = queryOf(conditions);
      if (!query.ok) return query;
      const link = links.find(object.link);
      if (!link.ok) return link;
      const { id, party } = object;
      const { module } = conditions;
      const key = { linkId: link.value.id, module, id, ...(party === undefined || party === '' ? {} : { party }) };
      const found = await ask<'offset'>({ kind: 'offset', query: query.value, key }, signal);
      return found.ok ? done({ offset: found.value.offset }) : found;
    },
    map: async ({ bounds, zoom, ...conditions }, signal) => {
      const query = queryOf(conditions);
      if (!query.ok) return query;
      const found = await ask<'map'>({ kind: 'map', query: query.value, bounds, zoom }, signal);
      if (!found.ok) return found;
      const { marks, total, behind } = found.value;
      return done({ marks: [...marks], total, behind });
    },
    lists: async () => {
      const found = await ask<'lists'>({ kind: 'lists', links: history.links.list().map(browsed) }, undefined);
      return found.ok ? done([...found.value.lists]) : found;
    },
    values: asked => objects.values(asked),
  };
}

/** As the store has it: the party of a link that has a single one. */
function browsed({ id, name, parties }: ReturnType<History['links']['list']>[number]): BrowsedLink {
  const known = new Set(parties.map(formatPartyId));
  const [only] = known;
  return { linkId: id, name, party: known.size === 1 && only !== undefined ? only : '' };
}
