import type { RawHeaders } from '../ocpi/raw-headers.ts';

/** An answer of ours that is about to cross. Bodies are bytes as they will stand on the wire. */
export interface AnswerMessage {
  readonly side: 'answer';
  readonly status: number;
  readonly statusText: string;
  readonly headers: RawHeaders;
  readonly body: Uint8Array;
}

/** A request of ours that is about to cross; `url` is absolute. */
export interface RequestMessage {
  readonly side: 'send';
  readonly method: string;
  readonly url: string;
  readonly headers: RawHeaders;
  readonly body: Uint8Array;
}

export type Message = AnswerMessage | RequestMessage;

/**
 * One act on the wire. A message without faults leaves as `head`, `body` (all of it), `end`. Durations in milliseconds,
 * places in bytes of the body.
 */
export type WireStep =
  | { readonly do: 'wait'; readonly ms: number }
  /** Start line and header lines, with the blank line behind them. */
  | { readonly do: 'head' }
  /** Bytes of the body from `from` up to `to` (exclusive; its end where absent). */
  | { readonly do: 'body'; readonly from: number; readonly to?: number; readonly perSecond?: number }
  /** Bytes that are neither head nor body: a chunk's frame, noise. */
  | { readonly do: 'raw'; readonly bytes: Uint8Array }
  /** As HTTP ends a message: the connection lives on where it would have. */
  | { readonly do: 'end' }
  /** Closed in good order (FIN). */
  | { readonly do: 'close' }
  | { readonly do: 'reset' }
  /** Nothing more is said; after `ms` the connection is reset. */
  | { readonly do: 'hang'; readonly ms: number };

/** A message on its way through the faults that were chosen, one after the other. */
export interface Draft {
  readonly message: Message;
  /** How it leaves. */
  readonly steps: readonly WireStep[];
  /**
   * Of requests: nothing leaves at all. Whoever sent it is told that it was accepted, so that what follows goes on as if
   * it had left (a result never sent, a push lost on the way).
   */
  readonly withheld?: boolean;
  /**
   * Of requests: it leaves so much later, while whoever sent it is told at once that it was accepted. With `behindNext`
   * it leaves as soon as the next request for the same object has left, or then.
   */
  readonly later?: { readonly ms: number; readonly behindNext?: boolean };
  /** Of requests: sent again, each so many milliseconds after the one before. */
  readonly again?: readonly number[];
  /** Of answers: what follows upon it (the result of a command) is sent first, and the answer so much later. Milliseconds. */
  readonly followUpFirst?: number;
  /** Of requests over https: the handshake offers this alone, which nobody should take. Where it is taken the request leaves. */
  readonly handshake?: 'version' | 'cipher' | 'alpn';
}

/** How a message leaves that nothing is wrong with. */
export const AS_USUAL: readonly WireStep[] = [{ do: 'head' }, { do: 'body', from: 0 }, { do: 'end' }];

export function draftOf(message: Message): Draft {
  return { message, steps: AS_USUAL };
}
