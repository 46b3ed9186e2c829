import { IconFlask, IconNote } from '@tabler/icons-react';
import type { ExchangeSummary } from '../../../../core/contract/exchange.ts';
import { FindingsChip } from '../../../exchange/findings-chip.tsx';
import { operationWords } from '../../../exchange/operation-words.ts';
import { HttpChip, OcpiChip } from '../../../exchange/statuses.tsx';
import { LinkName } from '../../../links/link-name.tsx';
import type { Texts } from '../../../texts/use-texts.ts';
import { DurationBar } from '../../../ui/duration.tsx';
import { Spoken } from '../../../ui/spoken.tsx';
import type { Column } from '../../../ui/table/table-row.tsx';
import { localDate, localTime, sameDay, utcText } from '../../../ui/time-format.ts';
import styles from './traffic-table.module.css';

export interface ColumnOptions {
  readonly t: Texts<'traffic'>;
  readonly production: ReadonlySet<string>;
  /** Rows of other days are among them. */
  readonly dated: boolean;
  /** `narrow`: details stand beside it, and the path is left to them. */
  readonly room: 'wide' | 'narrow';
}

/** A bar of this length stands for this long and longer. */
const LONGEST_MS = 10_000;

export function trafficColumns({ t, production, dated, room }: ColumnOptions): readonly Column<ExchangeSummary>[] {
  const words = operationWords(t);
  const partnerWords = { unknown: t('noLink'), production: t('prod') };
  const arrows = { in: t('cameIn'), out: t('wentOut') };
  const columns: Record<string, Column<ExchangeSummary>> = {
    time: {
      id: 'time',
      header: t('column-time'),
      width: !dated ? 104 : room === 'wide' ? 186 : 148,
      cell: row => <Time at={row.at} year={room === 'wide'} />,
    },
    direction: {
      id: 'direction',
      header: '',
      width: 26,
      cell: row => (
        <span className={row.direction === 'in' ? styles['in'] : styles['out']} title={arrows[row.direction]}>
          <span aria-hidden>{row.direction === 'in' ? '←' : '→'}</span>
          <Spoken>{arrows[row.direction]}</Spoken>
        </span>
      ),
    },
    partner: {
      id: 'partner',
      header: t('column-partner'),
      width: room === 'wide' ? 142 : 106,
      cell: row => (
        <LinkName link={row.link} production={row.link !== null && production.has(row.link)} words={partnerWords} />
      ),
    },
    operation: {
      id: 'operation',
      header: t('column-operation'),
      width: room === 'wide' ? 158 : 'grow',
      cell: row =>
        row.operation === 'unknown' ? <span className={styles['dim']}>{words('unknown')}</span> : words(row.operation),
    },
    request: {
      id: 'request',
      header: t('column-request'),
      cell: row => (
        <span className={styles['request']} title={row.url}>
          <span className={styles['method']}>{row.method}</span> {pathOf(row.url)}
        </span>
      ),
    },
    http: { id: 'http', header: t('column-http'), width: 80, cell: row => <HttpChip of={row} t={t} /> },
    ocpi: { id: 'ocpi', header: t('column-ocpi'), width: 58, cell: row => <OcpiChip status={row.ocpiStatus} /> },
    took: {
      id: 'took',
      header: t('column-took'),
      width: 122,
      cell: row => <DurationBar ms={row.durationMs} max={LONGEST_MS} />,
    },
    findings: {
      id: 'findings',
      header: t('column-findings'),
      width: room === 'wide' ? 108 : 98,
      cell: row => <FindingsChip findings={row.findings} t={t} />,
    },
    fault: {
      id: 'fault',
      header: '',
      width: 32,
      cell: row =>
        row.faults.length === 0 ? null : (
          <span title={t('hasFault', { kinds: row.faults.join(', ') })}>
            <IconFlask size={14} stroke={1.7} aria-hidden className={styles['fault'] ?? ''} />
            <Spoken>{t('hasFault', { kinds: row.faults.join(', ') })}</Spoken>
          </span>
        ),
    },
    note: {
      id: 'note',
      header: '',
      width: 28,
      cell: row =>
        row.note === null ? null : (
          <span title={row.note}>
            <IconNote size={14} stroke={1.7} aria-hidden className={styles['note'] ?? ''} />
            <Spoken>{t('hasNote')}</Spoken>
          </span>
        ),
    },
  };
  const ids =
    room === 'wide'
      ? ['time', 'direction', 'partner', 'operation', 'request', 'http', 'ocpi', 'took', 'findings', 'fault', 'note']
      : ['time', 'direction', 'partner', 'operation', 'http', 'ocpi', 'findings', 'fault', 'note'];
  return ids.flatMap(id => columns[id] ?? []);
}

/** Local time with milliseconds, the day before it where it is another one; UTC on hover. */
function Time({ at, year }: { readonly at: string; readonly year: boolean }) {
  const moment = new Date(at);
  const day = year ? localDate(moment) : localDate(moment).slice('2026-'.length);
  return (
    <time className={styles['time']} dateTime={at} title={utcText(moment)}>
      {sameDay(moment, new Date()) ? localTime(moment) : `${day} ${localTime(moment)}`}
    </time>
  );
}

/** What follows the host. */
function pathOf(url: string): string {
  return url.replace(/^https?:\/\/[^/?#]*/, '') || '/';
}
