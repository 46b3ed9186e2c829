/** All that are ever there: the core divides to fewer. */
const MOST_DIGITS = 20;
/** As many as amounts are stated with (digest 6.4). */
const USUAL_DIGITS = 4;

export interface DecimalFormat {
  readonly language: string;
  /** Digits behind the point, at least and at most; all of them unless said. */
  readonly least?: number;
  readonly most?: number;
  /** `+` before what is more than nothing. */
  readonly signed?: boolean;
}

/** An exact decimal as the language writes it. */
export function decimalText(decimal: string, format: DecimalFormat): string {
  const { language, least = 0, most = MOST_DIGITS, signed = false } = format;
  return new Intl.NumberFormat(language, {
    minimumFractionDigits: least,
    maximumFractionDigits: most,
    // What is rounded to nothing has no sign.
    signDisplay: signed ? 'exceptZero' : 'negative',
  }).format(decimal as Intl.StringNumericLiteral);
}

/** `12.05`: two digits behind the point, or up to four. */
export function moneyText(decimal: string, language: string): string {
  return decimalText(decimal, { language, least: 2, most: USUAL_DIGITS });
}

/** `7.25`, `0.1558`: up to four digits behind the point. */
export function volumeText(decimal: string, language: string): string {
  return decimalText(decimal, { language, most: USUAL_DIGITS });
}

/** `+0.45`, `-1.20`, `0.00`; what is less than anybody states is written out. */
export function byText(decimal: string, language: string): string {
  const text = decimalText(decimal, { language, least: 2, most: USUAL_DIGITS, signed: true });
  return /[1-9]/.test(text) ? text : decimalText(decimal, { language, least: 2, signed: true });
}

/** `10:15`, with seconds where there are any, with its day where that is not `day`. */
export function momentIn(zone: string, at: string, day?: string): { readonly text: string; readonly day: string } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(new Date(at));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find(one => one.type === type)?.value ?? '';
  const date = `${part('year')}-${part('month')}-${part('day')}`;
  const seconds = part('second') === '00' ? '' : `:${part('second')}`;
  const time = `${part('hour')}:${part('minute')}${seconds}`;
  return { text: date === day ? time : `${date} ${time}`, day: date };
}
