import type { SendResult, WireResponse } from '../http/wire.ts';
import { headerValues } from '../ocpi/raw-headers.ts';

/** A body on its way to whoever reads it, in an ArrayBuffer of its own, so that it can be moved to another thread. */
export interface HandedBody {
  readonly bytes: Uint8Array;
  /** The Content-Encoding lines, joined; absent where the bytes are plain. */
  readonly contentEncoding?: string;
}

export interface HandedAnswer {
  readonly body: HandedBody;
  readonly response: WireResponse;
  /** The answer as it is recorded: the beginning of its body, copied, with the true length. */
  beginning(kept: number): WireResponse;
}

/** The body of a whole answer with HTTP 2xx; undefined for every other one, which is read where it was asked for. */
export function handOver({ ended, response }: SendResult): HandedAnswer | undefined {
  if (ended.how !== 'complete' || !response || response.status < 200 || response.status > 299) return undefined;
  const { body, headers } = response;
  // Small bodies stand in a buffer that others use as well.
  const bytes = body.byteLength === body.buffer.byteLength ? body : new Uint8Array(body);
  const encodings = headerValues(headers, 'content-encoding');
  return {
    response,
    body: { bytes, ...(encodings.length > 0 ? { contentEncoding: encodings.join(', ') } : {}) },
    // A copy: the bytes themselves are gone from here as soon as they are moved.
    beginning: kept =>
      body.length <= kept
        ? { ...response, body: new Uint8Array(body) }
        : { ...response, body: new Uint8Array(body.subarray(0, kept)), length: body.length },
  };
}
