import { createCompareDesk } from './comparing/compare-desk.ts';
import type { Dropped, SessionLogs } from './desks.ts';
import { createExportDesk } from './exporting/export-desk.ts';
import { createImportDesk } from './importing/import-desk.ts';
import { createOpenDesk } from './opening/open-desk.ts';
import type { LogParts } from './parts.ts';
import { createReproduceDesk } from './reproducing/reproduce-desk.ts';

interface RunningLogs extends SessionLogs {
  /** Throws away what lies beside the database and in temporary folders until somebody needs it; only what there was. */
  dropCopies(): Promise<readonly Dropped[]>;
  close(): Promise<void>;
}

/** What leaves as files and comes from them. */
export function createSessionLogs(parts: LogParts): RunningLogs {
  const exporting = createExportDesk(parts);
  const importing = createImportDesk(parts);
  const files = { ...parts, importing };
  const opening = createOpenDesk(files);
  const reproducing = createReproduceDesk(files);
  return {
    exporting,
    importing,
    opening,
    comparing: createCompareDesk(files),
    reproducing,
    async dropCopies() {
      const dropped = [
        { where: 'exports that waited to be fetched', ...(await exporting.dropKept()) },
        { where: 'files that were handed over', ...(await importing.dropUploads()) },
        { where: 'reproductions that ran', count: await reproducing.stopAll(), gone: true },
      ];
      return dropped.filter(({ count, gone }) => count > 0 || !gone);
    },
    close: async () => {
      await Promise.all([exporting.close(), opening.close(), reproducing.close()]);
      await importing.close();
    },
  };
}
