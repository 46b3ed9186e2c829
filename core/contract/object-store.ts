import { eventIterator, oc } from '@orpc/contract';
import * as z from 'zod';
import { failures } from './failures.ts';
import {
  MapInput,
  MapMark,
  ObjectChange,
  ObjectConditions,
  ObjectFilter,
  ObjectLine,
  ObjectLinesInput,
  ObjectRevision,
  ObjectValuesInput,
  PulledModule,
  StoredObject,
} from './objects.ts';

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
  /** By position, for tables of any length, in the order in which they were first seen. */
  lines: store.input(ObjectLinesInput).output(z.object({ lines: z.array(ObjectLine), behind: z.int() })),
  count: store.input(ObjectConditions).output(z.object({ count: z.int() })),
  /** Where one object stands among the lines; null where it is not among them. */
  offset: store
    .input(
      ObjectConditions.extend({
        object: z.object({ link: z.string(), id: z.string().min(1), party: z.string().optional() }),
      }),
    )
    .output(z.object({ offset: z.int().nullable() })),
  /** At most 2,000 marks of what lies within the bounds. `behind`: objects changed lately that are not on the map yet. */
  map: store.input(MapInput).output(z.object({ marks: z.array(MapMark), total: z.int(), behind: z.int() })),
  /** Values that objects have in an indexed field, in small letters, in their order. */
  values: store.input(ObjectValuesInput).output(z.object({ values: z.array(z.string()) })),
  /** Lists that were pulled: how many objects each holds. */
  lists: store.output(
    z.array(z.object({ link: z.string(), module: PulledModule, objects: z.int(), vanished: z.int() })),
  ),
  get: store.input(OneObject).output(StoredObject),
  /** The text as it was sent: as it is now, or of an earlier revision. */
  text: store.input(OneObject.extend({ revision: z.int().min(1).optional() })).output(z.object({ text: z.string() })),
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
