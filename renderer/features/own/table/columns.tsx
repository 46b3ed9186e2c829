import type { OwnObject } from '../../../../core/contract/own.ts';
import type { Texts } from '../../../texts/use-texts.ts';
import { Chip, type Tone } from '../../../ui/chip.tsx';
import { Mono } from '../../../ui/mono.tsx';
import type { Column } from '../../../ui/table/table-row.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import type { OwnKind } from '../kinds.ts';
import { evsesOf, kwhOf, moneyOf, numberAt, textAt } from '../reading.ts';
import styles from './own-table.module.css';

export interface ColumnOptions {
  readonly t: Texts<'own'>;
  readonly kind: OwnKind;
  /** Of several parties: whose each one is. */
  readonly several: boolean;
  /** Pixels there are. */
  readonly room: number;
}

/** In their order; what says the least leaves first where there is no room. */
export function ownColumns({ t, kind, several, room }: ColumnOptions): readonly Column<OwnObject>[] {
  const id: Column<OwnObject> = { id: 'id', header: t('columnId'), cell: row => <Mono>{row.id}</Mono> };
  const party: Column<OwnObject> = {
    id: 'party',
    header: t('columnParty'),
    width: 74,
    cell: row => <Mono>{row.party}</Mono>,
  };
  const version: Column<OwnObject> = {
    id: 'version',
    header: t('columnVersion'),
    width: 60,
    cell: row => <Mono>{row.version}</Mono>,
  };
  const updated: Column<OwnObject> = {
    id: 'updated',
    header: t('columnUpdated'),
    width: 188,
    cell: row => (
      <span className={styles['time']}>
        <TimeText at={row.lastUpdated} />
      </span>
    ),
  };
  const [first, ...others] = toldOf(t, kind);
  const always = [id, ...(several ? [party] : []), version];
  let left = room === 0 ? Number.POSITIVE_INFINITY : room - always.reduce((sum, column) => sum + widthOf(column), 0);
  const fitting = [first, updated, ...others].filter(column => {
    if (column === undefined || widthOf(column) > left) return false;
    left -= widthOf(column);
    return true;
  });
  const shown = new Set<Column<OwnObject> | undefined>([...always, ...fitting]);
  return [id, first, ...others, party, version, updated].flatMap(column =>
    column !== undefined && shown.has(column) ? [column] : [],
  );
}

/** Pixels of a column that takes what is left over. */
const LEAST_TEXT = 130;

function widthOf({ width }: Column<OwnObject>): number {
  return typeof width === 'number' ? width : LEAST_TEXT;
}

function toldOf(t: Texts<'own'>, { id }: OwnKind): Column<OwnObject>[] {
  const said = (field: string, header: string, width: number | 'grow' = 'grow'): Column<OwnObject> => ({
    id: field,
    header,
    width,
    cell: ({ object }) => textAt(object, field),
  });
  const code = (field: string, header: string, width: number | 'grow' = 'grow'): Column<OwnObject> => ({
    ...said(field, header, width),
    cell: ({ object }) => <Mono>{textAt(object, field)}</Mono>,
  });
  const chip = (field: string, header: string, width: number): Column<OwnObject> => ({
    id: field,
    header,
    width,
    cell: ({ object }) => {
      const text = textAt(object, field);
      return text === '' ? null : <Chip tone={TONES[text] ?? 'plain'}>{text}</Chip>;
    },
  });
  const kwh: Column<OwnObject> = {
    id: 'kwh',
    header: 'kWh',
    width: 74,
    align: 'end',
    cell: ({ object }) => <Mono>{kwhOf(object)}</Mono>,
  };
  const money: Column<OwnObject> = {
    id: 'cost',
    header: t('columnCost'),
    width: 108,
    align: 'end',
    cell: ({ object }) => <Mono>{moneyOf(object)}</Mono>,
  };
  switch (id) {
    case 'locations':
    case 'booking_locations':
      return [
        said('name', t('columnName')),
        said('city', t('columnCity'), 120),
        {
          id: 'evses',
          header: t('columnEvses'),
          width: 110,
          cell: ({ object }) => {
            const { count, available } = evsesOf(object);
            return count === 0 ? '' : t('evses', { count, available });
          },
        },
      ];
    case 'sessions':
      return [chip('status', t('columnStatus'), 108), kwh, code('location_id', t('columnLocation'))];
    case 'cdrs':
      return [kwh, money, code('session_id', t('columnSession'))];
    case 'tariffs':
      return [
        said('type', t('columnType'), 150),
        code('currency', t('columnCurrency'), 76),
        {
          id: 'elements',
          header: t('columnElements'),
          width: 84,
          align: 'end',
          cell: ({ object }) => <Mono>{numberAt(object, 'elements')}</Mono>,
        },
      ];
    case 'tokens':
      return [
        said('type', t('columnType'), 96),
        chip('whitelist', t('columnWhitelist'), 132),
        {
          id: 'valid',
          header: t('columnValid'),
          width: 88,
          cell: ({ object }) => {
            const valid = (object as { readonly valid?: unknown } | null)?.valid;
            return typeof valid === 'boolean' ? (
              <Chip tone={valid ? 'ok' : 'bad'}>{valid ? t('valid') : t('invalid')}</Chip>
            ) : null;
          },
        },
        code('contract_id', t('columnContract')),
      ];
    case 'hubclientinfo':
      return [said('role', t('columnRole'), 90), chip('status', t('columnStatus'), 120)];
    case 'bookings':
      return [chip('reservation_status', t('columnStatus'), 120), code('location_id', t('columnLocation'))];
    case 'terminals':
    case 'payments':
      return [code('reference', t('columnReference'))];
    case 'financial-advice-confirmations':
      return [code('authorization_reference', t('columnReference'))];
    case 'invoicereconciliation':
      return [code('invoice_id', t('columnInvoice'))];
  }
}

const TONES: Readonly<Record<string, Tone>> = {
  ACTIVE: 'accent',
  COMPLETED: 'ok',
  INVALID: 'bad',
  PENDING: 'plain',
  RESERVATION: 'warn',
  CONNECTED: 'ok',
  OFFLINE: 'warn',
  SUSPENDED: 'bad',
};
