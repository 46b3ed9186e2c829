import { Link } from '@tanstack/react-router';
import { useExchangeCount, usePlatform } from '../bridge/queries.ts';
import { ArmedNote } from '../features/faults/armed-note.tsx';
import { NoticesNote } from '../features/health/notices/notices-note.tsx';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import { bytesText } from '../ui/time-format.ts';
import styles from './bottom-bar.module.css';

export function BottomBar() {
  const t = useTexts('shell');
  const numbers = new Intl.NumberFormat(useLanguage());
  const counted = useExchangeCount({}).data;
  const platform = usePlatform().data;
  return (
    <footer className={styles['bar']}>
      {counted !== undefined && (
        <>
          <Link to="/traffic" className={styles['link']}>
            {t('exchanges', { count: counted.count, number: numbers.format(counted.count) })}
          </Link>
          <Link
            to="/traffic"
            search={{ q: 'is:error' }}
            className={counted.errors > 0 ? styles['bad'] : styles['link']}
          >
            {t('withErrors', { count: counted.errors, number: numbers.format(counted.errors) })}
          </Link>
        </>
      )}
      <NoticesNote />
      <ArmedNote />
      {platform?.recording.ok === false && (
        <strong className={styles['trouble']} role="alert">
          {platform.recording.reason === undefined
            ? t('notStored')
            : t('notStoredBecause', { reason: platform.recording.reason })}
        </strong>
      )}
      {platform !== undefined && (
        <span className={styles['database']} title={`${t('database')}: ${platform.database}`}>
          {platform.database.split(/[\\/]/).at(-1)} · {bytesText(platform.databaseBytes)}
        </span>
      )}
    </footer>
  );
}
