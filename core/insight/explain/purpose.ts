import type { Around } from './around.ts';

/** Faults of ours that did something, one sentence each. */
export function onPurpose({ firings = [] }: Around): string[] {
  return firings
    .filter(({ applied }) => applied)
    .map(({ rule, kind, did }) => `We did that on purpose: rule "${rule}" (${kind}): ${did.replace(/\.$/, '')}.`);
}
