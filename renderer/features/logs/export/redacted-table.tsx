import type { RedactedKind } from '../../../../core/contract/session-log.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { Spoken } from '../../../ui/spoken.tsx';
import exporting from './export.module.css';

/** Each kind of value that is replaced: how many, where, and one of them with what stands in its place. */
export function RedactedTable({ redacted }: { readonly redacted: readonly RedactedKind[] }) {
  const t = useTexts('logs');
  const numbers = new Intl.NumberFormat(useLanguage());
  if (redacted.length === 0) return <p className={exporting['none']}>{t('nothingReplaced')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard.
    <div className={exporting['scroll']} tabIndex={0}>
      <table className={exporting['table']} aria-label={t('replaced')}>
        <thead>
          <tr>
            <th scope="col">{t('columnKind')}</th>
            <th scope="col" className={exporting['number']}>
              {t('columnValues')}
            </th>
            <th scope="col" className={exporting['number']}>
              {t('columnPlaces')}
            </th>
            <th scope="col">{t('columnExample')}</th>
          </tr>
        </thead>
        <tbody>
          {redacted.map(({ group, kind, values, places, example }) => (
            <tr key={`${group} ${kind}`}>
              <th scope="row">
                <span lang="en">{kind}</span>{' '}
                <Chip tone={group === 'tokens' ? 'accent' : group === 'unreadable' ? 'warn' : 'plain'}>
                  {t(`redacted-${group}`)}
                </Chip>
              </th>
              <td className={exporting['number']}>{numbers.format(values)}</td>
              <td className={exporting['number']}>{numbers.format(places)}</td>
              <td>
                {example === null ? (
                  <span className={exporting['hidden']}>{t('notShown')}</span>
                ) : (
                  <span className={exporting['example']}>
                    <Mono wrap>{example.from}</Mono>
                    <span aria-hidden>→</span>
                    <Spoken>{t('becomes')}</Spoken>
                    <Mono wrap>{example.to}</Mono>
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
