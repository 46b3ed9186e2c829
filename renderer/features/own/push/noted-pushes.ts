import { useSyncExternalStore } from 'react';
import type { KindId } from '../kinds.ts';

export interface NotedPush {
  readonly runId: number;
  readonly link: string;
  readonly kind: KindId;
}

/** Pushes that were begun on this page, until they are put away: they stay while one looks at other areas. */
let noted: readonly NotedPush[] = [];
const listeners = new Set<() => void>();

function change(next: readonly NotedPush[]): void {
  noted = next;
  for (const listener of listeners) listener();
}

export function notePush(push: NotedPush): void {
  change([...noted, push]);
}

export function putAway(runId: number): void {
  change(noted.filter(push => push.runId !== runId));
}

export function useNotedPushes(): readonly NotedPush[] {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => noted,
  );
}
