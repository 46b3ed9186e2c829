import { Button } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import { useTexts } from '../texts/use-texts.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import styles from './first-charge.module.css';
import type { FirstCharge } from './use-first-charge.ts';

export function FirstChargeButton({ step, start }: FirstCharge) {
  const t = useTexts('transactions');
  return (
    <Button leftSection={<IconBolt size={14} aria-hidden />} loading={step !== undefined} onClick={() => void start()}>
      {t('startCharge')}
    </Button>
  );
}

/** How far it has come, or why it went no further. */
export function FirstChargeProgress({ step, failure }: FirstCharge) {
  const t = useTexts('transactions');
  return (
    <>
      {failure !== undefined && <FailureNote failure={failure} />}
      <p className={styles['progress']} role="status">
        {step !== undefined && t(`starting-${step}`)}
      </p>
    </>
  );
}
