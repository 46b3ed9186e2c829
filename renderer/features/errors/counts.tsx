import type { TroubleGroup } from '../../../core/contract/errors.ts';
import { useLanguage, useTexts } from '../../texts/use-texts.ts';
import styles from './errors.module.css';

export interface CountsProps {
  readonly groups: readonly TroubleGroup[];
  /** Exchanges that were not looked through yet. */
  readonly behind: number;
}

/** How much went wrong, and how much is not known yet. */
export function Counts({ groups, behind }: CountsProps) {
  const t = useTexts('errors');
  const numbers = new Intl.NumberFormat(useLanguage());
  const total = (failed: boolean) =>
    groups.filter(group => group.failed === failed).reduce((sum, { count }) => sum + count, 0);
  const said = (key: 'counted' | 'found' | 'behind', count: number) =>
    count === 0 ? [] : [t(key, { count, number: numbers.format(count) })];
  return (
    <span className={styles['count']} role="status">
      {[...said('counted', total(true)), ...said('found', total(false)), ...said('behind', behind)].join(' · ')}
    </span>
  );
}
