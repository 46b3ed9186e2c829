import { Navigate } from '@tanstack/react-router';
import { failureOf } from '../../bridge/failure.ts';
import { useLinks } from '../../bridge/queries.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import styles from './start-page.module.css';

/** Where the address names no view: the start screen as long as there is no link. */
export function HomePage() {
  const links = useLinks();
  if (links.error !== null && links.data === undefined) {
    return (
      <div className={styles['page']}>
        <FailureNote failure={failureOf(links.error)} onRetry={() => void links.refetch()} />
      </div>
    );
  }
  if (links.data === undefined) return null;
  return <Navigate to={links.data.length === 0 ? '/start' : '/partners'} replace />;
}
