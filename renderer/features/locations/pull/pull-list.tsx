import { useQuery } from '@tanstack/react-query';
import type { LinkView } from '../../../../core/contract/links.ts';
import { useClient } from '../../../bridge/client.ts';
import { keys } from '../../../bridge/keys.ts';
import { RunList } from '../../../runs/run-row.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { useNotedPulls } from './noted-pulls.ts';
import { PullRow } from './pull-row.tsx';

const RUNS = 100;
/** Failures from before the page was opened are history: traffic has them. */
const OPENED = Date.now();

/** Pulls that are under way or failed, whoever began them, and what came of those that were begun here. */
export function PullList({ links }: { readonly links: readonly LinkView[] }) {
  const t = useTexts('locations');
  const client = useClient();
  const { noted, away } = useNotedPulls();
  const runs = useQuery({
    queryKey: [...keys.runs, 'pulls'],
    queryFn: async ({ signal }) => {
      const all = await client.runs.list({ limit: RUNS }, { signal });
      return all.filter(({ kind }) => kind === 'pull');
    },
  });
  const own = new Set(noted.map(({ runId }) => runId));
  const others = (runs.data ?? [])
    .filter(({ state, endedAt = 0 }) => state === 'running' || (state === 'failed' && endedAt > OPENED))
    .filter(({ id }) => !own.has(id) && !away.has(id))
    .map(({ id, linkId }) => ({
      runId: id,
      link: links.find(link => link.id === linkId)?.name ?? '',
      module: undefined,
    }));
  const shown = [...others, ...noted];
  if (shown.length === 0) return null;
  return (
    <RunList label={t('pulls')}>
      {shown.map(pull => (
        <PullRow
          key={pull.runId}
          {...pull}
          production={links.some(({ name, environment }) => name === pull.link && environment === 'production')}
        />
      ))}
    </RunList>
  );
}
