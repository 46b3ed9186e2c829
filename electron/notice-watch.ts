import type { Notice } from '../core/contract/health.ts';
import { type ContractClient, outcomeOf } from '../core/loopback/client.ts';

/** What the system is to tell: something is over its threshold that was not before. */
export interface FreshNotices {
  /** Newest first; the first few. */
  readonly notices: readonly Pick<Notice, 'link' | 'sentence'>[];
  readonly count: number;
}

/** Looked at together: of more only the newest are told. */
const MOST = 200;
const TOLD = 3;

/** Tells of notices that come from now on, errors and warnings, until it is stopped, or its client closed. Rejects where nobody can be asked any more. */
export async function watchNotices(
  client: ContractClient,
  { tell, signal }: { readonly tell: (fresh: FreshNotices) => void; readonly signal?: AbortSignal },
): Promise<void> {
  // What was there before is not told; undefined until it is known what that is.
  let seen = newestOf(await open(client));
  for await (const { health, refetch } of await client.events.watch(
    undefined,
    signal === undefined ? {} : { signal },
  )) {
    if (!health && !refetch) continue;
    const notices = await open(client);
    if (notices === undefined) continue;
    const before = seen ?? newestOf(notices) ?? 0;
    seen = Math.max(before, newestOf(notices) ?? 0);
    const fresh = notices.filter(
      ({ id, severity, acknowledged }) => id > before && severity !== 'note' && !acknowledged,
    );
    if (fresh.length === 0) continue;
    const told = fresh.slice(0, TOLD).map(({ link, sentence }) => ({ link, sentence }));
    tell({ notices: told, count: fresh.length });
  }
}

/** 0 where there are none. */
function newestOf(notices: readonly Notice[] | undefined): number | undefined {
  return notices === undefined ? undefined : (notices[0]?.id ?? 0);
}

/** Newest first; undefined where they cannot be read just now. */
async function open(client: ContractClient): Promise<readonly Notice[] | undefined> {
  const asked = await outcomeOf(client.health.notices({ open: true, limit: MOST }));
  return asked.ok ? asked.value.notices : undefined;
}
