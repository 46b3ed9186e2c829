import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { PriceLine } from '../../core/contract/price.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import { AmountCells } from './amount-cells.tsx';
import { moneyText, volumeText } from './amount-text.ts';
import styles from './bill.module.css';
import { Exact } from './exact.tsx';
import type { LineGroup } from './line-groups.ts';
import { Stretch } from './stretch.tsx';

export interface LineGroupRowsProps {
  readonly group: LineGroup;
  /** In which times of day are said. */
  readonly zone: string;
  readonly open: boolean;
  readonly onTurn: () => void;
}

/** One period with its sum, and its lines where it is unfolded. */
export function LineGroupRows({ group, zone, open, onTurn }: LineGroupRowsProps) {
  const t = useTexts('bill');
  const language = useLanguage();
  const { period, from, to, lines, before, after, energy } = group;
  const Caret = open ? IconChevronDown : IconChevronRight;
  return (
    <tbody>
      <tr className={styles['group']}>
        <th scope="rowgroup" colSpan={2}>
          <button type="button" className={styles['fold']} aria-expanded={open} onClick={onTurn}>
            <Caret size={13} aria-hidden />
            <strong>{period === null ? t('wholeCharge') : t('period', { number: period + 1 })}</strong>
            <Stretch from={from} to={to} zone={zone} />
          </button>
        </th>
        <td className={styles['number']}>{energy !== null && t('kWh', { volume: volumeText(energy, language) })}</td>
        <td />
        <AmountCells before={before} after={after} />
        <td className={styles['dim']}>{!open && t('linesCount', { count: lines.length })}</td>
      </tr>
      {open &&
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name, and their order is their own.
        lines.map((line, at) => <LineRow key={at} line={line} zone={zone} whole={group} />)}
    </tbody>
  );
}

function LineRow({
  line,
  zone,
  whole,
}: {
  readonly line: PriceLine;
  readonly zone: string;
  readonly whole: LineGroup;
}) {
  const t = useTexts('bill');
  const language = useLanguage();
  const { kind, part, volume, unit, price, vat, stepSize, amount, said, tariff, component, from, to } = line;
  const number = (value: string) => volumeText(value, language);
  const isPart = from !== null && (from !== whole.from || to !== whole.to);
  const place = [tariff, component].filter(one => one !== null).join(' ');
  return (
    <tr className={kind === 'free' ? styles['free'] : undefined}>
      <td className={styles['when']}>{isPart && <Stretch from={from} to={to} zone={zone} />}</td>
      <td title={place === '' ? undefined : place}>
        {part !== null && t(`part-${part}`)} <span className={styles['dim']}>{t(`kind-${kind}`)}</span>
      </td>
      <td className={styles['number']}>
        {volume !== null && (unit === null ? number(volume) : t(unit, { volume: number(volume) }))}
      </td>
      <td className={styles['number']}>
        {price !== null && <Exact value={price} text={moneyText(price, language)} />}
        {vat !== null && <span className={styles['dim']}> {t('vat', { percent: number(vat) })}</span>}
        {stepSize !== null && (
          <span className={styles['dim']}>
            {' '}
            {t(unit === 'kWh' ? 'stepWh' : 'stepSeconds', { step: number(String(stepSize)) })}
          </span>
        )}
      </td>
      <AmountCells before={amount.before} after={amount.after} />
      <td className={styles['said']} lang="en">
        {said}
      </td>
    </tr>
  );
}
