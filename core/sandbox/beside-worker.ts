import { parentPort, workerData } from 'node:worker_threads';
import type { Failure } from '../contract/failure.ts';
import { type OwnerAddress, ownerOf } from '../workbench/owner-address.ts';
import { openSandbox, type SandboxOptions } from './sandbox.ts';

/** What the thread is begun with. */
export type BesideData = Omit<SandboxOptions, 'clock'>;

/** What it says once: it listens, or why not. */
export type BesideNews =
  | {
      readonly ok: true;
      readonly versionsUrl: string;
      readonly locations: number;
      readonly seed: string;
      readonly profile: string;
      /** Where its contract is spoken. */
      readonly owner: OwnerAddress;
    }
  | { readonly ok: false; readonly failure: Failure };

/** The built-in partner in a thread of its own: making its pages keeps nobody waiting, and it ends with the process. */
async function playPartner(options: BesideData): Promise<void> {
  const tell = (news: BesideNews) => parentPort?.postMessage(news);
  const opened = await openSandbox(options);
  if (!opened.ok) {
    tell(opened);
    return;
  }
  const { versionsUrl, identity, close } = opened.value;
  const { locations, seed, profile } = identity;
  const owner = ownerOf(options.file);
  if (owner === undefined) throw new Error('a sandbox that is open has an owner');
  // The one thing it is ever told: to end.
  parentPort?.once('message', () => void close());
  tell({ ok: true, versionsUrl, locations, seed, profile, owner });
}

await playPartner(workerData as BesideData);
