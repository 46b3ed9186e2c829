import { IconMapPinOff } from '@tabler/icons-react';
import type { ObjectLine } from '../../../../core/contract/objects.ts';
import { StatusMark } from '../../../evse/status-mark.tsx';
import { byUrgency } from '../../../evse/status-shape.ts';
import { Chip } from '../../../ui/chip.tsx';
import { Mono } from '../../../ui/mono.tsx';
import type { Column } from '../../../ui/table/table-row.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import styles from './location-table.module.css';

export interface ColumnTexts {
  readonly headers: Readonly<
    Record<
      | 'status'
      | 'id'
      | 'name'
      | 'address'
      | 'city'
      | 'country'
      | 'party'
      | 'link'
      | 'findings'
      | 'updated'
      | 'revision',
      string
    >
  >;
  readonly vanished: string;
  readonly production: string;
  readonly noEvses: string;
  readonly noPosition: string;
}

/** What is left out where there is no room for all; the link only where there is one. */
const OUT: Readonly<Record<'all' | 'some' | 'few', ReadonlySet<string>>> = {
  all: new Set(),
  some: new Set(['country', 'party', 'revision']),
  few: new Set(['address', 'country', 'party', 'updated', 'revision']),
};

export interface ColumnOptions {
  readonly texts: ColumnTexts;
  /** Names of links to production partners. */
  readonly production: ReadonlySet<string>;
  /** Whether objects of several links may stand in the table. */
  readonly several: boolean;
  /** Pixels there are for all of them. */
  readonly room: number;
}

/** Columns of the table of locations. */
export function locationColumns({ texts, production, several, room }: ColumnOptions): readonly Column<ObjectLine>[] {
  const out = OUT[room >= 1240 ? 'all' : room >= 820 ? 'some' : 'few'];
  const tells = several || production.size > 0;
  return allColumns(texts, production).filter(({ id }) => !out.has(id) && (id !== 'link' || tells));
}

/** The most urgent ones. */
const MOST_STATUSES = 3;

function allColumns(texts: ColumnTexts, production: ReadonlySet<string>): readonly Column<ObjectLine>[] {
  const { headers } = texts;
  return [
    {
      id: 'status',
      header: headers.status,
      width: 128,
      cell: ({ statuses }) => {
        const counted = byUrgency(statuses);
        if (counted.length === 0) return <span className={styles['dim']}>{texts.noEvses}</span>;
        const shown = counted.slice(0, MOST_STATUSES);
        return (
          <>
            {shown.map(([status, count]) => (
              <StatusMark key={status} status={status} count={count} />
            ))}
            {counted.length > shown.length && <span className={styles['dim']}>+{counted.length - shown.length}</span>}
          </>
        );
      },
    },
    {
      id: 'id',
      header: headers.id,
      width: 112,
      cell: ({ id, vanished }) => (
        <>
          {vanished && <Chip tone="warn">{texts.vanished}</Chip>} <Mono title={id}>{id}</Mono>
        </>
      ),
    },
    { id: 'name', header: headers.name, cell: ({ name }) => <span title={name ?? undefined}>{name}</span> },
    {
      id: 'address',
      header: headers.address,
      cell: ({ address }) => <span title={address ?? undefined}>{address}</span>,
    },
    { id: 'city', header: headers.city, width: 96, cell: ({ city }) => <span title={city ?? undefined}>{city}</span> },
    { id: 'country', header: headers.country, width: 68, cell: ({ country }) => <Mono>{country}</Mono> },
    { id: 'party', header: headers.party, width: 66, cell: ({ party }) => <Mono>{party}</Mono> },
    {
      id: 'link',
      header: headers.link,
      width: 110,
      cell: ({ link }) => (
        <span className={styles['link']} title={link}>
          {production.has(link) && <span className={styles['production']}>{texts.production}</span>}
          <span className={styles['linkName']}>{link}</span>
        </span>
      ),
    },
    {
      id: 'findings',
      header: headers.findings,
      width: 66,
      cell: ({ findings: { error, warning, note }, position }) => (
        <span className={styles['findings']}>
          {error > 0 && <Chip tone="bad">{`E${error}`}</Chip>}
          {warning > 0 && <Chip tone="warn">{`W${warning}`}</Chip>}
          {note > 0 && <Chip tone="plain">{`N${note}`}</Chip>}
          {position === null && (
            <IconMapPinOff size={14} className={styles['dim']} role="img" aria-label={texts.noPosition} />
          )}
        </span>
      ),
    },
    {
      id: 'updated',
      header: headers.updated,
      width: 184,
      cell: ({ lastUpdated }) => <Mono>{lastUpdated === null ? '' : <TimeText at={lastUpdated} withDate />}</Mono>,
    },
    {
      id: 'revision',
      header: headers.revision,
      width: 40,
      align: 'end',
      cell: ({ revision }) => <Mono>{revision}</Mono>,
    },
  ];
}
