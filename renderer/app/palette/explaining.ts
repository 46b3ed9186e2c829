/** What may be asked to be explained: an exchange by its number, or a code. */
export type Explainable = { readonly exchange: number } | { readonly code: string };

const ASKED = /^(?:explain|why|wb explain)\s+(.+)$/i;
const EXCHANGE = /^(?:exchange|#)\s*(\d{1,15})$/i;
const CODE = /^(?:\d{3,4}|case \d{1,2}|[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*)$/i;

/** `explain 2001`, `explain exchange 42`, `explain case 17`; a status alone is one too. Empty for anything else. */
export function explainable(typed: string): readonly Explainable[] {
  const asked = ASKED.exec(typed.trim())?.[1]?.trim();
  if (asked === undefined) return /^\d{3,4}$/.test(typed.trim()) ? [{ code: typed.trim() }] : [];
  const exchange = Number(EXCHANGE.exec(asked)?.[1] ?? 0);
  if (exchange > 0) return [{ exchange }];
  const code = CODE.test(asked) && !/^exchange$/i.test(asked) ? [{ code: asked.toLowerCase() }] : [];
  // A number is as likely an exchange's.
  const number = /^[1-9]\d{0,14}$/.test(asked) ? [{ exchange: Number(asked) }] : [];
  return [...code, ...number];
}
