import { Link } from '@tanstack/react-router';
import type { ReportCharge } from '../../../../core/contract/reports.ts';
import { LinkName } from '../../../links/link-name.tsx';
import type { Texts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { Mono } from '../../../ui/mono.tsx';
import type { Column } from '../../../ui/table/table-row.tsx';
import { costText, numberText } from '../amounts.ts';
import { Moment } from '../moment.tsx';
import styles from '../reports.module.css';
import { chargeAddress } from './charge-address.ts';

export interface ChargeColumnOptions {
  readonly t: Texts<'reports'>;
  readonly language: string;
  readonly production: ReadonlySet<string>;
  /** Pixels there are for all of them. */
  readonly room: number;
}

const OUT = {
  all: new Set<string>(),
  some: new Set(['token', 'tariff', 'idle']),
  few: new Set(['token', 'tariff', 'idle', 'link', 'place', 'hours']),
} as const;

/** Columns of the charges behind a bar. */
export function chargeColumns(options: ChargeColumnOptions): readonly Column<ReportCharge>[] {
  const { room } = options;
  const out = OUT[room === 0 || room >= 1000 ? 'all' : room >= 680 ? 'some' : 'few'];
  return allColumns(options).filter(({ id }) => !out.has(id));
}

function allColumns({ t, language, production }: ChargeColumnOptions): readonly Column<ReportCharge>[] {
  const words = { unknown: t('ownData'), production: t('production') };
  const number = (value: number | null, digits: number) =>
    value !== null && <Mono>{numberText(value, language, digits)}</Mono>;
  return [
    {
      id: 'start',
      header: t('column-start'),
      width: 138,
      cell: ({ start }) => <Moment at={start} />,
    },
    {
      id: 'id',
      header: t('column-id'),
      cell: charge => (
        // The table has the keys: Enter opens the same.
        <Link
          to="/reports/charge"
          search={chargeAddress(charge)}
          tabIndex={-1}
          className={styles['id'] ?? ''}
          title={charge.id}
        >
          {charge.id}
        </Link>
      ),
    },
    {
      id: 'link',
      header: t('column-link'),
      width: 104,
      cell: ({ link }) => <LinkName link={link} production={link !== null && production.has(link)} words={words} />,
    },
    {
      id: 'place',
      header: t('column-place'),
      cell: ({ location, evse }) => {
        const place = [location, evse].filter(part => part !== null).join(' / ');
        const named = location !== null && evse?.startsWith(location) === true;
        return <Mono title={place}>{named ? evse : place}</Mono>;
      },
    },
    { id: 'token', header: t('column-token'), width: 124, cell: ({ token }) => <Mono>{token}</Mono> },
    { id: 'tariff', header: t('column-tariff'), width: 96, cell: ({ tariff }) => <Mono>{tariff}</Mono> },
    { id: 'kwh', header: t('column-kwh'), width: 72, align: 'end', cell: ({ kwh }) => number(kwh, 2) },
    { id: 'hours', header: t('column-hours'), width: 68, align: 'end', cell: ({ hours }) => number(hours, 2) },
    { id: 'idle', header: t('column-idle'), width: 76, align: 'end', cell: ({ idleHours }) => number(idleHours, 2) },
    {
      id: 'cost',
      header: t('column-cost'),
      width: 100,
      align: 'end',
      cell: ({ cost }) => cost !== null && <Mono>{costText(cost, language)}</Mono>,
    },
    {
      id: 'state',
      header: t('column-state'),
      width: 92,
      cell: ({ status, credits }) =>
        credits !== null ? (
          <Chip tone="warn" title={t('creditsOf', { id: credits })}>
            {t('credit')}
          </Chip>
        ) : (
          status !== null && <Chip tone="plain">{status}</Chip>
        ),
    },
  ];
}
