/** What an answer does on its connection, in order. Durations in milliseconds, places in bytes of the body (core/faults/draft.ts). */
export type WireAct =
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'head' }
  | { readonly do: 'body'; readonly from: number; readonly to?: number; readonly perSecond?: number }
  | { readonly do: 'raw'; readonly bytes: Uint8Array }
  | { readonly do: 'end' }
  | { readonly do: 'close' }
  | { readonly do: 'reset' }
  | { readonly do: 'hang'; readonly ms: number };

/** Who hung up on a silence then is not known to do so now: it lasts as long as anybody waits, in reason. */
export const LONG_SILENCE_MS = 600_000;
