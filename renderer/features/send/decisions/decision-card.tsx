import { Button, NativeSelect } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { PendingDecision } from '../../../../core/contract/decisions.ts';
import { operationWords } from '../../../exchange/operation-words.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Countdown } from '../../../ui/countdown.tsx';
import { JsonView } from '../../../ui/editor/json-view.tsx';
import styles from './decisions.module.css';
import type { Deciding } from './use-deciding.ts';

/** One call that waits: who asks what, the request's body, what may be answered, and what may follow. */
export function DecisionCard({
  decision,
  deciding,
}: {
  readonly decision: PendingDecision;
  readonly deciding: Deciding;
}) {
  const t = useTexts('decisions');
  const words = operationWords(useTexts('traffic'));
  const { id, exchangeId, link, operation, asked, body, options, later, askedAt, dueAt, otherwise } = decision;
  const yes = options.filter(({ answer }) => answer === 'accept').map(({ result }) => result);
  const no = options.filter(({ answer }) => answer === 'reject').map(({ result }) => result);
  const [yesWith, setYesWith] = useState(yes[0] ?? '');
  const [noWith, setNoWith] = useState(no[0] ?? '');
  const [follows, setFollows] = useState('');
  const busy = deciding.busy === id;
  const heading = `decision-${id}`;
  return (
    <article className={styles['card']} aria-labelledby={heading}>
      <header className={styles['head']}>
        <h2 id={heading} className={styles['what']}>
          {asked}
        </h2>
        <span className={styles['facts']}>
          <span>{words(operation)}</span>
          <Link to="/partners/link/$name" params={{ name: link }} search={{ tab: 'answers' }}>
            {link}
          </Link>
          <Link to="/traffic" search={{ exchange: exchangeId }}>
            {t('exchange', { id: exchangeId })}
          </Link>
        </span>
        <span className={styles['time']}>
          <Countdown from={askedAt} until={dueAt} label={t('timeLeft')} />
          <span className={styles['then']}>{t(otherwise === 'accept' ? 'thenAccept' : 'thenReject')}</span>
        </span>
      </header>
      <div className={styles['answers']}>
        <form
          className={styles['answer']}
          onSubmit={event => {
            event.preventDefault();
            void deciding.decide({
              id,
              answer: 'accept',
              ...(yesWith !== '' && { result: yesWith }),
              ...(follows !== '' && { later: follows }),
            });
          }}
        >
          <Button type="submit" loading={busy}>
            {t('accept')}
          </Button>
          {yes.length > 1 && (
            <NativeSelect
              aria-label={t('acceptWith')}
              data={yes}
              value={yesWith}
              onChange={event => setYesWith(event.currentTarget.value)}
            />
          )}
          {later.length > 0 && (
            <span className={styles['later']}>
              <label htmlFor={`later-${id}`}>{t('andLater')}</label>
              <NativeSelect
                id={`later-${id}`}
                data={[
                  { value: '', label: t('laterUsual') },
                  ...later.map(result => ({ value: result, label: result === 'none' ? t('laterNone') : result })),
                ]}
                value={follows}
                onChange={event => setFollows(event.currentTarget.value)}
              />
            </span>
          )}
        </form>
        <form
          className={styles['answer']}
          onSubmit={event => {
            event.preventDefault();
            void deciding.decide({ id, answer: 'reject', ...(noWith !== '' && { result: noWith }) });
          }}
        >
          <Button type="submit" variant="default" disabled={busy}>
            {t('reject')}
          </Button>
          {no.length > 1 && (
            <NativeSelect
              aria-label={t('rejectWith')}
              data={no}
              value={noWith}
              onChange={event => setNoWith(event.currentTarget.value)}
            />
          )}
        </form>
      </div>
      {body !== null && (
        <details className={styles['body']}>
          <summary>{t('body')}</summary>
          <JsonView text={JSON.stringify(body)} label={t('body')} />
        </details>
      )}
    </article>
  );
}
