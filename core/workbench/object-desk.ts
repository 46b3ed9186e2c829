import { done, failed, type Outcome } from '../contract/failure.ts';
import type { Link } from '../contract/link.ts';
import type { ObjectsNews, ObjectsPage } from '../contract/object-store.ts';
import type { ObjectChange, ObjectFilter, ObjectRevision, PulledModule, StoredObject } from '../contract/objects.ts';
import type { Objects, ObjectsFound } from '../history/objects/objects.ts';
import type { LinkDesk } from './link-desk.ts';

interface OneObject {
  readonly name: string;
  readonly module: PulledModule;
  readonly id: string;
  readonly party?: string | undefined;
  readonly type?: string | undefined;
}

/** What partners' lists held, by the names of links. */
export interface ObjectDesk {
  list(filter: ObjectFilter & { readonly limit: number }): Promise<Outcome<ObjectsPage>>;
  /** As `list`, with how far it has come; ends with the page, or with why there is none. */
  scan(
    filter: ObjectFilter & { readonly limit: number },
    signal?: AbortSignal,
  ): AsyncGenerator<Outcome<ObjectsNews>, void>;
  get(one: OneObject): Outcome<StoredObject>;
  text(one: OneObject & { readonly revision?: number | undefined }): Outcome<string>;
  revisions(one: OneObject): Promise<Outcome<ObjectRevision[]>>;
  changes(of: {
    readonly name: string;
    readonly module: PulledModule;
    readonly since?: number | undefined;
    readonly limit: number;
  }): Promise<Outcome<ObjectChange[]>>;
}

export function createObjectDesk({
  objects,
  links,
}: {
  readonly objects: Objects;
  readonly links: LinkDesk;
}): ObjectDesk {
  const queryOf = ({ name: _, ...filter }: ObjectFilter & { readonly limit: number }, link: Link) => ({
    ...filter,
    linkId: link.id,
  });
  const keyOf = ({ module, id, party, type }: OneObject, link: Link) => ({
    linkId: link.id,
    module,
    id,
    ...(party === undefined ? {} : { party }),
    ...(type === undefined ? {} : { type }),
  });
  const missing = ({ name, module, id }: OneObject) =>
    failed(
      'NOT_FOUND',
      `nothing with the id "${id}" was pulled from ${module} of ${name}`,
      `wb objects ${name} ${module} lists what was; wb pull ${name} ${module} asks for more.`,
    );

  return {
    list: async filter => {
      const link = links.find(filter.name);
      return link.ok ? pageOf(await objects.list(queryOf(filter, link.value))) : link;
    },
    scan: async function* (filter, signal) {
      const link = links.find(filter.name);
      if (!link.ok) {
        yield link;
        return;
      }
      let news: ObjectsNews | undefined;
      let wake: () => void = () => {};
      let found: ObjectsFound | undefined;
      const listing = objects
        .list(queryOf(filter, link.value), {
          progress: ({ scanned, total }) => {
            news = { scanned, total };
            wake();
          },
          ...(signal === undefined ? {} : { signal }),
        })
        .then(answer => {
          found = answer;
          wake();
        });
      while (found === undefined) {
        if (news !== undefined) {
          const told = news;
          news = undefined;
          yield done(told);
          continue;
        }
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      }
      await listing;
      const page = pageOf(found);
      yield page.ok ? done({ found: page.value }) : page;
    },
    get: one => {
      const link = links.find(one.name);
      if (!link.ok) return link;
      const object = objects.get(keyOf(one, link.value));
      return object === undefined ? missing(one) : done(object);
    },
    text: one => {
      const link = links.find(one.name);
      if (!link.ok) return link;
      const text = objects.text(keyOf(one, link.value), one.revision);
      return text === undefined ? missing(one) : done(text);
    },
    revisions: async one => {
      const link = links.find(one.name);
      if (!link.ok) return link;
      const found = await objects.revisions(keyOf(one, link.value));
      if (!found.ok) return refused(found.reason);
      return found.revisions.length === 0 ? missing(one) : done([...found.revisions]);
    },
    changes: async ({ name, module, since, limit }) => {
      const link = links.find(name);
      if (!link.ok) return link;
      const found = await objects.changes({
        linkId: link.value.id,
        module,
        limit,
        ...(since === undefined ? {} : { since }),
      });
      return found.ok ? done([...found.changes]) : refused(found.reason);
    },
  };
}

function pageOf(found: ObjectsFound): Outcome<ObjectsPage> {
  if (!found.ok) return refused(found.reason);
  const { objects, next, behind } = found;
  return done({ objects: [...objects], behind, ...(next === undefined ? {} : { next }) });
}

function refused(reason: string): Outcome<never> {
  return failed(
    'OPERATION_FAILED',
    `the objects could not be searched: ${reason}`,
    'Correct the filter, or try again.',
  );
}
