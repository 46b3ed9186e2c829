import { useQuery } from '@tanstack/react-query';
import type { LinkView } from '../../../../core/contract/links.ts';
import { useClient } from '../../../bridge/client.ts';
import { keys } from '../../../bridge/keys.ts';
import { useLinks } from '../../../bridge/queries.ts';
import { RunList } from '../../../runs/run-row.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { useNotedPushes } from './noted-pushes.ts';
import { PushRow } from './push-row.tsx';

const NO_LINKS: readonly LinkView[] = [];
const RUNS = 100;

/** Pushes that were begun here, with what came of them, and those of others while they run. */
export function PushList() {
  const t = useTexts('own');
  const client = useClient();
  const links = useLinks().data ?? NO_LINKS;
  const noted = useNotedPushes();
  const running = useQuery({
    queryKey: [...keys.runs, 'pushes'],
    queryFn: async ({ signal }) => {
      const runs = await client.runs.list({ kinds: ['push'], limit: RUNS }, { signal });
      return runs.filter(({ state }) => state === 'running');
    },
  });
  const own = new Set(noted.map(({ runId }) => runId));
  const others = (running.data ?? [])
    .filter(({ id }) => !own.has(id))
    .map(({ id, linkId }) => ({
      runId: id,
      link: links.find(link => link.id === linkId)?.name ?? '',
      kind: undefined,
    }));
  const shown = [...others, ...noted];
  if (shown.length === 0) return null;
  return (
    <RunList label={t('pushes')}>
      {shown.map(push => (
        <PushRow key={push.runId} {...push} to={links.find(({ name }) => name === push.link)} />
      ))}
    </RunList>
  );
}
