import { oc } from '@orpc/contract';
import * as z from 'zod';
import { failures } from './failures.ts';

/** One simulated charge at a charger of ours that goes on, or whose CDR is due. */
export const LifeCharge = z.object({
  /** Id of the session. */
  session: z.string(),
  /** Link that is told of it; null: the driver is nobody's customer that we know. */
  link: z.string().nullable(),
  location: z.string(),
  evse: z.string(),
  connector: z.string(),
  /** Uid of the token. */
  token: z.string(),
  state: z.enum(['RESERVATION', 'PENDING', 'ACTIVE', 'COMPLETED']),
  kwh: z.number(),
  /** Power at present. */
  watts: z.number(),
  /** RFC 3339, simulated. */
  startedAt: z.string(),
  updatedAt: z.string(),
  /** The last push failed: the next one sends the whole session. */
  behind: z.boolean(),
});
export type LifeCharge = z.infer<typeof LifeCharge>;

/** A drive of ours to a charger of a partner: an app that starts and stops, or a card at a payment terminal. */
export const LifeTrip = z.object({
  id: z.string(),
  as: z.enum(['app', 'card']),
  link: z.string(),
  location: z.string(),
  /** The authorization reference, which session and CDR have to carry. */
  reference: z.string(),
  /** `failed` says why in `reason`. */
  state: z.enum(['asked', 'accepted', 'charging', 'finished', 'billed', 'failed']),
  session: z.string().nullable(),
  reason: z.string(),
});
export type LifeTrip = z.infer<typeof LifeTrip>;

/** JSON kept stable: `wb life --json` prints it. */
export const LifeView = z.object({
  /** False while it is paused. */
  running: z.boolean(),
  /** Simulated seconds in a real one. */
  speed: z.number(),
  /** Charges that are kept going at once, by drivers that come by themselves. */
  charges: z.int(),
  /** Drivers that come by themselves, in a simulated hour at each location. */
  arrivals: z.number(),
  /** RFC 3339: the simulated moment. */
  simulatedAt: z.string(),
  /** All that go on; `charging` lists the first 200 of them. */
  open: z.int(),
  charging: z.array(LifeCharge),
  /** Newest first, at most 50. */
  trips: z.array(LifeTrip),
  /** Since the workbench was opened: charges that ended with a CDR. */
  finished: z.int(),
  pushes: z.object({ sent: z.int(), failed: z.int(), waiting: z.int() }),
  /** Newest first, at most 50: what partners did not take, and drivers that could not charge. */
  failures: z.array(
    z.object({
      /** Milliseconds since the epoch, real. */
      at: z.number(),
      link: z.string().nullable(),
      /** `session SES1, PATCH`. */
      what: z.string(),
      reason: z.string(),
      exchangeId: z.int().nullable(),
    }),
  ),
});
export type LifeView = z.infer<typeof LifeView>;

export const SetLife = z.object({
  speed: z.number().min(1).max(1000).optional(),
  charges: z.int().min(0).max(10_000).optional(),
  arrivals: z.number().min(0).max(60).optional(),
});
export type SetLife = z.infer<typeof SetLife>;

export const StartCharge = z.object({
  /**
   * `driver`: somebody with a card at a charger of ours; `app`: our customer at a charger of the partner, by command;
   * `card`: a payment card at a terminal of ours there (2.3.0).
   */
  as: z.enum(['driver', 'app', 'card']).default('driver'),
  /** Any free one unless said. */
  location: z.string().min(1).optional(),
  evse: z.string().min(1).optional(),
  connector: z.string().min(1).optional(),
  /** Uid; of the link's tokens as driver, of ours as app. */
  token: z.string().min(1).optional(),
  /** Whose customer the driver is; whose charger it is, of `app` and `card`. */
  link: z.string().min(1).optional(),
  /** Energy after which the car leaves; as much as it takes unless said. */
  kwh: z.number().positive().max(500).optional(),
});
export type StartCharge = z.input<typeof StartCharge>;

const life = oc.errors(failures);

/** The simulation of our own data: charges, drivers, customers. */
export const lifeContract = {
  get: life.output(LifeView),
  set: life.input(SetLife).output(LifeView),
  /** Answers when it has begun: `id` is that of the session, or of the trip. */
  start: life.input(StartCharge).output(z.object({ id: z.string() })),
  /** The driver unplugs, or of a reservation: it is withdrawn; of a trip: STOP_SESSION is sent. */
  stop: life.input(z.object({ id: z.string().min(1) })).output(LifeView),
  /** Time stands: nothing goes on, and nothing is lost. */
  pause: life.output(LifeView),
  resume: life.output(LifeView),
};
