import type { LogAbout } from '../../../../core/contract/session-log.ts';
import type { Texts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import styles from '../logs.module.css';

export interface RedactionChipsProps {
  readonly about: Pick<LogAbout, 'redacted' | 'keptPersonal'>;
  readonly t: Texts<'logs'>;
}

/** What was replaced by pseudonyms before the file was written; that personal data was not is the first thing said. */
export function RedactionChips({ about: { redacted, keptPersonal }, t }: RedactionChipsProps) {
  return (
    <span className={styles['chips']}>
      {!redacted.includes('personal') && (
        <Chip tone="warn" {...(keptPersonal !== null && { title: keptPersonal })}>
          {t('personalKept')}
        </Chip>
      )}
      {redacted.map(group => (
        <Chip key={group} tone="plain" title={t(`group-${group}-hint`)}>
          {t(`redacted-${group}`)}
        </Chip>
      ))}
    </span>
  );
}
