import { useTexts } from '../texts/use-texts.ts';
import { type FilterProblem, printToken } from '../ui/filter-text.ts';
import { TOKEN_NAMES } from './conditions.ts';
import styles from './filter-problems.module.css';

export interface FilterProblemsProps {
  readonly problems: readonly FilterProblem[];
  readonly unknown: readonly string[];
  /** What cannot be read is not left out: nothing happens until it is corrected. */
  readonly blocking?: boolean;
}

/** What of the filter cannot be read, or is read as text, why, and what comes of it. */
export function FilterProblems({ problems, unknown, blocking = false }: FilterProblemsProps) {
  const t = useTexts('traffic');
  if (problems.length + unknown.length === 0) return null;
  return (
    <ul className={styles['problems']} role="status">
      {problems.map(({ token, problem }) => (
        <li key={printToken(token)}>
          {t(blocking ? 'tokenBlocks' : 'leftOut', { token: printToken(token), problem })}
        </li>
      ))}
      {unknown.map(name => (
        <li key={name}>{t('unknownToken', { name, names: TOKEN_NAMES.map(known => `${known}:`).join(' ') })}</li>
      ))}
    </ul>
  );
}
