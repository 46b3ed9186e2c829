import { oc } from '@orpc/contract';
import * as z from 'zod';
import { failures } from './failures.ts';

/** One thing in the folder of a workspace. */
export const WorkspaceItem = z.object({
  /** `link`, `rule`, `scenario`, `own data`, `platform`, `thresholds`. */
  kind: z.string(),
  name: z.string(),
  /** Path inside of the folder. */
  file: z.string(),
  did: z.enum(['written', 'unchanged', 'added', 'changed', 'removed', 'refused']),
  /** One clause; empty where there is nothing to say. */
  note: z.string(),
});
export type WorkspaceItem = z.infer<typeof WorkspaceItem>;

export const WorkspaceResult = z.object({ folder: z.string(), dry: z.boolean(), items: z.array(WorkspaceItem) });
export type WorkspaceResult = z.infer<typeof WorkspaceResult>;

const workspace = oc.errors(failures);

/** Links, policies, profiles, repeated pulls, thresholds, rules, scenarios and own data as plain files without secrets, in a stable order: fit for git. */
export const workspaceContract = {
  /** Into an absolute path: an empty folder, a new one, or one that holds a workspace. */
  export: workspace.input(z.object({ folder: z.string().min(1) })).output(WorkspaceResult),
  /** All of it or nothing. What stands here and not there stays. `dry`: only tells what would be done. */
  import: workspace
    .input(z.object({ folder: z.string().min(1), dry: z.boolean().default(false), confirmed: z.boolean().optional() }))
    .output(WorkspaceResult),
};
