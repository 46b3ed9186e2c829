import { Link } from '@tanstack/react-router';
import type { LocationHealth } from '../../../../core/contract/health.ts';
import { StatusMark } from '../../../evse/status-mark.tsx';
import { byUrgency } from '../../../evse/status-shape.ts';
import { LinkName } from '../../../links/link-name.tsx';
import type { Texts } from '../../../texts/use-texts.ts';
import { AgoText } from '../../../ui/ago-text.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { Mono } from '../../../ui/mono.tsx';
import type { Column } from '../../../ui/table/table-row.tsx';
import { AvailabilityBar } from '../availability-bar.tsx';
import { partySegment } from '../location-address.ts';
import type { Span } from '../search.ts';
import styles from './location-columns.module.css';

export interface LocationColumnsOptions {
  readonly t: Texts<'health'>;
  readonly language: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly hours: Span;
  /** Names of links to production partners. */
  readonly production: ReadonlySet<string>;
  /** Whether locations of several links may stand in the table. */
  readonly several: boolean;
}

/** The most urgent ones. */
const MOST_STATUSES = 3;

export function locationColumns(options: LocationColumnsOptions): readonly Column<LocationHealth>[] {
  const { t, language, now, hours, production, several } = options;
  const numbers = new Intl.NumberFormat(language);
  const words = { unknown: '', production: t('productionShort') };
  const linkColumn: Column<LocationHealth> = {
    id: 'link',
    header: t('column-link'),
    width: 120,
    cell: ({ link }) => <LinkName link={link} production={production.has(link)} words={words} />,
  };
  return [
    {
      id: 'name',
      header: t('column-location'),
      cell: ({ link, party, id, name }) => (
        <Link
          to="/health/locations/$link/$party/$id"
          params={{ link, party: partySegment(party), id }}
          search={hours === 24 ? {} : { hours }}
          tabIndex={-1}
          title={`${name} ${id}`}
        >
          {name === '' ? id : name} <span className={styles['dim']}>{name === '' ? '' : id}</span>
        </Link>
      ),
    },
    ...(several || production.size > 0 ? [linkColumn] : []),
    { id: 'party', header: t('column-party'), width: 76, cell: ({ party }) => <Mono>{party}</Mono> },
    {
      id: 'statuses',
      header: t('column-statuses'),
      width: 150,
      cell: ({ statuses }) => {
        const counted = byUrgency(statuses);
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
      id: 'availability',
      header: t(`column-availability-${hours}`),
      width: 138,
      cell: ({ availability }) => <AvailabilityBar share={availability} language={language} unknown={t('unknown')} />,
    },
    {
      id: 'trouble',
      header: t('column-trouble'),
      width: 216,
      cell: ({ outOfOrder, inoperative, stuck }) => (
        <span className={styles['chips']}>
          {outOfOrder > 0 && <Chip tone="bad">{t('outOfOrder', { number: numbers.format(outOfOrder) })}</Chip>}
          {inoperative > 0 && <Chip tone="warn">{t('inoperative', { number: numbers.format(inoperative) })}</Chip>}
          {stuck > 0 && <Chip tone="plain">{t('stuck', { number: numbers.format(stuck) })}</Chip>}
        </span>
      ),
    },
    {
      id: 'changed',
      header: t('column-changed'),
      width: 96,
      cell: ({ changedAt }) =>
        changedAt === null ? (
          <span className={styles['dim']}>{t('unknown')}</span>
        ) : (
          <AgoText at={changedAt} now={now} language={language} />
        ),
    },
    {
      id: 'notices',
      header: t('column-notices'),
      width: 70,
      align: 'end',
      cell: ({ notices }) =>
        notices === 0 ? <span className={styles['dim']}>{t('none')}</span> : <Mono>{numbers.format(notices)}</Mono>,
    },
  ];
}
