import { Link, useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import type { LinkHealth } from '../../../../core/contract/health.ts';
import { ProductionSign } from '../../../links/production.tsx';
import { StateChip } from '../../../links/state-chip.tsx';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { AgoText } from '../../../ui/ago-text.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { Mono } from '../../../ui/mono.tsx';
import { useLineKeys } from '../../../ui/table/use-line-keys.ts';
import { durationText } from '../../../ui/time-format.ts';
import { useNow } from '../../../ui/use-now.ts';
import { NoticeCount } from '../notices/notice-count.tsx';
import { percentText } from '../percent.ts';
import { HourSpark } from './hour-spark.tsx';
import { lastPullOf, oldestToken, worstFirst } from './link-line.ts';
import styles from './link-table.module.css';

const COLUMNS = ['link', 'state', 'heard', 'pull', 'errors', 'p95', 'overdue', 'token', 'changes', 'notices'] as const;
const NUMBERS: readonly string[] = ['p95', 'overdue', 'token'];
const NOW_MS = 15_000;

/** One line a link; arrow keys move between them, Enter opens. */
export function LinkTable({ links }: { readonly links: readonly LinkHealth[] }) {
  const t = useTexts('health');
  const navigate = useNavigate();
  const now = useNow(NOW_MS);
  const table = useRef<HTMLTableElement>(null);
  const lines = worstFirst(links);
  const { at, onLine, onKeyDown } = useLineKeys(table, lines.length);
  return (
    <div className={styles['frame']}>
      <table className={styles['table']} ref={table} aria-label={t('tab-links')}>
        <thead>
          <tr>
            {COLUMNS.map(column => (
              <th
                key={column}
                scope="col"
                className={classNames(styles[column], NUMBERS.includes(column) && styles['number'])}
              >
                {t(`column-${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown}>
          {lines.map((line, position) => {
            const open = () => void navigate({ to: '/health/links/$name', params: { name: line.link } });
            return (
              <tr
                key={line.link}
                tabIndex={position === at ? 0 : -1}
                className={classNames(styles['line'], line.environment === 'production' && styles['production'])}
                onFocus={() => onLine(position)}
                onClick={event => {
                  if (event.target instanceof Element && event.target.closest('a') === null) open();
                }}
                onKeyDown={event => {
                  if (event.key === 'Enter' && event.target === event.currentTarget) open();
                }}
              >
                <Cells line={line} now={now} />
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Cells({ line, now }: { readonly line: LinkHealth; readonly now: number }) {
  const t = useTexts('health');
  const language = useLanguage();
  const numbers = new Intl.NumberFormat(language);
  const pull = lastPullOf(line);
  const token = oldestToken(line);
  const [first, ...others] = line.overdue;
  return (
    <>
      <td className={styles['link']}>
        <span className={styles['named']}>
          <Link to="/health/links/$name" params={{ name: line.link }} tabIndex={-1} title={line.organisation}>
            {line.link}
          </Link>
          {line.environment === 'production' && <ProductionSign />}
        </span>
      </td>
      <td>
        <StateChip state={line.state} />
      </td>
      <td>
        {line.lastHeard === null ? (
          <span className={styles['dim']}>{t('never')}</span>
        ) : (
          <AgoText at={line.lastHeard} now={now} language={language} />
        )}
      </td>
      <td>
        {pull === undefined ? (
          <span className={styles['dim']}>{t('never')}</span>
        ) : (
          <span className={styles['pulled']}>
            {pull.good !== null && <AgoText at={pull.good} now={now} language={language} />}
            {pull.failing.length > 0 && (
              <Chip tone="bad" title={pull.failing.join(', ')}>
                {t('pullFailed')}
              </Chip>
            )}
          </span>
        )}
      </td>
      <td className={styles['errors']}>
        <span className={styles['rate']}>
          <HourSpark hours={line.hours} />
          {line.errorRate === null ? (
            <span className={styles['dim']}>{t('none')}</span>
          ) : (
            <Mono
              title={t('lastHour', { failed: numbers.format(line.failed), exchanges: numbers.format(line.exchanges) })}
            >
              <span className={line.failed > 0 ? styles['bad'] : undefined}>
                {percentText(line.errorRate, language)}
              </span>
            </Mono>
          )}
        </span>
      </td>
      <td className={styles['number']}>
        {line.p95Ms === null ? <span className={styles['dim']}>{t('none')}</span> : durationText(line.p95Ms)}
      </td>
      <td className={styles['number']}>
        {first === undefined ? (
          <span className={styles['dim']}>{t('none')}</span>
        ) : others.length === 0 ? (
          <Link to="/traffic" search={{ exchange: first.exchangeId }} tabIndex={-1} title={first.what}>
            1
          </Link>
        ) : (
          <Link to="/health/links/$name" params={{ name: line.link }} tabIndex={-1}>
            {numbers.format(line.overdue.length)}
          </Link>
        )}
      </td>
      <td className={styles['number']}>
        {token === undefined ? (
          <span className={styles['dim']}>{t('none')}</span>
        ) : (
          t('days', { count: Math.floor(token), number: numbers.format(Math.floor(token)) })
        )}
      </td>
      <td>
        {line.changes.length === 0 ? (
          <span className={styles['dim']}>{t('none')}</span>
        ) : (
          <span title={line.changes.map(({ sentence }) => sentence).join('\n')}>
            {t('changed', { count: line.changes.length, number: numbers.format(line.changes.length) })}
          </span>
        )}
      </td>
      <td>
        <NoticeCount notices={line.notices} />
      </td>
    </>
  );
}
