import { useQueryClient } from '@tanstack/react-query';
import { useClient } from '../../../bridge/client.ts';
import { keys } from '../../../bridge/keys.ts';
import { type Doing, useDoing } from '../../../bridge/use-doing.ts';

/** As many as the core takes, and hands out, at once. */
const MOST = 500;

export interface Acknowledging extends Pick<Doing, 'busy' | 'failure' | 'dismiss'> {
  readonly some: (ids: readonly number[]) => Promise<void>;
  /** Of one link, or of all of them: whatever goes on and was not seen. */
  readonly all: (link?: string) => Promise<void>;
}

/** Says that the operator has seen what is over its threshold. */
export function useAcknowledge(): Acknowledging {
  const client = useClient();
  const queries = useQueryClient();
  const { busy, failure, dismiss, run } = useDoing();
  const told = async (ids: readonly number[]) => {
    for (let from = 0; from < ids.length; from += MOST) {
      await client.health.acknowledge({ ids: ids.slice(from, from + MOST) });
    }
  };
  const unseen = async (link: string | undefined) => {
    const ids: number[] = [];
    for (let offset = 0; ; offset += MOST) {
      const { count, notices } = await client.health.notices({
        open: true,
        offset,
        limit: MOST,
        ...(link !== undefined && { link }),
      });
      ids.push(...notices.filter(({ acknowledged }) => !acknowledged).map(({ id }) => id));
      if (notices.length === 0 || offset + notices.length >= count) return ids;
    }
  };
  const anew = () => queries.invalidateQueries({ queryKey: keys.health });
  return {
    busy,
    failure,
    dismiss,
    some: async ids => {
      await run(() => told(ids));
      await anew();
    },
    all: async link => {
      await run(async () => told(await unseen(link)));
      await anew();
    },
  };
}
