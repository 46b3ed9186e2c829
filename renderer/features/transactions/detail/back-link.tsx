import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTexts } from '../../../texts/use-texts.ts';
import { lastList } from '../list/last-list.ts';
import styles from './detail.module.css';

/** To the list, as it was left. */
export function BackLink() {
  const t = useTexts('transactions');
  return (
    <Link
      to="/transactions"
      search={lastList()}
      className={styles['back'] ?? ''}
      aria-label={t('back')}
      title={t('back')}
    >
      <IconArrowLeft size={16} aria-hidden="true" />
    </Link>
  );
}
