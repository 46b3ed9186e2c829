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

/** The amount with another net, its taxes in proportion; none where there is no amount. */
export function amountEdits(field: Pick<Field, 'definition' | 'at' | 'value'>, net: number): JsonEdit[] {
  const before = netOf(field);
  if (before === undefined) return [];
  const edits: JsonEdit[] = [{ at: netPointer(field), set: tidy(net) }];
  const shape = shapeOf(field.definition);
  if (shape === undefined || !isJsonObject(field.value)) return edits;
  const share = before === 0 ? undefined : net / before;
  const { gross, taxes } = shape;
  const withTaxes = gross === undefined ? undefined : field.value[gross];
  if (typeof withTaxes === 'number') {
    const next = share === undefined ? withTaxes + net - before : withTaxes * share;
    edits.push({ at: `${field.at}/${gross}`, set: tidy(next) });
  }
  const list: readonly unknown[] = taxes !== undefined && Array.isArray(field.value[taxes]) ? field.value[taxes] : [];
  for (const [index, tax] of list.entries()) {
    const amount = isJsonObject(tax) ? tax['amount'] : undefined;
    if (typeof amount !== 'number' || share === undefined) continue;
    edits.push({ at: `${field.at}/${taxes}/${index}/amount`, set: tidy(amount * share) });
  }
  return edits;
}

/** A price per step, as a tariff in the object has it. */
export interface Step {
  readonly dimension: string;
  /** Without or with taxes, as the tariff says. */
  readonly price: number;
  /** Wh or seconds. */
  readonly size: number;
  /** What one step costs. */
  readonly cost: number;
}

/** Price per kWh in steps of Wh, price per hour in steps of seconds (digest 6.4). */
const UNITS: Readonly<Record<string, number>> = { ENERGY: 1_000, TIME: 3_600 };

/** The first price with a step that the tariffs of a CDR have, energy before time. */
export function stepIn(tariffs: unknown): Step | undefined {
  const components = listOf(tariffs).flatMap(({ elements }: { readonly elements?: unknown }) =>
    listOf(elements).flatMap(({ price_components: inner }: { readonly price_components?: unknown }) => listOf(inner)),
  );
  const steps = components.flatMap(({ type, price, step_size: size }: Component) => {
    const unit = typeof type === 'string' ? UNITS[type] : undefined;
    if (unit === undefined || typeof price !== 'number' || typeof size !== 'number') return [];
    const cost = tidy((price * size) / unit);
    return cost > 0 ? [{ dimension: String(type), price, size, cost }] : [];
  });
  return steps.find(({ dimension }) => dimension === 'ENERGY') ?? steps[0];
}

interface Component {
  readonly type?: unknown;
  readonly price?: unknown;
  readonly step_size?: unknown;
}

function listOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
