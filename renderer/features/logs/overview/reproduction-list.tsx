import { Link } from '@tanstack/react-router';
import type { Reproduction } from '../../../../core/contract/reproduction.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { Mono } from '../../../ui/mono.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { ReproductionChip } from '../reproduce/reproduction-chip.tsx';
import styles from './overview.module.css';

/** Servers that answer as a recorded side did. */
export function ReproductionList({ reproductions }: { readonly reproductions: readonly Reproduction[] }) {
  const t = useTexts('logs');
  const numbers = new Intl.NumberFormat(useLanguage());
  return (
    <Panel title={t('reproductions')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard. */}
      <div className={styles['scroll']} tabIndex={0}>
        <table className={styles['table']} aria-label={t('reproductions')}>
          <thead>
            <tr>
              <th scope="col">{t('columnReproduction')}</th>
              <th scope="col">{t('columnState')}</th>
              <th scope="col">{t('versionsUrl')}</th>
              <th scope="col">{t('columnStarted')}</th>
              <th scope="col" className={styles['number']}>
                {t('columnAsked')}
              </th>
              <th scope="col" className={styles['number']}>
                {t('columnDifferent')}
              </th>
            </tr>
          </thead>
          <tbody>
            {reproductions.map(one => (
              <tr key={one.id}>
                <th scope="row">
                  <Link to="/logs/reproductions/$reproduction" params={{ reproduction: one.id }}>
                    {one.link}
                  </Link>
                  <span className={styles['under']}>{t(`asOf-${one.as}`, { name: one.name })}</span>
                </th>
                <td>
                  <ReproductionChip state={one.state} t={t} />
                </td>
                <td>
                  <Mono wrap>{one.versionsUrl}</Mono>
                </td>
                <td>
                  <TimeText at={one.startedAt} />
                </td>
                <td className={styles['number']}>
                  {t('doneOf', { done: numbers.format(one.asked), total: numbers.format(one.known) })}
                </td>
                <td className={styles['number']}>{numbers.format(one.different + one.unknown)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
