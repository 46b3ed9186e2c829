import { Button, CloseButton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Decide } from '../../../../core/contract/decisions.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Countdown } from '../../../ui/countdown.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { useSteady } from '../../../ui/use-steady.ts';
import styles from './decisions.module.css';
import { useDeciding } from './use-deciding.ts';
import { usePending } from './use-pending.ts';

/** What goes to the answer from anywhere. */
const KEY = 'F9';
/** Within this time nobody has read another question yet. */
const STEADY_MS = 400;

/**
 * The most urgent call that waits for us, on every view: what is asked, how long there is, yes and no. The view where all
 * of them stand with all their answers does without.
 */
export function DecisionStrip() {
  const t = useTexts('decisions');
  const common = useTexts('common');
  const pending = usePending().data ?? [];
  const { decide, busy, failure, dismiss } = useDeciding();
  const { pathname, search } = useLocation();
  const first = useRef<HTMLButtonElement>(null);
  useHotkeys([[KEY, () => first.current?.focus()]], []);
  const shown = useRef<number>(undefined);
  // The one that shows stays until it is answered: what is under the pointer must not become another question.
  const most = pending.find(({ id }) => id === shown.current) ?? pending[0];
  useEffect(() => {
    shown.current = most?.id;
  }, [most?.id]);
  const steady = useSteady(most?.id, STEADY_MS);
  const answer = (decision: Decide) => {
    if (steady) void decide(decision);
  };
  const there = pathname === '/send' && (search as { form?: unknown }).form === 'decisions';
  if (there || (most === undefined && failure === undefined)) return null;
  return (
    <section className={styles['strip']} aria-label={t('title')}>
      {failure !== undefined && (
        <div className={styles['failed']}>
          <FailureNote failure={failure} />
          <CloseButton aria-label={common('close')} onClick={dismiss} />
        </div>
      )}
      {most !== undefined && (
        <div className={styles['most']}>
          <span className={styles['asked']} role="status">
            {most.asked}
          </span>
          <Countdown from={most.askedAt} until={most.dueAt} label={t('timeLeft')} />
          <span className={styles['buttons']}>
            <Button
              ref={first}
              loading={busy === most.id}
              aria-keyshortcuts={KEY}
              onClick={() => answer({ id: most.id, answer: 'accept' })}
            >
              {t('accept')}
            </Button>
            <Button
              variant="default"
              disabled={busy === most.id}
              onClick={() => answer({ id: most.id, answer: 'reject' })}
            >
              {t('reject')}
            </Button>
            <Link to="/send" search={{ form: 'decisions' }} className={styles['more']}>
              {pending.length > 1 ? t('allWaiting', { count: pending.length }) : t('moreAnswers')}
            </Link>
            <kbd className={styles['key']}>{KEY}</kbd>
          </span>
        </div>
      )}
    </section>
  );
}
