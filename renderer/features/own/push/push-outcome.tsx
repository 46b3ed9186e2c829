import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { LinkView } from '../../../../core/contract/links.ts';
import type { PushedItem, Run } from '../../../../core/contract/run.ts';
import { useClient } from '../../../bridge/client.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Mono } from '../../../ui/mono.tsx';
import type { KindId } from '../kinds.ts';
import { notePush, putAway } from './noted-pushes.ts';
import styles from './push.module.css';
import { useAsking } from './use-asking.tsx';

export interface PushOutcomeProps {
  readonly run: Run;
  readonly link: LinkView;
  readonly kind: KindId | undefined;
}

/** More than these nobody reads one by one; traffic has all. */
const SHOWN = 100;

/** What failed in a push that has ended, and what can be done about it. */
export function PushOutcome({ run, link, kind }: PushOutcomeProps) {
  const t = useTexts('own');
  const client = useClient();
  const numbers = new Intl.NumberFormat(useLanguage());
  const ask = useAsking();
  const doing = useDoing();
  const tally = run.result?.push;
  const failures = tally?.failures ?? [];
  const [open, setOpen] = useState(failures.length > 0);
  const broken = run.steps.find(({ ok }) => !ok);
  const again = async (put: boolean) => {
    const what = t('failedOnes', { count: failures.length, number: numbers.format(failures.length) });
    const begun = await doing.run(() =>
      ask(link, what, confirmed =>
        client.sending.retry({ runId: run.id, ...(put && { put }), ...(confirmed && { confirmed }) }),
      ),
    );
    if (begun === undefined) return;
    if (kind !== undefined) notePush({ runId: begun.runId, link: link.name, kind });
    putAway(run.id);
  };
  return (
    <div className={styles['outcome']}>
      <div className={styles['more']}>
        {failures.length > 0 && (
          <>
            <Button variant="subtle" onClick={() => setOpen(!open)} aria-expanded={open}>
              {t('failures', { count: failures.length, number: numbers.format(failures.length) })}
            </Button>
            <Button variant="default" onClick={() => void again(false)} disabled={doing.busy}>
              {t('retry')}
            </Button>
            {tally?.putMayHelp === true && (
              <Button onClick={() => void again(true)} disabled={doing.busy}>
                {t('putInstead')}
              </Button>
            )}
          </>
        )}
        <Link to="/traffic" search={{ q: `run:${run.id}` }}>
          {t('exchangesOfPush')}
        </Link>
      </div>
      {tally === undefined && run.state === 'failed' && (
        <p className={styles['why']} role="alert">
          {broken?.reason ?? run.result?.summary}
        </p>
      )}
      {doing.failure !== undefined && <FailureNote failure={doing.failure} />}
      {open && failures.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard.
        <ul className={styles['failures']} aria-label={t('failuresTitle')} tabIndex={0}>
          {failures.slice(0, SHOWN).map((item, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes.
            <Failed key={at} item={item} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Failed({ item }: { readonly item: PushedItem }) {
  const t = useTexts('own');
  const { id, method, reason, exchangeIds } = item;
  const last = exchangeIds.at(-1);
  return (
    <li className={styles['failed']}>
      <Mono>{method}</Mono> <Mono>{id}</Mono>
      <span className={styles['reason']}>{reason}</span>
      {last !== undefined && (
        <Link to="/traffic" search={{ exchange: last }}>
          {t('exchange', { id: last })}
        </Link>
      )}
    </li>
  );
}
