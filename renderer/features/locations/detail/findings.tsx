import type { FindingView } from '../../../../core/contract/run.ts';
import { FINDING_CODES } from '../../../../core/ocpi/finding-codes.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Mono } from '../../../ui/mono.tsx';
import styles from './detail.module.css';

const TONES = { error: 'bad', warning: 'warn', note: 'plain' } as const;
const ORDER = { error: 0, warning: 1, note: 2 } as const;

/** What is not as the specification has it: where, what was met and expected, what it means and what to do. */
export function Findings({
  findings,
  version,
}: {
  readonly findings: readonly FindingView[];
  readonly version: string;
}) {
  const t = useTexts('locations');
  if (findings.length === 0) return <EmptyState title={t('noFindings')} text={t('noFindingsText', { version })} />;
  const sorted = [...findings].sort((one, other) => ORDER[one.severity] - ORDER[other.severity]);
  return (
    <ul className={styles['findings']}>
      {sorted.map((finding, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same may be found twice at one place.
        <li key={`${finding.code} ${finding.pointer} ${at}`}>
          <Finding finding={finding} />
        </li>
      ))}
    </ul>
  );
}

function Finding({ finding: { severity, code, pointer, met, expected, section } }: { readonly finding: FindingView }) {
  const t = useTexts('locations');
  const known = Object.hasOwn(FINDING_CODES, code) ? FINDING_CODES[code as keyof typeof FINDING_CODES] : undefined;
  return (
    <>
      <div className={styles['findingHead']}>
        <Chip tone={TONES[severity]}>{t(`severity-${severity}`)}</Chip>
        <Mono>{code}</Mono>
        <Mono wrap>{pointer === '' ? '/' : pointer}</Mono>
      </div>
      {known !== undefined && <p>{known.meaning}</p>}
      <dl className={styles['list']}>
        <div>
          <dt>{t('met')}</dt>
          <dd>
            <Mono wrap>{met}</Mono>
          </dd>
        </div>
        <div>
          <dt>{t('expected')}</dt>
          <dd>{expected}</dd>
        </div>
        {known !== undefined && (
          <div>
            <dt>{t('advice')}</dt>
            <dd>{known.advice}</dd>
          </div>
        )}
        <div>
          <dt>{t('section')}</dt>
          <dd>{section}</dd>
        </div>
      </dl>
    </>
  );
}
