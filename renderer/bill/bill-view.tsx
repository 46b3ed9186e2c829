import type { PricedBill } from '../../core/contract/price.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Chip, type Tone } from '../ui/chip.tsx';
import styles from './bill.module.css';
import { BillBasis } from './bill-basis.tsx';
import { DepartureList } from './departure-list.tsx';
import { DoubtList } from './doubt-list.tsx';
import { LineTable } from './line-table.tsx';
import { TotalsTable } from './totals-table.tsx';

const TONES = {
  right: 'ok',
  wrong: 'bad',
  unsure: 'warn',
  unpriced: 'plain',
} as const satisfies Record<PricedBill['verdict'], Tone>;

export interface BillViewProps {
  readonly bill: PricedBill;
  /** As it was chosen; absent: as the workbench found it. */
  readonly zone: string | undefined;
  readonly onZone: (zone: string | undefined) => void;
}

/** The verdict first, then why: totals, departures, doubts, what it rests on, and each line. */
export function BillView({ bill, zone, onZone }: BillViewProps) {
  const t = useTexts('bill');
  const { verdict, sentence, departures, doubts, lines, due, stated } = bill;
  return (
    <>
      <div className={styles['verdict']}>
        <Chip tone={TONES[verdict]} title={t(`about-${verdict}`)}>
          {t(`verdict-${verdict}`)}
        </Chip>
        <p className={styles['sentence']} lang="en">
          {sentence}
        </p>
      </div>
      <div className={styles['upper']}>
        <div>
          {(due !== null || stated !== null) && <TotalsTable bill={bill} />}
          {departures.length > 0 && <DepartureList departures={departures} currency={bill.currency} />}
          {doubts.length > 0 && <DoubtList doubts={doubts} />}
        </div>
        <BillBasis bill={bill} zone={zone} onZone={onZone} />
      </div>
      {due !== null && lines.length > 0 && <LineTable bill={bill} due={due.total} />}
    </>
  );
}
