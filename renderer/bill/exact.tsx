import { useLanguage } from '../texts/use-texts.ts';
import { decimalText } from './amount-text.ts';

export interface ExactProps {
  readonly value: string;
  /** As it is written: perhaps with fewer digits. */
  readonly text: string;
}

/** A number as it is looked at; every digit of it on hover, where it has more. */
export function Exact({ value, text }: ExactProps) {
  const language = useLanguage();
  const least = /[.,](\d+)$/.exec(text)?.[1]?.length ?? 0;
  const whole = decimalText(value, { language, least });
  return whole === text ? text : <span title={whole}>{text}</span>;
}
