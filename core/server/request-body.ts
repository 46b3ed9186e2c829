import type { IncomingMessage } from 'node:http';

/** How reading a body ended. Whatever came is kept, so that it can be recorded. */
export type BodyEnd =
  | { readonly how: 'whole' }
  /** Longer than the limit; the rest was not read. */
  | { readonly how: 'too-large' }
  /** The peer went silent for too long in the middle. */
  | { readonly how: 'timeout' }
  /** The framing broke: bad chunk sizes. */
  | { readonly how: 'malformed'; readonly detail: string }
  /** The peer stopped sending in the middle. */
  | { readonly how: 'cut' }
  | { readonly how: 'reset' };

export interface ReadBody {
  readonly bytes: Buffer;
  readonly end: BodyEnd;
}

/** A body under way. `stop` is for what only the connection notices. */
export interface BodyReading {
  readonly done: Promise<ReadBody>;
  stop(end: BodyEnd): void;
}

export const NO_BYTES: Buffer = Buffer.alloc(0);

/** Reads a request's body up to `limit` bytes; never rejects. */
export function readRequestBody(request: IncomingMessage, limit: number): BodyReading {
  const chunks: Buffer[] = [];
  let length = 0;
  let ended = false;
  const { promise, resolve } = Promise.withResolvers<ReadBody>();
  const stop = (end: BodyEnd) => {
    if (ended) return;
    ended = true;
    request.off('data', take);
    // What came in the packet that broke the framing has not been handed out yet.
    if (end.how !== 'whole' && length < limit) {
      const left: Buffer | null = request.read();
      if (left !== null) chunks.push(left.subarray(0, limit - length));
    }
    resolve({ bytes: chunks.length === 1 ? (chunks[0] ?? NO_BYTES) : Buffer.concat(chunks), end });
  };
  const take = (chunk: Buffer) => {
    const room = limit - length;
    if (chunk.length > room) {
      // Left flowing without a listener: what still comes is thrown away until the connection is closed.
      chunks.push(chunk.subarray(0, room));
      length = limit;
      stop({ how: 'too-large' });
      return;
    }
    length += chunk.length;
    chunks.push(chunk);
  };
  request.on('data', take);
  request.once('end', () => stop({ how: 'whole' }));
  request.once('error', () => stop({ how: 'reset' }));
  request.once('close', () => stop({ how: 'cut' }));
  return { done: promise, stop };
}
