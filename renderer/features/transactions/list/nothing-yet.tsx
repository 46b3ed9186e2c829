import { Button } from '@mantine/core';
import { IconBolt, IconFileImport } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useClient } from '../../../bridge/client.ts';
import { failureOf, type ShownFailure } from '../../../bridge/failure.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import styles from './list.module.css';
import { type ChargeStep, NoCharge, startCharge } from './start-charge.ts';

/** Nothing fits: the way out of the filter. */
export function NothingFits({ onClear }: { readonly onClear: () => void }) {
  const t = useTexts('transactions');
  return (
    <EmptyState
      title={t('nothingFits')}
      text={t('nothingFitsText')}
      actions={
        <Button variant="default" onClick={onClear}>
          {t('showAll')}
        </Button>
      }
    />
  );
}

/** What the area is for, and the one click that fills it. */
export function NothingYet() {
  const t = useTexts('transactions');
  const client = useClient();
  const [step, setStep] = useState<ChargeStep>();
  const [failure, setFailure] = useState<ShownFailure>();
  const left = useRef<AbortController>(undefined);
  useEffect(() => () => left.current?.abort(), []);
  const shownOf = (error: unknown): ShownFailure =>
    error instanceof NoCharge
      ? { code: 'NO_CHARGE', message: t(error.why), advice: t(`${error.why}Advice`) }
      : failureOf(error);
  const start = async () => {
    const controller = new AbortController();
    left.current = controller;
    setFailure(undefined);
    try {
      await startCharge(client, setStep, controller.signal);
    } catch (error) {
      if (!controller.signal.aborted) setFailure(shownOf(error));
    } finally {
      setStep(undefined);
    }
  };
  return (
    <EmptyState
      title={t('emptyTitle')}
      text={
        <>
          <p>{t('emptyText')}</p>
          <p>{t('emptyTeach')}</p>
          <p>{t('emptyImport')}</p>
          {failure !== undefined && <FailureNote failure={failure} />}
          <p className={styles['progress']} role="status">
            {step !== undefined && t(`starting-${step}`)}
          </p>
        </>
      }
      actions={
        <>
          <Button
            leftSection={<IconBolt size={14} aria-hidden />}
            loading={step !== undefined}
            onClick={() => void start()}
          >
            {t('startCharge')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconFileImport size={14} aria-hidden />}
            component={Link}
            to="/traffic"
          >
            {t('toTraffic')}
          </Button>
        </>
      }
    />
  );
}
