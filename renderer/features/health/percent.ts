/** `97.4 %`, in the way of a language; no decimals where there are none to tell. */
export function percentText(share: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}
