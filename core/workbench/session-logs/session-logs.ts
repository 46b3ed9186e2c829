import { createCompareDesk } from './comparing/compare-desk.ts';
import type { SessionLogs } from './desks.ts';
import { createExportDesk } from './exporting/export-desk.ts';
import { createImportDesk } from './importing/import-desk.ts';
import { createOpenDesk } from './opening/open-desk.ts';
import type { LogParts } from './parts.ts';
import { createReproduceDesk } from './reproducing/reproduce-desk.ts';

/** What leaves as files and comes from them. */
export function createSessionLogs(parts: LogParts): SessionLogs & { close(): Promise<void> } {
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
    close: async () => {
      await Promise.all([exporting.close(), opening.close(), reproducing.close()]);
      await importing.close();
    },
  };
}
