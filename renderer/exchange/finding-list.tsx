import type { FindingView } from '../../core/contract/run.ts';
import { FINDING_CODES } from '../../core/ocpi/finding-codes.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Chip } from '../ui/chip.tsx';
import { Mono } from '../ui/mono.tsx';
import styles from './exchange.module.css';
import { SEVERITY_TONES } from './findings-chip.tsx';

const ORDER = { error: 0, warning: 1, note: 2 } as const;

/** The worst first, each with what was met, what was expected, and what to try. */
export function FindingList({ findings }: { readonly findings: readonly FindingView[] }) {
  const t = useTexts('traffic');
  const sorted = [...findings].sort((left, right) => ORDER[left.severity] - ORDER[right.severity]);
  return (
    <ul className={styles['findings']}>
      {sorted.map((finding, at) => {
        const known = Object.entries(FINDING_CODES).find(([code]) => code === finding.code)?.[1];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same may be found twice.
          <li key={at} className={styles[finding.severity]}>
            <p className={styles['findingHead']}>
              <Chip tone={SEVERITY_TONES[finding.severity]}>{t(`severity-${finding.severity}`)}</Chip>
              <Mono wrap>{finding.code}</Mono>
            </p>
            {known !== undefined && <p lang="en">{known.meaning}</p>}
            <dl className={styles['facts']}>
              {finding.pointer !== '' && (
                <>
                  <dt>{t('findingAt')}</dt>
                  <dd>
                    <Mono wrap>{finding.pointer}</Mono>
                  </dd>
                </>
              )}
              <dt>{t('findingMet')}</dt>
              <dd>
                <Mono wrap>{finding.met}</Mono>
              </dd>
              <dt>{t('findingExpected')}</dt>
              <dd lang="en">{finding.expected}</dd>
              <dt>{t('findingSection')}</dt>
              <dd>{finding.section}</dd>
              {known !== undefined && (
                <>
                  <dt>{t('findingTry')}</dt>
                  <dd lang="en">{known.advice}</dd>
                </>
              )}
            </dl>
          </li>
        );
      })}
    </ul>
  );
}
