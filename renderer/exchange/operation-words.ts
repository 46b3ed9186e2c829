import { trafficOperations } from '../texts/en/traffic-operations.ts';
import type { Texts } from '../texts/use-texts.ts';

type OperationKey = keyof typeof trafficOperations;

/** `locations.list` in words. Asked for by the row: what was said once is kept for this language. */
export function operationWords(t: Texts<'traffic'>): (operation: string) => string {
  const said = new Map<string, string>();
  return operation => {
    const known = said.get(operation);
    if (known !== undefined) return known;
    const key = `op-${operation.replace('.', '-')}`;
    const words = isKnown(key) ? t(key) : operation;
    said.set(operation, words);
    return words;
  };
}

function isKnown(key: string): key is OperationKey {
  return Object.hasOwn(trafficOperations, key);
}
