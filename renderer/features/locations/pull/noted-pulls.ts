import { useSyncExternalStore } from 'react';
import type { Pulled } from './pullable.ts';

export interface NotedPull {
  readonly runId: number;
  readonly link: string;
  readonly module: Pulled;
}

/**
 * Pulls that were begun on this page, until they are put away: their results stay while one looks at other areas. A pull
 * somebody else began is seen while it runs.
 */
let noted: readonly NotedPull[] = [];
let away: ReadonlySet<number> = new Set();
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

export function notePull(pull: NotedPull): void {
  noted = [...noted, pull];
  tell();
}

export function putAway(runId: number): void {
  noted = noted.filter(pull => pull.runId !== runId);
  away = new Set([...away, runId]);
  tell();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useNotedPulls(): { readonly noted: readonly NotedPull[]; readonly away: ReadonlySet<number> } {
  return {
    noted: useSyncExternalStore(subscribe, () => noted),
    away: useSyncExternalStore(subscribe, () => away),
  };
}
