import { useTexts } from '../../texts/use-texts.ts';
import { classNames } from '../../ui/class-names.ts';
import styles from './trouble-grid.module.css';

/** What the marks of cells mean. */
export function Legend() {
  const t = useTexts('errors');
  return (
    <ul className={styles['legend']} aria-label={t('legend')}>
      <li>
        <span className={classNames(styles['sample'], styles['scale'])} aria-hidden />
        {t('legendHeat')}
      </li>
      <li>
        <span className={styles['sample']} aria-hidden>
          <span className={styles['fresh']} />
        </span>
        {t('legendNew')}
      </li>
      <li>
        <span className={styles['sample']} aria-hidden>
          <span className={styles['strip']} style={{ width: '70%' }} />
        </span>
        {t('legendPurpose')}
      </li>
    </ul>
  );
}
