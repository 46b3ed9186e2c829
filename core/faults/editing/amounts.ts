import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { type Definition, definitionOf } from '../../ocpi/schema.ts';
import type { Field } from './fields.ts';
import type { JsonEdit } from './json.ts';

/** Without the noise that binary fractions add; six decimals are more than any invoice has. */
export function tidy(amount: number): number {
  return Number(amount.toFixed(6));
}

/** Where the parts of an amount stand in the shape that its version has for it (T21). */
interface Shape {
  /** Of the amount without taxes. */
  readonly net: string;
  /** Of the one with them, where the shape has one. */
  readonly gross?: string;
  /** Of the list of taxes. */
  readonly taxes?: string;
}

/** By its type: the required number is the net, an optional one the gross, a list holds the taxes. */
function shapeOf(definition: Definition): Shape | undefined {
  if (definition.kind !== 'object') return undefined;
  let shape: { net?: string; gross?: string; taxes?: string } = {};
  for (const [name, schema] of Object.entries(definition.shape)) {
    const field = definitionOf(schema);
    if (field.kind === 'number') shape = { ...shape, net: name };
    else if (field.kind === 'list') shape = { ...shape, taxes: name };
    else if (field.kind === 'optional' && definitionOf(field.of).kind === 'number') shape = { ...shape, gross: name };
  }
  const { net, ...rest } = shape;
  return net === undefined ? undefined : { net, ...rest };
}

/** The amount without taxes, whatever shape its version has; undefined where there is none. */
export function netOf({ definition, value }: Pick<Field, 'definition' | 'value'>): number | undefined {
  const shape = shapeOf(definition);
  const net = shape !== undefined && isJsonObject(value) ? value[shape.net] : value;
  return typeof net === 'number' && Number.isFinite(net) ? net : undefined;
}

/** Pointer from the object to the number that is the amount without taxes. */
export function netPointer({ definition, at, value }: Pick<Field, 'definition' | 'at' | 'value'>): string {
  const shape = shapeOf(definition);
  return shape !== undefined && isJsonObject(value) ? `${at}/${shape.net}` : at;
}

/** The amount with its taxes, whatever shape its version has; undefined where nobody tells. */
export function grossOf(field: Pick<Field, 'definition' | 'value'>): number | undefined {
  const [shape, net] = [shapeOf(field.definition), netOf(field)];
  if (shape === undefined || net === undefined || !isJsonObject(field.value)) return undefined;
  const gross = shape.gross === undefined ? undefined : field.value[shape.gross];
  if (typeof gross === 'number') return gross;
  const amounts = taxesOf(field.value, shape).flatMap(({ amount }) => (typeof amount === 'number' ? [amount] : []));
  return amounts.length === 0 ? undefined : amounts.reduce((sum, amount) => sum + amount, net);
}

/**
 * The amount with another net; none where there is no amount. What is added is taxed at `rate` percent; without one the taxes stay
 * in proportion to the net.
 */
export function amountEdits(field: Pick<Field, 'definition' | 'at' | 'value'>, net: number, rate?: number): JsonEdit[] {
  const before = netOf(field);
  if (before === undefined) return [];
  const edits: JsonEdit[] = [{ at: netPointer(field), set: tidy(net) }];
  const shape = shapeOf(field.definition);
  if (shape === undefined || !isJsonObject(field.value)) return edits;
  const share = before === 0 ? undefined : net / before;
  const addedTax = rate === undefined ? undefined : ((net - before) * rate) / 100;
  const withTaxes = shape.gross === undefined ? undefined : field.value[shape.gross];
  if (typeof withTaxes === 'number') {
    const inProportion = share === undefined ? withTaxes + net - before : withTaxes * share;
    const next = addedTax === undefined ? inProportion : withTaxes + net - before + addedTax;
    edits.push({ at: `${field.at}/${shape.gross}`, set: tidy(next) });
  }
  const list = taxesOf(field.value, shape);
  // Of several taxes the one of this rate grows; where none has it, all of them.
  const own = list.length === 1 ? 0 : list.findIndex(({ percentage }) => rate !== undefined && percentage === rate);
  for (const [index, { amount }] of list.entries()) {
    if (typeof amount !== 'number') continue;
    const isOwn = addedTax !== undefined && own >= 0;
    if (isOwn && index !== own) continue;
    const next = isOwn ? amount + addedTax : share === undefined ? undefined : amount * share;
    if (next !== undefined) edits.push({ at: `${field.at}/${shape.taxes}/${index}/amount`, set: tidy(next) });
  }
  return edits;
}

interface Tax {
  readonly amount?: unknown;
  readonly percentage?: unknown;
}

/** In their places: what is no tax is an empty one. */
function taxesOf(price: JsonObject, { taxes }: Shape): readonly Tax[] {
  const list = taxes === undefined ? undefined : price[taxes];
  return Array.isArray(list) ? list.map((tax: unknown) => (isJsonObject(tax) ? tax : {})) : [];
}
