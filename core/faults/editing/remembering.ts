import type { Memory } from '../kind.ts';

/** Of how many objects a rule remembers something on one link: those it heard of last. */
const MOST = 50;
const ORDER = 'order';

/** Keeps a text for an object; the one that was not heard of for the longest time is forgotten for it. */
export function remember(memory: Memory, key: string, value: string): void {
  const order = orderOf(memory).filter(one => one !== key);
  const gone = order.length >= MOST ? order.splice(0, order.length - MOST + 1) : [];
  for (const one of gone) memory.set(keyOf(one), undefined);
  memory.set(keyOf(key), value);
  memory.set(ORDER, JSON.stringify([...order, key]));
}

/** What is kept for an object; undefined where nothing is. */
export function remembered(memory: Memory, key: string): string | undefined {
  return memory.get(keyOf(key));
}

function keyOf(key: string): string {
  return `of ${key}`;
}

function orderOf(memory: Memory): string[] {
  const list: unknown = JSON.parse(memory.get(ORDER) ?? '[]');
  return Array.isArray(list) ? list.filter(one => typeof one === 'string') : [];
}
