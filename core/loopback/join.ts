import { systemClock } from '../clock.ts';
import { done, failed, type Outcome } from '../contract/failure.ts';
import { ownerOf } from '../workbench/owner-address.ts';
import { askForPage, connectLoopback } from './client.ts';
import type { Joined, OwnOptions } from './own.ts';

/** As long an owner that is there but does not answer is waited for. */
const PATIENCE_MS = 5_000;
const ASKED_EVERY_MS = 50;

/** The contract of whoever owns the database: another process, or this one when nobody does. */
export async function joinDatabase(options: OwnOptions): Promise<Outcome<Joined>> {
  const { clock = systemClock } = options;
  const begun = clock.elapsed();
  for (;;) {
    const elsewhere = await connectToOwner(options.file);
    if (elsewhere !== undefined) return done(elsewhere);
    // A whole workbench, which whoever asks another process needs nothing of: it takes longer to load than most commands to run.
    const { ownDatabase } = await import('./own.ts');
    const owned = await ownDatabase(options);
    if (owned.ok || owned.failure.code !== 'DATABASE_OWNED') return owned;
    // Somebody just became the owner, or is about to end: commands that are started side by side come one after the other.
    if (clock.elapsed() - begun > PATIENCE_MS)
      return failed('DATABASE_OWNED', owned.failure.message, 'Wait for that process to end, or end it, and try again.');
    await clock.sleep(ASKED_EVERY_MS);
  }
}

async function connectToOwner(file: string): Promise<Joined | undefined> {
  const owner = ownerOf(file);
  if (owner === undefined) return undefined;
  const connected = await connectLoopback(owner);
  if (connected === undefined) return undefined;
  const { client, closed, close } = connected;
  return { client, newAddress: () => askForPage(owner), ownerGone: closed, close: async () => close() };
}
