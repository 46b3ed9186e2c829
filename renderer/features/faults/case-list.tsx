import { failureCases } from '../../texts/en/failure-cases.ts';
import { type Texts, useTexts } from '../../texts/use-texts.ts';
import styles from './faults.module.css';

type CaseKey = keyof typeof failureCases;

/** What a failure case is called, by its number; an empty text where there is none of that number. */
export function caseTitle(t: Texts<'faults'>, number: number): string {
  const key = `case-${number}`;
  return isCase(key) ? t(key) : '';
}

function isCase(key: string): key is CaseKey {
  return Object.hasOwn(failureCases, key);
}

/** The failure cases a kind imitates, as they were met between real partners. */
export function CaseList({ cases }: { readonly cases: readonly number[] }) {
  const t = useTexts('faults');
  return (
    <ul className={styles['cases']}>
      {cases.map(number => (
        <li key={number}>
          <span className={styles['number']}>#{number}</span>
          <span>{caseTitle(t, number)}</span>
        </li>
      ))}
    </ul>
  );
}
