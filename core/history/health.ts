import type { Clock } from '../clock.ts';

/** Whether everything is kept. `since`: wall clock, milliseconds since the epoch. */
export type Health =
  | { readonly ok: true }
  | {
      readonly ok: false;
      /** `recording`: exchanges are not stored. `search`: they are, but cannot be searched. */
      readonly part: HealthPart;
      /** For the operator. */
      readonly reason: string;
      readonly since: number;
    };

export type HealthPart = 'recording' | 'search';
export type HealthListener = (health: Health) => void;

export interface HealthBoard {
  now(): Health;
  /** Undefined: well again. Listeners hear of changes only. */
  report(part: HealthPart, reason: string | undefined): void;
  listen(listener: HealthListener): () => void;
}

export function createHealthBoard(clock: Clock): HealthBoard {
  const ills = new Map<HealthPart, { readonly reason: string; readonly since: number }>();
  const listeners = new Set<HealthListener>();
  const now = (): Health => {
    for (const part of ['recording', 'search'] as const) {
      const ill = ills.get(part);
      if (ill) return { ok: false, part, ...ill };
    }
    return { ok: true };
  };
  return {
    now,
    report(part, reason) {
      const before = ills.get(part);
      if (before?.reason === reason) return;
      if (reason === undefined) ills.delete(part);
      else ills.set(part, { reason, since: before?.since ?? clock.now() });
      for (const listener of listeners) listener(now());
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
