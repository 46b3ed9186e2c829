import { IconHourglass } from '@tabler/icons-react';
import type { ReplayRun } from '../../../../core/contract/replay.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { durationText } from '../../../ui/time-format.ts';
import { useNow } from '../../../ui/use-now.ts';
import styles from './run.module.css';

const EVERY_MS = 1000;

/** What it waits for at this moment, and since when; for a person too, where somebody has to do something. */
export function WaitingNote({ replay: { waitsFor, paused } }: { readonly replay: ReplayRun }) {
  const t = useTexts('replay');
  if (paused) {
    return (
      <p className={styles['waits']} role="status">
        <IconHourglass size={14} stroke={1.7} aria-hidden />
        {t('pausedText')}
      </p>
    );
  }
  return waitsFor === null ? null : <Waits key={waitsFor} text={waitsFor} />;
}

function Waits({ text }: { readonly text: string }) {
  const t = useTexts('replay');
  const since = useNow(EVERY_MS, false);
  const now = useNow(EVERY_MS);
  return (
    <p className={styles['waits']}>
      <IconHourglass size={14} stroke={1.7} aria-hidden />
      <span role="status">
        {t('waitsFor')} <span lang="en">{text}</span>
      </span>
      <span className={styles['since']}>{durationText(Math.max(0, Math.round((now - since) / 1000) * 1000))}</span>
    </p>
  );
}
