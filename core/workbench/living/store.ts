import * as z from 'zod';
import type { History } from '../../history/history.ts';
import { Charge } from '../../sandbox/life/charge.ts';
import type { LifeStore } from '../../sandbox/life/ports.ts';

const STATE = 'life';
const SLOTS = 'life.slots';
const slotName = (slot: number) => `life.charge.${slot}`;

const State = z.object({
  running: z.boolean(),
  speed: z.number(),
  charges: z.int(),
  arrivals: z.number(),
  simulated: z.number(),
  begun: z.int(),
  broken: z.array(z.object({ location: z.string(), evse: z.string(), party: z.string(), until: z.number() })),
});

export interface LivingStoreOptions {
  readonly kept: Pick<History, 'settings' | 'transaction'>;
  readonly onTrouble: (what: string, error: unknown) => void;
}

/** Each open charge has a setting of its own, so that a change costs the same however many there are; slots are used again. */
export function livingStore({ kept, onTrouble }: LivingStoreOptions): LifeStore {
  const { settings, transaction } = kept;
  const slotOf = new Map<string, number>();
  const free: number[] = [];
  let slots = settings.get(SLOTS, z.int()) ?? 0;

  const stored = (what: string, write: () => void) => {
    const done = transaction(write);
    if (!done.ok) onTrouble(`${what} could not be stored`, done.failure);
  };

  return {
    load: () => {
      const charges: Charge[] = [];
      for (let slot = 0; slot < slots; slot++) {
        const charge = settings.get(slotName(slot), Charge);
        if (charge === undefined) free.push(slot);
        else {
          slotOf.set(charge.id, slot);
          charges.push(charge);
        }
      }
      return { state: settings.get(STATE, State), charges };
    },
    saveState: state => stored('the state of the simulation', () => settings.set(STATE, state)),
    saveCharges: charges => {
      if (charges.size === 0) return;
      stored('charges', () => {
        const before = slots;
        for (const [id, charge] of charges) {
          const known = slotOf.get(id);
          if (charge === undefined) {
            if (known === undefined) continue;
            settings.set(slotName(known), undefined);
            slotOf.delete(id);
            free.push(known);
            continue;
          }
          const slot = known ?? free.pop() ?? slots++;
          slotOf.set(id, slot);
          settings.set(slotName(slot), charge);
        }
        if (slots !== before) settings.set(SLOTS, slots);
      });
    },
  };
}
