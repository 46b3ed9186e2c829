import * as z from 'zod';
import { done, failed, type Outcome } from '../contract/failure.ts';
import type { History } from '../history/history.ts';
import { ciKey } from '../ocpi/ci-string.ts';
import { writeDateTime } from '../ocpi/date-time.ts';
import { createOrder, type Order } from './order.ts';
import type { WorldModule } from './world/setting.ts';
import type { World } from './world/world.ts';

/** As much of the history as changes need. */
export type Kept = Pick<History, 'settings' | 'transaction'>;

export const EvseStatus = z.enum([
  'AVAILABLE',
  'BLOCKED',
  'CHARGING',
  'INOPERATIVE',
  'OUTOFORDER',
  'PLANNED',
  'REMOVED',
  'RESERVED',
  'UNKNOWN',
]);
export type EvseStatus = z.infer<typeof EvseStatus>;

/** Modules that a world has objects of. */
export const WORLD_MODULES = [
  'locations',
  'sessions',
  'cdrs',
  'tariffs',
  'tokens',
] as const satisfies readonly WorldModule[];

/** The last change of one object, with what became of its EVSEs by all of them. Moments in epoch milliseconds. */
const Change = z.object({
  module: z.enum(WORLD_MODULES),
  index: z.int(),
  at: z.number(),
  /** By the key of the uid (ciKey). */
  evses: z.record(z.string(), z.object({ status: EvseStatus, at: z.number() })),
});
type Change = z.infer<typeof Change>;

/** What happened in a world since it was made: all that is stored of its objects. */
export interface Changes {
  order(module: WorldModule): Order;
  /** The object's text as it is now, given the one it was made with. */
  applied(place: { readonly module: WorldModule; readonly index: number }, text: string): string;
  /** Another status of one EVSE; it and its location get a newer `last_updated`: that of `at` (epoch milliseconds), or of now. */
  setStatus(wanted: {
    readonly location: string;
    readonly evse: string;
    readonly status: EvseStatus;
    readonly at?: number;
  }): Outcome<Moment>;
  /** A newer `last_updated`, and nothing else. */
  touch(wanted: { readonly module: WorldModule; readonly id: string }): Outcome<Moment>;
}

/** `last_updated` from now on. */
export interface Moment {
  readonly lastUpdated: string;
}

export interface ChangesParts {
  readonly world: World;
  readonly kept: Kept;
  /** Wall clock, milliseconds since the epoch. */
  readonly now: () => number;
  /** The moment at which the world was made: no change lies before it. */
  readonly since: number;
}

const SECOND = 1_000;
const settingOf = (slot: number) => `sandbox.change.${slot}`;
const keyOf = (module: WorldModule, index: number) => `${module} ${index}`;

/** Each changed object has one setting of its own, so that a change costs the same however many came before it. */
export function createChanges({ world, kept, now, since }: ChangesParts): Changes {
  const slots: Change[] = [];
  const slotOf = new Map<string, number>();
  const orders = Object.fromEntries(WORLD_MODULES.map(module => [module, createOrder()])) as Record<WorldModule, Order>;
  for (;;) {
    const change = kept.settings.get(settingOf(slots.length), Change);
    if (change === undefined) break;
    slotOf.set(keyOf(change.module, change.index), slots.length);
    slots.push(change);
  }
  for (const { module, index, at } of slots.toSorted((left, right) => left.at - right.at))
    orders[module].move(index, at);
  let newest = slots.reduce((latest, { at }) => Math.max(latest, at), Math.ceil(since / SECOND) * SECOND);

  const changeOf = (module: WorldModule, index: number) => slots[slotOf.get(keyOf(module, index)) ?? -1];

  const change = (
    module: WorldModule,
    index: number,
    { uid, status, moment = now() }: { uid?: string; status?: EvseStatus; moment?: number | undefined } = {},
  ): Outcome<Moment> => {
    const before = changeOf(module, index);
    const last = before?.at ?? world.lastUpdatedOf(module, index);
    // Seconds are whole: a second change within one second is told as of the next, so that the moment moves.
    const at = Math.max(newest, Math.floor(moment / SECOND) * SECOND, last + SECOND);
    const evse = uid !== undefined && status !== undefined ? { [ciKey(uid)]: { status, at } } : {};
    const evses = { ...before?.evses, ...evse };
    const slot = slotOf.get(keyOf(module, index)) ?? slots.length;
    const changed = { module, index, at, evses };
    const stored = kept.transaction(() => kept.settings.set(settingOf(slot), changed));
    if (!stored.ok) return stored;
    slots[slot] = changed;
    slotOf.set(keyOf(module, index), slot);
    orders[module].move(index, at);
    newest = at;
    return done({ lastUpdated: writeDateTime(at) });
  };

  const withIndex = (module: WorldModule, id: string, next: (index: number) => Outcome<Moment>): Outcome<Moment> => {
    const index = world.indexById(module, id);
    return index === undefined
      ? failed('NOT_FOUND', `the sandbox has no ${id} among its ${module}`, 'Its lists tell the ids.')
      : next(index);
  };

  return {
    order: module => orders[module],
    applied: ({ module, index }, text) => {
      const known = changeOf(module, index);
      return known === undefined ? text : rewrite(text, known);
    },
    touch: ({ module, id }) => withIndex(module, id, index => change(module, index)),
    setStatus: ({ location, evse, status, at: moment }) =>
      withIndex('locations', location, index => {
        const uids = world.location(index, '2.2.1').evses?.map(({ uid }) => uid) ?? [];
        return uids.some(uid => ciKey(uid) === ciKey(evse))
          ? change('locations', index, { uid: evse, status, moment })
          : failed('NOT_FOUND', `${location} has no EVSE ${evse}`, `It has ${uids.join(', ') || 'none'}.`);
      }),
  };
}

interface Changeable {
  readonly last_updated: string;
  readonly evses?: readonly { readonly uid: string; readonly status: string; readonly last_updated: string }[];
}

function rewrite(text: string, { at, evses }: Change): string {
  const object = JSON.parse(text) as Changeable;
  const rewritten: Changeable = { ...object, last_updated: writeDateTime(at) };
  if (object.evses === undefined || Object.keys(evses).length === 0) return JSON.stringify(rewritten);
  return JSON.stringify({
    ...rewritten,
    evses: object.evses.map(evse => {
      const changed = evses[ciKey(evse.uid)];
      return changed === undefined
        ? evse
        : { ...evse, status: changed.status, last_updated: writeDateTime(changed.at) };
    }),
  });
}
