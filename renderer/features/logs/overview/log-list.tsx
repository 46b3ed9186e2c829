import { Link } from '@tanstack/react-router';
import type { ImportedLog } from '../../../../core/contract/session-log.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { printToken } from '../../../ui/filter-text.ts';
import { Panel } from '../../../ui/panel.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { ConditionChip } from '../log/condition-chip.tsx';
import { RedactionChips } from '../log/redaction-chips.tsx';
import styles from './overview.module.css';

/** Links that are named; the rest is a number that leads to the log. */
const LINKS_SHOWN = 3;

/** Every log that stands in this database. */
export function LogList({ logs }: { readonly logs: readonly ImportedLog[] }) {
  const t = useTexts('logs');
  const numbers = new Intl.NumberFormat(useLanguage());
  return (
    <Panel title={t('importedLogs')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard. */}
      <div className={styles['scroll']} tabIndex={0}>
        <table className={styles['table']} aria-label={t('importedLogs')}>
          <thead>
            <tr>
              <th scope="col">{t('columnLog')}</th>
              <th scope="col">{t('columnWritten')}</th>
              <th scope="col" className={styles['number']}>
                {t('columnExchanges')}
              </th>
              <th scope="col">{t('columnLinks')}</th>
              <th scope="col">{t('factCondition')}</th>
              <th scope="col">{t('factRedaction')}</th>
            </tr>
          </thead>
          <tbody>
            {logs.map(({ logId, name, about, condition, counts, links }) => (
              <tr key={logId}>
                <th scope="row">
                  <Link to="/logs/$log" params={{ log: String(logId) }}>
                    {name}
                  </Link>
                  {about.title !== '' && <span className={styles['under']}>{about.title}</span>}
                </th>
                <td>
                  <TimeText at={about.writtenAt} withDate />
                  <span className={styles['under']}>{t('byRelease', { release: about.workbench })}</span>
                </td>
                <td className={styles['number']}>{numbers.format(counts.exchanges)}</td>
                <td>
                  {links.slice(0, LINKS_SHOWN).map(link => (
                    <Link
                      key={link.name}
                      className={styles['line'] ?? ''}
                      to="/traffic"
                      search={{ q: printToken({ name: 'link', value: link.name }) }}
                      title={t('showTrafficOf', { link: link.name })}
                    >
                      {link.name}
                    </Link>
                  ))}
                  {links.length > LINKS_SHOWN && (
                    <Link to="/logs/$log" params={{ log: String(logId) }}>
                      {t('moreLinks', { count: links.length - LINKS_SHOWN })}
                    </Link>
                  )}
                </td>
                <td>
                  <ConditionChip condition={condition} t={t} />
                </td>
                <td>
                  <RedactionChips about={about} t={t} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
