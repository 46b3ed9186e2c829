import { useTexts } from '../../texts/use-texts.ts';
import styles from './production-chip.module.css';

/** Stands wherever the name of a link to a production partner does. */
export function ProductionChip() {
  const t = useTexts('common');
  return <span className={styles['chip']}>{t('production')}</span>;
}
