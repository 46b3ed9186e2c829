import { Link } from '@tanstack/react-router';
import type { LinkHealth } from '../../../../core/contract/health.ts';
import { StatusMark } from '../../../evse/status-mark.tsx';
import { byUrgency } from '../../../evse/status-shape.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { AgoText } from '../../../ui/ago-text.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import area from '../health.module.css';
import styles from './link-health.module.css';

export interface LinkPart {
  readonly health: LinkHealth;
  readonly now: number;
}

/** Results of commands that should have come; each leads to the command. */
export function OverduePanel({ health: { overdue }, now }: LinkPart) {
  const t = useTexts('health');
  const language = useLanguage();
  return (
    <Panel title={t('overdueTitle')}>
      {overdue.length === 0 ? (
        <p className={styles['none']}>{t('noOverdue')}</p>
      ) : (
        <ul className={styles['list']}>
          {overdue.map(({ exchangeId, what, due }) => (
            <li key={`${exchangeId} ${what}`} className={styles['line']}>
              <Link to="/traffic" search={{ exchange: exchangeId }}>
                {what}
              </Link>
              <span className={styles['dim']}>
                {t('dueAt')} <AgoText at={due} now={now} language={language} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** How old the tokens are, by their labels: never the tokens themselves. */
export function TokensPanel({ health: { link, tokens } }: LinkPart) {
  const t = useTexts('health');
  const numbers = new Intl.NumberFormat(useLanguage());
  return (
    <Panel
      title={t('tokensTitle')}
      actions={
        <Link to="/partners/link/$name" params={{ name: link }} search={{ tab: 'tokens' }}>
          {t('toTokens')}
        </Link>
      }
    >
      {tokens.length === 0 ? (
        <p className={styles['none']}>{t('noTokens')}</p>
      ) : (
        <table className={area['table']} aria-label={t('tokensTitle')}>
          <tbody>
            {tokens.map(({ label, issuedBy, issuedAt, days }) => (
              <tr key={`${label} ${issuedBy} ${issuedAt}`}>
                <td>
                  <Mono>{label}</Mono>
                </td>
                <td>{t(`issuedBy-${issuedBy}`)}</td>
                <td className={styles['dim']}>
                  <TimeText at={issuedAt} />
                </td>
                <td className={area['number']}>
                  {t('days', { count: Math.floor(days), number: numbers.format(Math.floor(days)) })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

/** What is another than a day ago. */
export function ChangesPanel({ health: { link, changes }, now }: LinkPart) {
  const t = useTexts('health');
  const language = useLanguage();
  return (
    <Panel
      title={t('changesTitle')}
      actions={
        <Link to="/partners/link/$name" params={{ name: link }} search={{ tab: 'endpoints' }}>
          {t('toEndpoints')}
        </Link>
      }
    >
      {changes.length === 0 ? (
        <p className={styles['none']}>{t('noChanges')}</p>
      ) : (
        <ul className={styles['list']}>
          {changes.map(({ at, what, sentence }) => (
            <li key={`${at} ${what} ${sentence}`} className={styles['line']}>
              <span lang="en">{sentence}</span>
              <span className={styles['dim']}>
                <AgoText at={at} now={now} language={language} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** How many EVSEs say what. */
export function LocationsPanel({ health }: LinkPart) {
  const t = useTexts('health');
  const numbers = new Intl.NumberFormat(useLanguage());
  const { link, locations, evses, statuses } = health;
  return (
    <Panel
      title={t('locationsTitle')}
      actions={
        <Link to="/health" search={{ tab: 'locations', link }}>
          {t('tab-locations')}
        </Link>
      }
    >
      {locations === 0 ? (
        <p className={styles['none']}>{t('noLocationsTitle')}</p>
      ) : (
        <>
          <p className={styles['summary']}>
            {t('locations', { count: locations, number: numbers.format(locations) })} ·{' '}
            {t('evses', { count: evses, number: numbers.format(evses) })}
          </p>
          <ul className={styles['statuses']}>
            {byUrgency(statuses).map(([status, count]) => (
              <li key={status}>
                <StatusMark status={status} /> <span aria-hidden>{status}</span> <b>{numbers.format(count)}</b>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}
