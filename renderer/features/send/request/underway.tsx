import { useTexts } from '../../../texts/use-texts.ts';
import { durationText } from '../../../ui/time-format.ts';
import { useNow } from '../../../ui/use-now.ts';
import styles from './request.module.css';

/** How long an answer has been waited for. */
export function Underway({ since }: { readonly since: number }) {
  const t = useTexts('send');
  const passed = Math.max(0, useNow(100) - since);
  return (
    <p className={styles['message']} aria-busy>
      {t('underway', { time: durationText(passed) })}
    </p>
  );
}
