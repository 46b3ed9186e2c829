import { useQuery } from '@tanstack/react-query';
import type { LinkView } from '../../../../core/contract/links.ts';
import type { Run, RunKind } from '../../../../core/contract/run.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { keys } from '../../../bridge/keys.ts';
import { exchangeQuery, useRun } from '../../../bridge/queries.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import type { SendSearch } from '../search.ts';
import styles from './asked.module.css';
import { askedAgain } from './asked-again.ts';
import type { AskedFormId } from './asked-form.tsx';
import { RunChip, RunView } from './run-view.tsx';

export interface AskedOutcomeProps {
  readonly form: AskedFormId;
  readonly link: LinkView;
  readonly runId: number | undefined;
  readonly search: SendSearch;
  readonly onSearch: (search: SendSearch) => void;
}

const KINDS: Readonly<Record<AskedFormId, RunKind>> = {
  command: 'command',
  authorize: 'authorization',
  profile: 'profile',
};
const SHOWN = 30;

/** How the one goes that was begun last, and those before it. */
export function AskedOutcomePane({ form, link, runId, search, onSearch }: AskedOutcomeProps) {
  const t = useTexts('send');
  const client = useClient();
  const { name } = link;
  const runs = useQuery({
    queryKey: [...keys.runs, 'asked', name, form],
    queryFn: ({ signal }) => client.runs.list({ name, kinds: [KINDS[form]], limit: SHOWN }, { signal }),
  });
  const before = runs.data ?? [];
  return (
    <>
      {runId !== undefined && <Followed key={runId} runId={runId} onSearch={onSearch} />}
      {runs.error !== null && runs.data === undefined && (
        <Panel title={t('before')}>
          <FailureNote failure={failureOf(runs.error)} onRetry={() => void runs.refetch()} />
        </Panel>
      )}
      {before.length > 0 && (
        <Panel title={t('before')}>
          <ul className={styles['before']} aria-label={t('before')}>
            {before.map(run => (
              <li key={run.id} className={styles['row']} aria-current={run.id === runId}>
                <button
                  type="button"
                  className={styles['rowOpen']}
                  onClick={() => onSearch({ ...search, form, run: run.id })}
                >
                  <span className={styles['rowTime']}>
                    <TimeText at={run.startedAt} />
                  </span>
                  <span className={styles['rowText']}>{summaryOf(run)}</span>
                  <RunChip state={run.state} />
                </button>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {runId === undefined && runs.data !== undefined && before.length === 0 && (
        <EmptyState title={t(`none-${form}`)} text={t(`none-${form}-text`)} />
      )}
    </>
  );
}

function summaryOf({ result, steps }: Run): string {
  return result?.summary ?? steps.at(-1)?.reason ?? '';
}

/** A run as it goes, with the way to ask the same again. */
function Followed({ runId, onSearch }: { readonly runId: number; readonly onSearch: (search: SendSearch) => void }) {
  const t = useTexts('send');
  const client = useClient();
  const run = useRun(runId);
  const asked = run.data?.steps.flatMap(({ exchangeIds }) => exchangeIds)[0];
  const exchange = useQuery({ ...exchangeQuery(client, asked ?? 0), enabled: asked !== undefined });
  const filled = exchange.data === undefined ? undefined : askedAgain(exchange.data);
  if (run.data === undefined) {
    return (
      <Panel title={t('course')}>
        {run.error === null ? (
          <p className={styles['dim']} aria-busy>
            {t('loading')}
          </p>
        ) : (
          <FailureNote failure={failureOf(run.error)} onRetry={() => void run.refetch()} />
        )}
      </Panel>
    );
  }
  return (
    <RunView run={run.data} {...(filled !== undefined && { onAgain: () => onSearch({ ...filled, run: runId }) })} />
  );
}
