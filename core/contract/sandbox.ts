import { oc } from '@orpc/contract';
import * as z from 'zod';
import { failures } from './failures.ts';
import { faultsContract } from './faults.ts';
import { lifeContract } from './life.ts';

/** The built-in partner, running beside this platform. */
export const SandboxView = z.object({
  running: z.boolean(),
  /** Our link to it; null until the two were registered. */
  link: z.string().nullable(),
  versionsUrl: z.string().nullable(),
  locations: z.int(),
  seed: z.string(),
  profile: z.string(),
  /** Profiles it can play, each with a sentence. */
  profiles: z.array(z.object({ name: z.string(), meaning: z.string() })),
});
export type SandboxView = z.infer<typeof SandboxView>;

export const StartSandbox = z.object({
  locations: z.int().min(1).max(1_000_000).optional(),
  seed: z.string().min(1).max(200).optional(),
  profile: z.string().optional(),
});
export type StartSandbox = z.input<typeof StartSandbox>;

const sandbox = oc.errors(failures);

export const sandboxContract = {
  get: sandbox.output(SandboxView),
  /** Starts it, with our platform listening, and has the two registered with each other; answers when that is done. */
  start: sandbox.input(StartSandbox).output(SandboxView),
  stop: sandbox.output(SandboxView),
  /** Its own simulation: its drivers, its customers, its speed; drives lead to us unless said. Only while it runs. */
  life: lifeContract,
  /** How it is wrong on purpose towards us. Only while it runs. */
  faults: faultsContract,
};
