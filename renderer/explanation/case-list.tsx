import type { FailureCase } from '../../core/contract/explanation.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Chip } from '../ui/chip.tsx';
import styles from './explanation.module.css';

/** Failure cases that are known from elsewhere. */
export function CaseList({ cases }: { readonly cases: readonly FailureCase[] }) {
  const t = useTexts('explanation');
  return (
    <ul className={styles['cases']}>
      {cases.map(({ number, title }) => (
        <li key={number}>
          <Chip tone="plain">{t('case', { number })}</Chip> <span lang="en">{title}</span>
        </li>
      ))}
    </ul>
  );
}
