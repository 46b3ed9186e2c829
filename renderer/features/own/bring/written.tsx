import type { OwnWritten } from '../../../../core/contract/own.ts';
import { FINDING_CODES } from '../../../../core/ocpi/finding-codes.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { Mono } from '../../../ui/mono.tsx';
import styles from './bring.module.css';

const TONES = { error: 'bad', warning: 'warn', note: 'plain' } as const;

/** What became of objects that were brought in. */
export function Written({ written }: { readonly written: OwnWritten }) {
  const { ok, version, objects, added, changed, unchanged, findings } = written;
  const t = useTexts('own');
  const numbers = new Intl.NumberFormat(useLanguage());
  const number = (value: number) => numbers.format(value);
  return (
    <div className={styles['written']} role="status">
      <p className={styles['line']}>
        <Chip tone={ok ? 'ok' : 'bad'}>{ok ? t('stored') : t('refused')}</Chip>{' '}
        {ok
          ? t('writtenCounts', { added: number(added), changed: number(changed), unchanged: number(unchanged) })
          : t('writtenNothing', { count: objects, number: number(objects), version })}
      </p>
      {findings.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard.
        <ul className={styles['findings']} tabIndex={0}>
          {findings.map(({ severity, code, pointer, met, expected }) => (
            <li key={`${pointer} ${code}`}>
              <Chip tone={TONES[severity]}>{code}</Chip>{' '}
              {Object.hasOwn(FINDING_CODES, code) ? FINDING_CODES[code as keyof typeof FINDING_CODES].meaning : ''}
              <div className={styles['example']}>
                <Mono wrap>{pointer}</Mono>: {t('metExpected', { met, expected })}
              </div>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
