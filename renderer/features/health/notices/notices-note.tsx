import { Link } from '@tanstack/react-router';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { classNames } from '../../../ui/class-names.ts';
import { useOpenNotices } from '../use-health.ts';
import styles from './notices-note.module.css';

/** In the frame, wherever one is: how much was not seen yet of what is over its threshold. */
export function NoticesNote() {
  const t = useTexts('health');
  const numbers = new Intl.NumberFormat(useLanguage());
  const { data } = useOpenNotices();
  if (data === undefined || data.unseen === 0) return null;
  const severe = data.notices.some(({ severity, acknowledged }) => severity === 'error' && !acknowledged);
  return (
    <Link to="/health" search={{ tab: 'notices' }} className={classNames(styles['note'], severe && styles['severe'])}>
      {t('unseen', { count: data.unseen, number: numbers.format(data.unseen) })}
    </Link>
  );
}
