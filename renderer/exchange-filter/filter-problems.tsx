import { useTexts } from '../texts/use-texts.ts';
import { type FilterProblem, printToken } from '../ui/filter-text.ts';
import { TOKEN_NAMES } from './conditions.ts';
import styles from './filter-problems.module.css';

export interface FilterProblemsProps {
  readonly problems: readonly FilterProblem[];
  readonly unknown: readonly string[];
}

/** What of the filter is left out, or read as text, and why. */
export function FilterProblems({ problems, unknown }: FilterProblemsProps) {
  const t = useTexts('traffic');
  if (problems.length + unknown.length === 0) return null;
  return (
    <ul className={styles['problems']} role="status">
      {problems.map(({ token, problem }) => (
        <li key={printToken(token)}>{t('leftOut', { token: printToken(token), problem })}</li>
      ))}
      {unknown.map(name => (
        <li key={name}>{t('unknownToken', { name, names: TOKEN_NAMES.map(known => `${known}:`).join(' ') })}</li>
      ))}
    </ul>
  );
}
