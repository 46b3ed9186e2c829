import { eventIterator, oc } from '@orpc/contract';
import * as z from 'zod';
import { failures } from './failures.ts';
import { VersionName } from './platform.ts';
import { Run, RunKind } from './run.ts';

const started = z.object({ runId: z.int() });
const flow = oc.errors(failures);
const onLink = z.object({ name: z.string(), confirmed: z.boolean().optional() });

/** Flows that take several exchanges: each answers with the id of its run at once; `watch` tells how it goes. */
export const runsContract = {
  register: flow.input(onLink.extend({ version: VersionName.optional() })).output(started),
  rotate: flow.input(onLink).output(started),
  unregister: flow.input(onLink.extend({ localOnly: z.boolean().optional() })).output(started),
  /** Reads the versions and endpoints of an adopted link again; nothing changes at the partner. */
  look: flow.input(z.object({ name: z.string(), version: VersionName.optional() })).output(started),
  doctor: flow.input(z.object({ name: z.string().optional() })).output(started),
  get: flow.input(started).output(Run),
  list: flow
    .input(
      z.object({
        name: z.string().optional(),
        /** Of any kind unless some are named. */
        kinds: z.array(RunKind).optional(),
        limit: z.int().min(1).max(1000).default(50),
      }),
    )
    .output(z.array(Run)),
  /** The run as it is now and at each change, until it has ended. */
  watch: flow.input(started).output(eventIterator(Run)),
  cancel: flow.input(started).output(Run),
};
