import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ExchangeSummary } from '../../../../core/contract/exchange.ts';
import type { Run } from '../../../../core/contract/run.ts';
import { useClient } from '../../../bridge/client.ts';
import { exchangeQuery, usePlatform } from '../../../bridge/queries.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { versionsIn } from '../endpoints/told-endpoints.ts';
import type { LinkPart } from '../link/link-page.tsx';
import { useLinkActions } from '../link/use-link-actions.ts';
import { TokenEntry } from '../tokens/token-entry.tsx';
import { type FailureAdvice, failureAdvice, type Retry } from './failure-advice.ts';
import styles from './run-failure.module.css';
import { useStepName } from './use-step-name.ts';

export interface RunFailureProps extends LinkPart {
  readonly run: Run;
  readonly exchanges: readonly ExchangeSummary[];
}

/** Which step failed, why, what to try, and the buttons that try it. */
export function RunFailure(props: RunFailureProps) {
  const { run, exchanges, link } = props;
  const client = useClient();
  const platform = usePlatform().data;
  const listed = exchanges.findLast(({ operation, direction }) => operation === 'versions.list' && direction === 'out');
  const answer = useQuery({
    ...exchangeQuery(client, listed?.id ?? 0),
    enabled: listed !== undefined && run.state === 'failed',
  });
  const offered = versionsIn(answer.data?.response?.body.text ?? null);
  const advice = failureAdvice({ run, exchanges, link, ownVersions: platform?.versions ?? [], offered });
  return advice === undefined ? null : <Advice {...props} advice={advice} />;
}

function Advice({ run, link, doing, show, onInvited, advice }: RunFailureProps & { readonly advice: FailureAdvice }) {
  const t = useTexts('partners');
  const nameOf = useStepName();
  const actions = useLinkActions(link);
  const [entering, setEntering] = useState(false);
  const { step, kind, retries } = advice;

  const begin = (work: () => Promise<number | undefined>) =>
    void doing.run(async () => {
      if ((await work()) !== undefined) show('registration');
    });
  const again = () => repeat(run, actions);
  const perform = (retry: Retry) => {
    switch (retry.kind) {
      case 'again':
        return begin(again);
      case 'form':
        return begin(async () => {
          const set = await actions.set({ settings: { tokenForm: retry.form } });
          return set === undefined ? undefined : again();
        });
      case 'version':
        return begin(() =>
          run.kind === 'adoption' || run.kind === 'look'
            ? actions.look(retry.version)
            : actions.register(retry.version),
        );
      case 'token':
        return setEntering(true);
      case 'settings':
        return show('settings');
      case 'invite':
        return void doing.run(async () => onInvited(await actions.invite()));
    }
  };
  return (
    <section className={styles['failure']} aria-label={t('runState-failed')} role="alert">
      <h3 className={styles['title']}>
        {step === undefined
          ? t(`runState-${run.state === 'running' ? 'failed' : run.state}`)
          : t('failure-failedAt', { step: nameOf(step.step) })}
      </h3>
      {run.result !== undefined && <p className={styles['why']}>{sentence(step?.reason ?? run.result.summary)}</p>}
      <p className={styles['advice']}>
        <strong>{t('failure-tryThis')}:</strong> {t(`failure-advice-${kind}`)}
      </p>
      <div className={styles['retries']}>
        {retries.map((retry, at) => (
          <Button
            key={wordsOf(retry)}
            variant={at === 0 ? 'filled' : 'default'}
            loading={doing.busy && at === 0}
            disabled={doing.busy && at > 0}
            onClick={() => perform(retry)}
          >
            {retry.kind === 'form'
              ? t(`failure-retry-${retry.form}`)
              : t(`failure-retry-${retry.kind}`, retry.kind === 'version' ? { version: retry.version } : {})}
          </Button>
        ))}
      </div>
      {entering && (
        <TokenEntry
          link={link}
          only="outgoing"
          onDone={() => {
            setEntering(false);
            begin(again);
          }}
        />
      )}
    </section>
  );
}

/** The same once more, of whatever kind it was. */
function repeat(run: Run, actions: ReturnType<typeof useLinkActions>): Promise<number | undefined> {
  switch (run.kind) {
    case 'rotation':
      return actions.rotate();
    case 'unregistration':
      return actions.unregister(false);
    case 'adoption':
    case 'look':
      return actions.look();
    default:
      return actions.register();
  }
}

function wordsOf(retry: Retry): string {
  return [retry.kind, 'form' in retry ? retry.form : '', 'version' in retry ? retry.version : ''].join(' ');
}

/** With a capital and a full stop. */
function sentence(reason: string): string {
  const text = reason.charAt(0).toLocaleUpperCase() + reason.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
