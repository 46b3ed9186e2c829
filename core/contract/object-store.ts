import { eventIterator, oc } from '@orpc/contract';
import * as z from 'zod';
import { failures } from './failures.ts';
import { ObjectChange, ObjectFilter, ObjectRevision, PulledModule, StoredObject } from './objects.ts';

/** Objects that fit, in the order in which they were first seen. */
export const ObjectsPage = z.object({
  objects: z.array(StoredObject),
  /** What to give as `after` for the page that follows; absent on the last one. */
  next: z.int().optional(),
  /** Of a search: changed objects that the full text does not know yet. */
  behind: z.int(),
});
export type ObjectsPage = z.infer<typeof ObjectsPage>;

/** What a query that goes through objects one by one tells on its way; the last one is the answer. */
export const ObjectsNews = z.union([z.object({ scanned: z.int(), total: z.int() }), z.object({ found: ObjectsPage })]);
export type ObjectsNews = z.infer<typeof ObjectsNews>;

const OneObject = z.object({
  name: z.string(),
  module: PulledModule,
  /** Compared without regard to case. */
  id: z.string().min(1),
  party: z.string().optional(),
  /** Of a token; RFID unless said, else the only one with that uid. */
  type: z.string().optional(),
});

const store = oc.errors(failures);

export const objectsContract = {
  list: store.input(ObjectFilter).output(ObjectsPage),
  /** As `list`, telling how far it has come. */
  scan: store.input(ObjectFilter).output(eventIterator(ObjectsNews)),
  get: store.input(OneObject).output(StoredObject),
  /** Newest first. */
  revisions: store.input(OneObject).output(z.array(ObjectRevision)),
  /** Newest first. */
  changes: store
    .input(
      z.object({
        name: z.string(),
        module: PulledModule,
        /** Milliseconds since the epoch. */
        since: z.number().optional(),
        limit: z.int().min(1).max(10_000).default(1000),
      }),
    )
    .output(z.array(ObjectChange)),
};
