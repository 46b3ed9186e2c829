import type { ReplayDifference } from '../../../../core/contract/replay.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { Mono } from '../../../ui/mono.tsx';
import styles from './step-details.module.css';

/** Each in a sentence, with the place and the two values. */
export function DifferenceList({ differences }: { readonly differences: readonly ReplayDifference[] }) {
  const t = useTexts('replay');
  return (
    <ul className={styles['differences']}>
      {differences.map(({ layer, where, expected, met, meaning }) => (
        <li key={`${layer} ${where} ${expected} ${met}`}>
          <p className={styles['meaning']}>
            <Chip tone={layer === 'finding' || layer === 'time' ? 'warn' : 'bad'}>{t(`layer-${layer}`)}</Chip>
            <span lang="en">{meaning}</span>
          </p>
          {where !== '' && (
            <p className={styles['where']}>
              <Mono wrap>{where}</Mono>
            </p>
          )}
          {(expected !== '' || met !== '') && (
            <dl className={styles['values']}>
              <dt>{t('expected')}</dt>
              <dd>{expected === '' ? t('nothing') : <Mono wrap>{expected}</Mono>}</dd>
              <dt>{t('now')}</dt>
              <dd>{met === '' ? t('nothing') : <Mono wrap>{met}</Mono>}</dd>
            </dl>
          )}
        </li>
      ))}
    </ul>
  );
}
