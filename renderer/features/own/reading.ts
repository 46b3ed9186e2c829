/** What tables show of objects: whatever they are, these never fail. */

function fieldOf(object: unknown, name: string): unknown {
  return typeof object === 'object' && object !== null
    ? (object as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** A text or number of the object; nothing where there is none. */
export function textAt(object: unknown, name: string): string {
  const value = fieldOf(object, name);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** How many elements a list has. */
export function numberAt(object: unknown, name: string): string {
  const value = fieldOf(object, name);
  return Array.isArray(value) ? String(value.length) : '';
}

export function evsesOf(object: unknown): { readonly count: number; readonly available: number } {
  const evses = fieldOf(object, 'evses');
  if (!Array.isArray(evses)) return { count: 0, available: 0 };
  return { count: evses.length, available: evses.filter(evse => fieldOf(evse, 'status') === 'AVAILABLE').length };
}

/** Energy of a session or a CDR. */
export function kwhOf(object: unknown): string {
  const value = fieldOf(object, 'kwh') ?? fieldOf(object, 'total_energy');
  return typeof value === 'number' ? value.toFixed(2) : '';
}

/** What a CDR or session costs without taxes, in its currency: a plain number in 2.1.1, a Price later. */
export function moneyOf(object: unknown): string {
  const cost = fieldOf(object, 'total_cost');
  const amount = typeof cost === 'number' ? cost : (fieldOf(cost, 'excl_vat') ?? fieldOf(cost, 'before_taxes'));
  return typeof amount === 'number' ? `${amount.toFixed(2)} ${textAt(object, 'currency')}`.trim() : '';
}
