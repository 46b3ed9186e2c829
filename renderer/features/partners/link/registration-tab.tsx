import { Button } from '@mantine/core';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { useRun } from '../../../bridge/queries.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { RunFailure } from '../runs/run-failure.tsx';
import { RunHistory } from '../runs/run-history.tsx';
import { RunSummary } from '../runs/run-summary.tsx';
import { swimLane } from '../runs/swim-lane.ts';
import { SwimLanePicture } from '../runs/swim-lane-picture.tsx';
import { useRegistrations, useRunExchanges } from '../runs/use-runs.ts';
import type { LinkPart } from './link-page.tsx';
import styles from './registration-tab.module.css';
import { useLinkActions } from './use-link-actions.ts';

/** How the registration went, or goes: the picture, its verdict, what to try, and earlier runs. */
export function RegistrationTab(part: LinkPart & { readonly runId?: number }) {
  const { link, runId } = part;
  const runs = useRegistrations(link.name).data;
  if (runs === undefined) return null;
  const shown = runId ?? runs[0]?.id;
  if (shown === undefined) return <NothingSaid {...part} />;
  return (
    <div className={styles['columns']}>
      <OneRun key={shown} {...part} runId={shown} />
      <aside className={styles['side']}>
        <RunHistory runs={runs} shown={shown} onShow={id => part.show('registration', id)} />
      </aside>
    </div>
  );
}

function OneRun(part: LinkPart & { readonly runId: number }) {
  const client = useClient();
  const t = useTexts('partners');
  const { link, runId, doing } = part;
  const { data: run, error } = useRun(runId);
  const { exchanges, settled } = useRunExchanges(run);
  if (run === undefined) {
    return <div className={styles['main']}>{error !== null && <FailureNote failure={failureOf(error)} />}</div>;
  }
  return (
    <div className={styles['main']}>
      <RunSummary
        run={run}
        actions={
          run.state === 'running' && (
            <Button variant="default" onClick={() => void doing.run(() => client.runs.cancel({ runId }))}>
              {t('action-cancel')}
            </Button>
          )
        }
      />
      {settled && <RunFailure {...part} run={run} exchanges={exchanges} />}
      <SwimLanePicture lane={swimLane(run, exchanges)} partner={link.organisation} />
    </div>
  );
}

function NothingSaid({ link, doing, show, onInvited }: LinkPart) {
  const t = useTexts('partners');
  const actions = useLinkActions(link);
  const { state } = link;
  const text = state === 'new' || state === 'invited' ? state : 'other';
  const register = () =>
    void doing.run(async () => {
      if ((await actions.register()) !== undefined) show('registration');
    });
  const invite = () => void doing.run(async () => onInvited(await actions.invite()));
  return (
    <EmptyState
      title={t('run-none')}
      text={t(`run-noneText-${text}`)}
      actions={
        state === 'new' ? (
          <Button onClick={register}>{t('action-register')}</Button>
        ) : (
          state === 'invited' && (
            <Button variant="default" onClick={invite}>
              {t('action-invite')}
            </Button>
          )
        )
      }
    />
  );
}
