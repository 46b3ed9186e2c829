import { done, type Outcome } from '../../contract/failure.ts';
import type { WorkspaceResult } from '../../contract/workspace.ts';
import { createKeptThresholds } from '../health/kept-thresholds.ts';
import { RELEASE } from '../user-agent.ts';
import { collect } from './collecting.ts';
import { openFolder, writeFolder } from './folder.ts';
import { putOwn, refusedWith } from './own-putting.ts';
import type { WorkspaceParts } from './parts.ts';
import { plan } from './planning.ts';
import { readWorkspace } from './reading.ts';

/** What is worth sharing, as a folder of plain files without secrets. */
export interface WorkspaceDesk {
  /** Into an absolute path. Exporting the same twice touches nothing. */
  export(folder: string): Promise<Outcome<WorkspaceResult>>;
  /** All of it or nothing; what stands here and not there stays. */
  import(input: { folder: string; dry?: boolean; confirmed?: boolean | undefined }): Promise<Outcome<WorkspaceResult>>;
}

const yielding = () => new Promise<void>(resolve => setImmediate(resolve));

export function createWorkspaceDesk({ history, platform, schedules, clock, onChange }: WorkspaceParts): WorkspaceDesk {
  const thresholds = createKeptThresholds(history);
  return {
    async export(folder) {
      const opened = await openFolder(folder);
      if (!opened.ok) return opened;
      const files = await collect({ history, platform, schedules, thresholds, yielding });
      const written = await writeFolder({ folder, release: RELEASE, files, before: opened.value, now: clock.now() });
      return written.ok ? done({ folder, dry: false, items: written.value }) : written;
    },
    async import({ folder, dry = false, confirmed = false }) {
      const read = await readWorkspace(folder);
      if (!read.ok) return read;
      const planned = await plan(folder, read.value, {
        ...{ history, platform, schedules, thresholds, yielding },
        confirmed: confirmed || dry,
      });
      if (!planned.ok) return planned;
      const items = planned.value.map(({ item }) => item);
      if (dry) return done({ folder, dry, items });
      const before = platform.config();
      const own = await putOwn(
        planned.value.flatMap(step => step.own ?? []),
        { history, yielding },
      );
      if (!own.ok) return own;
      const stored = history.transaction(() => {
        for (const { apply } of planned.value) apply?.();
        own.value.keep();
      });
      if (!stored.ok) {
        // What the desk of the platform remembers is not undone with the transaction.
        if (platform.config() !== before) platform.configure(before);
        return refusedWith(stored.failure, await own.value.undo());
      }
      schedules.follow();
      if (items.some(({ did }) => did !== 'unchanged')) onChange();
      return done({ folder, dry, items });
    },
  };
}
