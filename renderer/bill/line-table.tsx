import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Amount, PricedBill } from '../../core/contract/price.ts';
import { useTexts } from '../texts/use-texts.ts';
import { AmountCells } from './amount-cells.tsx';
import styles from './bill.module.css';
import { LineGroupRows } from './line-group-rows.tsx';
import { type LineGroup, lineGroups } from './line-groups.ts';

/** Of more periods than these one looks at the sums first. */
const MOST_OPEN = 4;

/** The bill as it ought to be, line by line, a period at a time. */
export function LineTable({ bill, due }: { readonly bill: PricedBill; readonly due: Amount }) {
  const t = useTexts('bill');
  const groups = useMemo(() => lineGroups(bill.lines), [bill.lines]);
  /** Those that are not as they are at first. */
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const opens = ({ period }: LineGroup) => period === null || groups.length <= MOST_OPEN;
  const isOpen = (group: LineGroup) => opens(group) !== turned.has(group.key);
  const turn = (key: string) => {
    const next = new Set(turned);
    if (!next.delete(key)) next.add(key);
    setTurned(next);
  };
  const allOpen = groups.every(isOpen);
  const turnAll = () => setTurned(new Set(groups.filter(group => opens(group) === allOpen).map(({ key }) => key)));
  return (
    <section className={styles['part']} aria-label={t('lines')}>
      <div className={styles['partHead']}>
        <h2 className={styles['heading']}>{t('lines')}</h2>
        <Button variant="subtle" size="compact-xs" onClick={turnAll}>
          {t(allOpen ? 'foldAll' : 'unfoldAll')}
        </Button>
      </div>
      <div className={styles['scroll']}>
        <table className={styles['table']} aria-label={t('lines')}>
          <thead>
            <tr>
              <th scope="col">{t('columnWhen')}</th>
              <th scope="col">{t('columnWhat')}</th>
              <th scope="col" className={styles['number']}>
                {t('columnVolume')}
              </th>
              <th scope="col" className={styles['number']}>
                {t('columnPrice')}
              </th>
              <th scope="col" className={styles['number']}>
                {t('columnBefore', { currency: bill.currency })}
              </th>
              <th scope="col" className={styles['number']}>
                {t('columnAfter')}
              </th>
              <th scope="col">{t('columnSaid')}</th>
            </tr>
          </thead>
          {groups.map(group => (
            <LineGroupRows
              key={group.key}
              group={group}
              zone={bill.zone.name}
              open={isOpen(group)}
              onTurn={() => turn(group.key)}
            />
          ))}
          <tfoot>
            <tr className={styles['whole']}>
              <th scope="row" colSpan={4}>
                {t('sum')}
              </th>
              <AmountCells before={due.before} after={due.after} />
              <td />
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  );
}
