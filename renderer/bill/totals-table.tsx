import { CostPart, type PricedBill } from '../../core/contract/price.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import { classNames } from '../ui/class-names.ts';
import { byText, moneyText } from './amount-text.ts';
import styles from './bill.module.css';
import { difference } from './decimals.ts';
import { Exact } from './exact.tsx';

type Totals = NonNullable<PricedBill['due']>;
type Tax = 'before' | 'after';

const TAXES: readonly Tax[] = ['before', 'after'];

/** Stated beside due, as a whole and part by part, without taxes and with them. */
export function TotalsTable({ bill }: { readonly bill: PricedBill }) {
  const t = useTexts('bill');
  const { due, stated, currency } = bill;
  const parts = CostPart.options.filter(part => due?.parts[part] !== undefined || stated?.parts[part] !== undefined);
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']} aria-label={t('totals')}>
        <thead>
          <tr>
            <td />
            {TAXES.map(tax => (
              <th key={tax} scope="colgroup" colSpan={3} className={styles['over']}>
                {t(`${tax}Taxes`, { currency })}
              </th>
            ))}
          </tr>
          <tr>
            <td />
            {TAXES.flatMap(tax =>
              (['stated', 'due', 'by'] as const).map(column => (
                <th key={`${tax} ${column}`} scope="col" className={styles['number']}>
                  {t(column)}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          <TotalsRow label={t('total')} read={totals => totals.total} field="total_cost" bill={bill} whole />
          {parts.map(part => (
            <TotalsRow
              key={part}
              label={t(`part-${part}`)}
              read={totals => totals.parts[part]}
              field={fieldOf(part)}
              bill={bill}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface TotalsRowProps {
  readonly label: string;
  readonly read: (totals: Totals) => Totals['total'] | undefined;
  /** Of the session or CDR: where it is stated. */
  readonly field: string;
  readonly bill: PricedBill;
  readonly whole?: boolean;
}

function TotalsRow({ label, read, field, bill, whole = false }: TotalsRowProps) {
  const language = useLanguage();
  const { due, stated, departures } = bill;
  const dueAmount = due === null ? undefined : read(due);
  const statedAmount = stated === null ? undefined : read(stated);
  const cells = TAXES.flatMap(tax => {
    const [said, right] = [statedAmount?.[tax] ?? undefined, dueAmount?.[tax] ?? undefined];
    const by = said === undefined || right === undefined ? undefined : difference(said, right);
    // What is only rounded departs from nothing.
    const off = departures.some(one => one.field === field && one.taxes === tax);
    const money = (value: string | undefined) => value && <Exact value={value} text={moneyText(value, language)} />;
    return [
      { key: `${tax} stated`, text: money(said), off: false },
      { key: `${tax} due`, text: money(right), off: false },
      { key: `${tax} by`, text: by && (off ? byText(by, language) : money(by)), off },
    ];
  });
  return (
    <tr className={whole ? styles['whole'] : undefined}>
      <th scope="row">{label}</th>
      {cells.map(({ key, text, off }) => (
        <td key={key} className={classNames(styles['number'], off && styles['off'])}>
          {text ?? '–'}
        </td>
      ))}
    </tr>
  );
}

/** Where a part is stated; the total beside it (digest 6.3). */
function fieldOf(part: CostPart): string {
  return `total_${part}_cost`;
}
