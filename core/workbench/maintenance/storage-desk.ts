import { isAbsolute } from 'node:path';
import * as z from 'zod';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { LogProgress } from '../../contract/session-log.ts';
import { type BackedUp, type Pruned, Retention, type StorageCheck } from '../../contract/storage.ts';
import { stepping } from '../stepping.ts';
import type { PruneInput, StorageDesk } from './desks.ts';
import type { KeepingParts } from './parts.ts';
import { createPruning } from './pruning.ts';
import { createRetention } from './retention.ts';

/** More than this share of all goes only where somebody says so. */
const MUCH = 0.5;

export function createStorageDesk(parts: KeepingParts): StorageDesk {
  const { history, clock, onChange } = parts;
  const { keeping } = history;
  const retention = createRetention(history, clock);
  const pruning = createPruning({ ...parts, retention });

  const bounds = (given: PruneInput['retention']): Outcome<Retention> => {
    if (given === undefined) return done(retention.get());
    // This once by these, and by no others.
    const parsed = Retention.safeParse({ age: null, count: null, size: null, ...defined(given) });
    return parsed.success ? done(parsed.data) : unusable(parsed.error);
  };

  return {
    async stats() {
      const stored = await keeping.stats(retention.get());
      if (!stored.ok) return stored;
      const begins = retention.beginsAt();
      return done({
        ...stored.value,
        retention: retention.get(),
        prunesFrom: begins <= clock.now() ? null : new Date(begins).toISOString(),
        lastPruned: retention.lastPruned(),
      });
    },
    check: signal =>
      stepping<LogProgress, StorageCheck>(
        (tell, stop) => keeping.check({ signal: stop, progress: told => tell({ kind: 'progress', ...told }) }),
        signal,
      ),
    backup: (path, signal) =>
      stepping<LogProgress, BackedUp>(async (tell, stop) => {
        if (!isAbsolute(path)) {
          return failed('INVALID_INPUT', `"${path}" is no absolute path`, 'Say it from the root of the disk on.');
        }
        return keeping.backUp(path, { signal: stop, progress: told => tell({ kind: 'progress', ...told }) });
      }, signal),
    prune: (input, signal) =>
      stepping<LogProgress, Pruned>(async (tell, stop) => {
        const by = bounds(input.retention);
        if (!by.ok) return by;
        const looked = await keeping.due(by.value);
        if (!looked.ok) return looked;
        const { due, exchanges } = looked.value;
        if (input.dry) return done({ kind: 'pruned', exchanges: due, bodies: 0, bytes: 0, kept: exchanges - due });
        if (due > exchanges * MUCH && input.confirmed !== true) {
          return failed(
            'CONFIRMATION_NEEDED',
            `${due} of ${exchanges} exchanges would be deleted for good`,
            'Confirm it, pin what shall stay, or choose other bounds.',
          );
        }
        const pruned = await pruning.prune(by.value, {
          signal: stop,
          progress: told => tell({ kind: 'progress', ...told }),
        });
        if (!pruned.ok) return pruned;
        const { exchanges: gone, bodies, bytes } = pruned.value;
        return done({ kind: 'pruned', exchanges: gone, bodies, bytes, kept: exchanges - gone });
      }, signal),
    setRetention(given) {
      const parsed = Retention.partial().safeParse(defined(given));
      if (!parsed.success) return unusable(parsed.error);
      const set = history.transaction(() => retention.set(parsed.data));
      if (set.ok) onChange();
      return set;
    },
    pin({ ids, on }) {
      const changed = history.transaction(() => keeping.pins.set(ids, on));
      if (!changed.ok) return changed;
      if (changed.value > 0) onChange();
      return done({ changed: changed.value, missing: keeping.pins.missing(ids) });
    },
    begin: pruning.begin,
    close: pruning.close,
  };
}

function defined(bounds: NonNullable<PruneInput['retention']>): Partial<Retention> {
  return Object.fromEntries(Object.entries(bounds).filter(([, value]) => value !== undefined));
}

function unusable(error: z.ZodError): Outcome<never> {
  return failed(
    'INVALID_INPUT',
    `these bounds cannot be used: ${z.prettifyError(error)}`,
    'An age is a number of days, a count a number of exchanges, a size a number of bytes; none of them is below 1.',
  );
}
