import { Link } from '@tanstack/react-router';
import type { TransactionSummary } from '../../../../core/contract/transaction.ts';
import { LinkName } from '../../../links/link-name.tsx';
import type { Texts } from '../../../texts/use-texts.ts';
import { Mono } from '../../../ui/mono.tsx';
import type { Column } from '../../../ui/table/table-row.tsx';
import { localDate, localTime, sameDay, utcText } from '../../../ui/time-format.ts';
import { costText, numberText } from '../amounts.ts';
import { ProblemChip, StateChip } from '../state-chip.tsx';
import styles from './list.module.css';

export interface ColumnOptions {
  readonly t: Texts<'transactions'>;
  readonly language: string;
  readonly production: ReadonlySet<string>;
  /** Rows of other days are among them. */
  readonly dated: boolean;
  /** Pixels there are for all of them. */
  readonly room: number;
}

/** What is left out where there is no room for all. */
const OUT = {
  all: new Set<string>(),
  some: new Set(['token', 'exchanges', 'side']),
  few: new Set(['token', 'exchanges', 'side', 'cost', 'place', 'link']),
} as const;

/** Columns of the table of transactions. */
export function transactionColumns(options: ColumnOptions): readonly Column<TransactionSummary>[] {
  const { room } = options;
  const out = OUT[room === 0 || room >= 940 ? 'all' : room >= 660 ? 'some' : 'few'];
  return allColumns(options).filter(({ id }) => !out.has(id));
}

function allColumns({ t, language, production, dated }: ColumnOptions): readonly Column<TransactionSummary>[] {
  const partnerWords = { unknown: t('noLink'), production: t('production') };
  return [
    {
      id: 'begin',
      header: t('columnBegin'),
      width: dated ? 148 : 76,
      cell: ({ startedAt }) => (
        <span className={styles['time']}>
          <Begin at={startedAt} />
        </span>
      ),
    },
    {
      id: 'link',
      header: t('columnLink'),
      width: 104,
      cell: ({ link }) => (
        <LinkName link={link} production={link !== null && production.has(link)} words={partnerWords} />
      ),
    },
    {
      id: 'side',
      header: t('columnSide'),
      width: 62,
      cell: ({ side }) => side !== null && <span className={styles['dim']}>{t(`side-${side}`)}</span>,
    },
    { id: 'state', header: t('columnState'), width: 98, cell: ({ state }) => <StateChip state={state} t={t} /> },
    {
      id: 'session',
      header: t('columnSession'),
      cell: ({ id, session, cdr, reference }) => (
        // The list has the keys: Enter opens the same.
        <Link to="/transactions/$id" params={{ id: String(id) }} tabIndex={-1} className={styles['id'] ?? ''}>
          {session ?? cdr ?? reference ?? t('one', { id })}
        </Link>
      ),
    },
    { id: 'token', header: t('columnToken'), width: 124, cell: ({ token }) => <Mono>{token}</Mono> },
    {
      id: 'place',
      header: t('columnPlace'),
      cell: ({ location, evse }) => {
        const place = [location, evse].filter(part => part !== null).join(' / ');
        // Most name their EVSEs after the location.
        const named = location !== null && evse?.startsWith(location) === true;
        return <Mono title={place}>{named ? evse : place}</Mono>;
      },
    },
    {
      id: 'energy',
      header: t('columnEnergy'),
      width: 76,
      align: 'end',
      cell: ({ kwh }) => kwh !== null && <Mono>{numberText(kwh, language, 1)}</Mono>,
    },
    {
      id: 'cost',
      header: t('columnCost'),
      width: 96,
      align: 'end',
      cell: ({ cost }) => cost !== null && <Mono>{costText(cost, language)}</Mono>,
    },
    {
      id: 'exchanges',
      header: t('columnExchanges'),
      width: 86,
      align: 'end',
      cell: ({ exchanges }) => <Mono>{numberText(exchanges, language)}</Mono>,
    },
    {
      id: 'problem',
      header: t('columnProblem'),
      width: 84,
      cell: ({ problem }) => problem !== null && <ProblemChip severity={problem} t={t} />,
    },
  ];
}

/** To the second, with its day where that is another one; UTC on hover. */
function Begin({ at }: { readonly at: string }) {
  const moment = new Date(at);
  const time = localTime(moment).slice(0, 8);
  return (
    <time dateTime={at} title={utcText(moment)}>
      {sameDay(moment, new Date()) ? time : `${localDate(moment)} ${time}`}
    </time>
  );
}
