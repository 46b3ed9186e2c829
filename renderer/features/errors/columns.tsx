import { LinkName } from '../../links/link-name.tsx';
import type { Texts } from '../../texts/use-texts.ts';
import { Chip, type Tone } from '../../ui/chip.tsx';
import type { Column } from '../../ui/table/table-row.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import styles from './error-table.module.css';
import { explain, meaningOf, type Words } from './explain.ts';
import type { FailureRow } from './groups.ts';

/** `narrow`: details stand beside the list, in a small window. */
export type Room = 'narrow' | 'middle' | 'wide' | 'widest';

export interface ColumnsOptions {
  readonly t: Texts<'errors'>;
  readonly language: string;
  readonly production: ReadonlySet<string>;
  /** Some of the times are of another day. */
  readonly dated: boolean;
  readonly room: Room;
}

/** What ended by our own doing is no fault of anyone's. */
export function toneOf({ layer, code }: Pick<FailureRow, 'layer' | 'code'>): Tone {
  return layer === 'network' && (code === 'cancelled' || code === 'interrupted') ? 'plain' : 'bad';
}

export function errorColumns({ t, language, production, dated, room }: ColumnsOptions): readonly Column<FailureRow>[] {
  const numbers = new Intl.NumberFormat(language);
  const words = { unknown: t('noLink'), production: t('production') };
  const time = dated ? 194 : 112;
  const code: Column<FailureRow> = {
    id: 'code',
    header: t('columnCode'),
    width: 172,
    cell: row => (
      <span className={styles['code']}>
        <span className={styles['layer']}>{t(row.layer)}</span>
        <Chip tone={toneOf(row)}>{row.code}</Chip>
      </span>
    ),
  };
  const meaning: Column<FailureRow> = {
    id: 'meaning',
    header: t('columnMeaning'),
    cell: row => <Told words={meaningOf(row)} t={t} className={row.newCode ? styles['meaning'] : styles['repeated']} />,
  };
  const advice: Column<FailureRow> = {
    id: 'advice',
    header: t('advice'),
    cell: row => (
      <span className={styles['dim']}>
        {row.newCode &&
          explain(row).advice.map(words => (
            <Told
              key={'key' in words ? words.key : words.english}
              words={words}
              t={t}
              link={row.link ?? t('someone')}
            />
          ))}
      </span>
    ),
  };
  const said: Column<FailureRow> = {
    id: 'said',
    header: t('columnSaid'),
    width: 124,
    cell: row => <span className={styles['dim']}>{saidBy(row, t)}</span>,
  };
  const link: Column<FailureRow> = {
    id: 'link',
    header: t('columnLink'),
    width: room === 'narrow' ? 124 : 152,
    cell: row => <LinkName link={row.link} production={row.link !== null && production.has(row.link)} words={words} />,
  };
  const versions: Column<FailureRow> = {
    id: 'versions',
    header: t('columnVersions'),
    width: 64,
    cell: ({ versions: [newest, ...more] }) => (
      <span className={styles['number']}>
        {newest ?? '–'}
        {more.length > 0 && ' …'}
      </span>
    ),
  };
  const count: Column<FailureRow> = {
    id: 'count',
    header: t('columnCount'),
    width: 68,
    align: 'end',
    cell: row => <span className={styles['number']}>{numbers.format(row.count)}</span>,
  };
  const share: Column<FailureRow> = {
    id: 'share',
    header: t('columnShare'),
    width: room === 'narrow' ? 60 : 104,
    cell: row => (
      <span className={styles['share']}>
        <span className={styles['track']} aria-hidden>
          <span style={{ width: `${row.share * 100}%` }} />
        </span>
        {room !== 'narrow' && <span className={styles['percent']}>{shareText(row.share, language)}</span>}
      </span>
    ),
  };
  const at = (id: 'first' | 'last', header: string): Column<FailureRow> => ({
    id,
    header,
    width: time,
    align: 'end',
    cell: row => (
      <span className={styles['number']}>
        <TimeText at={row[id]} />
      </span>
    ),
  });
  const first = at('first', t('columnFirst'));
  const last = at('last', t('columnLast'));
  // What there is no room for stands in the details.
  if (room === 'narrow') return [code, meaning, link, count, share];
  return [
    code,
    meaning,
    ...(room === 'widest' ? [advice] : []),
    said,
    link,
    ...(room === 'widest' || (room === 'wide' && !dated) ? [versions] : []),
    count,
    share,
    ...(room === 'middle' && dated ? [] : [first]),
    last,
  ];
}

export function saidBy({ direction, layer }: Pick<FailureRow, 'direction' | 'layer'>, t: Texts<'errors'>): string {
  return layer === 'network' ? t(`said-${direction}-network`) : t(`said-${direction}`);
}

/** `34 %`; what is there at all is never nothing. */
export function shareText(share: number, language: string): string {
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  return share < 0.01 ? `< ${percent.format(0.01)}` : percent.format(share);
}

interface ToldProps {
  readonly words: Words;
  readonly t: Texts<'errors'>;
  readonly link?: string;
  readonly className?: string | undefined;
}

/** Without hooks: cells of the list. What is English in every language says so, for those who are read to. */
export function Told({ words, t, link = '', className }: ToldProps) {
  if ('key' in words) return <span className={className}>{t(words.key, { link })}</span>;
  return (
    <span className={className} lang="en">
      {words.english}
    </span>
  );
}
