import { useLanguage, useTexts } from '../texts/use-texts.ts';
import { moneyText } from './amount-text.ts';
import styles from './bill.module.css';
import { Exact } from './exact.tsx';

export interface AmountCellsProps {
  readonly before: string;
  /** Null: nobody can tell. */
  readonly after: string | null;
}

/** An amount without and with taxes, a cell each. */
export function AmountCells({ before, after }: AmountCellsProps) {
  const t = useTexts('bill');
  const language = useLanguage();
  return (
    <>
      <td className={styles['number']}>
        <Exact value={before} text={moneyText(before, language)} />
      </td>
      <td className={styles['number']}>
        {after === null ? (
          <span title={t('noTaxes')}>–</span>
        ) : (
          <Exact value={after} text={moneyText(after, language)} />
        )}
      </td>
    </>
  );
}
