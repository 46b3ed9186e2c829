import { Link } from '@tanstack/react-router';
import type { ChargeDifference } from '../../../../core/contract/reports.ts';
import { LinkName } from '../../../links/link-name.tsx';
import type { Texts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { Mono } from '../../../ui/mono.tsx';
import type { Column } from '../../../ui/table/table-row.tsx';
import { chargeAddress } from '../charges/charge-address.ts';
import { Moment } from '../moment.tsx';
import styles from '../reports.module.css';

export interface DifferenceColumnOptions {
  readonly t: Texts<'reports'>;
  readonly production: ReadonlySet<string>;
  readonly room: number;
}

const OUT = {
  all: new Set<string>(),
  some: new Set(['link']),
  few: new Set(['link', 'inSession', 'inCdr', 'at']),
} as const;

/** Columns of sessions and CDRs that do not say the same. */
export function differenceColumns(options: DifferenceColumnOptions): readonly Column<ChargeDifference>[] {
  const { room } = options;
  const out = OUT[room === 0 || room >= 940 ? 'all' : room >= 700 ? 'some' : 'few'];
  return allColumns(options).filter(({ id }) => !out.has(id));
}

function allColumns({ t, production }: DifferenceColumnOptions): readonly Column<ChargeDifference>[] {
  const words = { unknown: t('ownData'), production: t('production') };
  const charge = (kind: 'session' | 'cdr', id: string | null, { what, link, party }: ChargeDifference) => {
    if (id === null) return null;
    // Named by the CDR, and known to nobody.
    if (kind === 'session' && what === 'no-session') return <Mono title={id}>{id}</Mono>;
    return (
      <Link
        to="/reports/charge"
        search={chargeAddress({ kind, id, link, party })}
        tabIndex={-1}
        className={styles['id'] ?? ''}
        title={id}
      >
        {id}
      </Link>
    );
  };
  return [
    {
      id: 'at',
      header: t('column-at'),
      width: 138,
      cell: ({ at }) => <Moment at={at} />,
    },
    {
      id: 'what',
      header: t('column-what'),
      width: 126,
      cell: ({ what }) => <Chip tone={TONES[what]}>{t(`what-${what}`)}</Chip>,
    },
    {
      id: 'link',
      header: t('column-link'),
      width: 104,
      cell: ({ link }) => <LinkName link={link} production={link !== null && production.has(link)} words={words} />,
    },
    { id: 'session', header: t('column-session'), width: 132, cell: row => charge('session', row.session, row) },
    { id: 'cdr', header: t('column-cdr'), width: 132, cell: row => charge('cdr', row.cdr, row) },
    {
      id: 'inSession',
      header: t('column-inSession'),
      width: 112,
      cell: ({ inSession }) => inSession !== null && <Mono title={inSession}>{inSession}</Mono>,
    },
    {
      id: 'inCdr',
      header: t('column-inCdr'),
      width: 112,
      cell: ({ inCdr }) => inCdr !== null && <Mono title={inCdr}>{inCdr}</Mono>,
    },
    {
      id: 'sentence',
      header: t('column-sentence'),
      cell: ({ sentence }) => (
        <span lang="en" title={sentence}>
          {sentence}
        </span>
      ),
    },
  ];
}

/** What is missing altogether, money and energy; the rest. */
const TONES = {
  'no-cdr': 'bad',
  'no-session': 'warn',
  kwh: 'bad',
  cost: 'bad',
  currency: 'bad',
  start: 'plain',
  end: 'plain',
  token: 'warn',
  location: 'warn',
} as const;
