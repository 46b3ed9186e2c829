import { useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import type { JsonMark } from '../../../ui/editor/json-marks.ts';
import styles from './scenario.module.css';

export interface ProblemListProps {
  readonly marks: readonly JsonMark[];
  readonly checking: boolean;
  readonly onGo: (mark: JsonMark) => void;
}

const MOST = 100;
const TONES = { error: 'bad', warning: 'warn', note: 'plain' } as const;

/** What is wrong, each leading to its place. */
export function ProblemList({ marks, checking, onGo }: ProblemListProps) {
  const t = useTexts('replay');
  const common = useTexts('common');
  const errors = marks.filter(({ severity }) => severity === 'error').length;
  return (
    <section className={styles['problems']} aria-label={t('problems')}>
      <p className={styles['verdict']} role="status">
        {checking ? t('checking') : errors > 0 ? t('errorCount', { count: errors }) : t('noErrors')}
      </p>
      <ul>
        {marks.slice(0, MOST).map(mark => (
          <li key={`${mark.pointer} ${mark.at ?? ''} ${mark.message}`}>
            <button type="button" className={styles['problem']} onClick={() => onGo(mark)}>
              <Chip tone={TONES[mark.severity]}>{common(mark.severity)}</Chip>
              {mark.pointer !== '' && <code>{mark.pointer}</code>}
              <span lang="en">{mark.message}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
