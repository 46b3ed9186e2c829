import type { ForgetDesk, StorageDesk } from './maintenance/desks.ts';
import { createForgetDesk } from './maintenance/forget-desk.ts';
import type { KeepingParts } from './maintenance/parts.ts';
import { createStorageDesk } from './maintenance/storage-desk.ts';
import type { SessionLogs } from './session-logs/desks.ts';
import type { LogParts } from './session-logs/parts.ts';
import { createSessionLogs } from './session-logs/session-logs.ts';
import type { WorkspaceParts } from './workspace/parts.ts';
import { createWorkspaceDesk, type WorkspaceDesk } from './workspace/workspace-desk.ts';

/** What is kept, for how long, and how it is handed to others. */
export interface Keeping {
  readonly logs: SessionLogs;
  readonly storage: StorageDesk;
  readonly forgetting: ForgetDesk;
  readonly workspace: WorkspaceDesk;
}

type Parts = Omit<LogParts & KeepingParts & WorkspaceParts, 'onChange'> & {
  /** Lets go by itself what is kept too long. */
  readonly prunes: boolean;
  readonly tell: (happened: { readonly kind: 'logs' | 'everything' }) => void;
};

/** `close` before the history is closed. */
export function createKeeping(parts: Parts): Keeping & { close(): Promise<void> } {
  const onChange = () => parts.tell({ kind: 'everything' });
  const logs = createSessionLogs({ ...parts, onChange: () => parts.tell({ kind: 'logs' }) });
  const storage = createStorageDesk({ ...parts, onChange });
  if (parts.prunes) storage.begin();
  return {
    logs,
    storage,
    forgetting: createForgetDesk({ ...parts, onChange, dropCopies: logs.dropCopies }),
    workspace: createWorkspaceDesk({ ...parts, onChange }),
    close: async () => {
      await Promise.all([logs.close(), storage.close()]);
    },
  };
}
