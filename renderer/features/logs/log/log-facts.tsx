import type { LogAbout, LogCondition, LogCounts } from '../../../../core/contract/session-log.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { Fact } from '../../../ui/fact.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import styles from '../logs.module.css';
import { ConditionChip } from './condition-chip.tsx';
import { RedactionChips } from './redaction-chips.tsx';
import { scopeWords } from './scope-words.ts';

export interface LogFactsProps {
  readonly about: LogAbout;
  readonly condition: LogCondition;
  readonly counts: LogCounts;
  readonly from: string | null;
  readonly to: string | null;
}

/** What a log says of itself, and what was found in it. */
export function LogFacts({ about, condition, counts, from, to }: LogFactsProps) {
  const t = useTexts('logs');
  const numbers = new Intl.NumberFormat(useLanguage());
  const scope = scopeWords(about.scope, t);
  const { parties, versions, versionsUrl } = about.platform;
  return (
    <dl className={styles['facts']}>
      {about.title !== '' && <Fact label={t('factTitle')}>{about.title}</Fact>}
      <Fact label={t('factWritten')}>
        <TimeText at={about.writtenAt} withDate />
        <span className={styles['dim']}>{t('byRelease', { release: about.workbench })}</span>
      </Fact>
      <Fact label={t('factBy')}>
        {parties.length === 0 ? (
          <span className={styles['dim']}>{t('notSaid')}</span>
        ) : (
          <Mono wrap>{parties.join(', ')}</Mono>
        )}
        {versions.length > 0 && <Mono>OCPI {versions.join(' ')}</Mono>}
        {versionsUrl !== null && <Mono wrap>{versionsUrl}</Mono>}
      </Fact>
      <Fact label={t('factScope')}>{scope === '' ? t('scopeAll') : <Mono wrap>{scope}</Mono>}</Fact>
      <Fact label={t('factHolds')}>
        <span>
          {[
            t('countExchanges', { count: counts.exchanges, number: numbers.format(counts.exchanges) }),
            t('countFindings', { count: counts.findings, number: numbers.format(counts.findings) }),
            t('countObjects', { count: counts.objects, number: numbers.format(counts.objects) }),
            t('countRuns', { count: counts.runs, number: numbers.format(counts.runs) }),
            t('countNotes', { count: counts.notes, number: numbers.format(counts.notes) }),
          ].join(' · ')}
        </span>
      </Fact>
      {from !== null && to !== null && (
        <Fact label={t('factFromTo')}>
          <span>
            <TimeText at={from} withDate /> – <TimeText at={to} withDate />
          </span>
        </Fact>
      )}
      <Fact label={t('factCondition')}>
        <ConditionChip condition={condition} t={t} />
      </Fact>
      <Fact label={t('factRedaction')}>
        <RedactionChips about={about} t={t} />
        {about.keptPersonal !== null && <span>{t('keptBecause', { reason: about.keptPersonal })}</span>}
      </Fact>
    </dl>
  );
}
