import { stepsOf } from '../../ocpi/json-text.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import type { Recording } from '../recording.ts';
import type { Mark } from './marks.ts';

/** An id of a scenario that the partner may tell and need not: what would hold it is left out while nobody knows it. */
export function mayBeLeftOut({ declared = [] }: Pick<Recording, 'declared'>, { kind, value, pointer }: Mark): boolean {
  return pointer !== 'url' && declared.some(id => id.optional === true && id.kind === kind && id.name === value);
}

/** A JSON text without the fields that pointers lead to. Of texts of scenarios, which have no spelling to be kept. */
export function withoutFields(text: string, pointers: readonly string[]): string {
  if (pointers.length === 0) return text;
  const json = JSON.parse(text) as unknown;
  for (const pointer of pointers) {
    const steps = stepsOf(pointer);
    const name = steps.at(-1);
    const holder = steps.slice(0, -1).reduce<unknown>((inside, step) => {
      if (Array.isArray(inside)) return inside[Number(step)];
      return isJsonObject(inside) ? inside[step] : undefined;
    }, json);
    if (name !== undefined && isJsonObject(holder)) delete (holder as Record<string, unknown>)[name];
  }
  return JSON.stringify(json);
}
