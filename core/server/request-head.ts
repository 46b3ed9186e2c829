/** What the server decides by, picked from the header lines in one pass; every list holds duplicates in order. */
export interface RequestHead {
  readonly authorization: readonly string[];
  readonly host: string | undefined;
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
  /** Announced by Content-Length; undefined for chunked bodies and requests without one. */
  readonly announced: number | undefined;
  readonly hasBody: boolean;
  /** Something else than HTTP/1.1 is offered. */
  readonly upgrade: boolean;
  /** Any of the four `OCPI-to-*`, `OCPI-from-*` lines stands in the head. */
  readonly routed: boolean;
  /** The last value of `X-Request-ID` and of `X-Correlation-ID`. */
  readonly requestId: string | undefined;
  readonly correlationId: string | undefined;
  /** One of the two ids stands there twice. */
  readonly idsRepeated: boolean;
}

const NONE: readonly string[] = [];

/**
 * Reads `[name, value, name, value]`. Runs for every request: names are told apart by their length before anything
 * is lower-cased.
 */
export function readHead(flat: readonly string[]): RequestHead {
  let authorization = NONE;
  let host: string | undefined;
  let contentType: string | undefined;
  let contentEncoding: string | undefined;
  let announced: number | undefined;
  let hasBody = false;
  let upgrade = false;
  let routed = false;
  let requestId: string | undefined;
  let correlationId: string | undefined;
  let idsRepeated = false;
  for (let at = 0; at + 1 < flat.length; at += 2) {
    const name = flat[at] as string;
    const value = flat[at + 1] as string;
    switch (name.length) {
      case 4:
        if (is(name, 'host')) host ??= value;
        break;
      case 7:
        if (is(name, 'upgrade')) upgrade = true;
        break;
      case 12:
        if (is(name, 'x-request-id')) {
          idsRepeated ||= requestId !== undefined;
          requestId = value;
        } else if (is(name, 'content-type')) contentType ??= value;
        break;
      case 13:
        if (is(name, 'authorization')) authorization = authorization.length === 0 ? [value] : [...authorization, value];
        break;
      case 14:
        if (is(name, 'content-length')) {
          announced = Number(value);
          hasBody ||= announced > 0;
        }
        break;
      case 16:
        if (is(name, 'x-correlation-id')) {
          idsRepeated ||= correlationId !== undefined;
          correlationId = value;
        } else if (is(name, 'content-encoding')) contentEncoding ??= value;
        break;
      case 17:
        if (is(name, 'transfer-encoding')) hasBody = true;
        break;
      default:
        if (!routed && name.length >= 16 && name.slice(0, 5).toLowerCase() === 'ocpi-') routed = true;
    }
  }
  return {
    authorization,
    host,
    contentType,
    contentEncoding,
    announced,
    hasBody,
    upgrade,
    routed,
    requestId,
    correlationId,
    idsRepeated,
  };
}

function is(name: string, wanted: string): boolean {
  return name === wanted || name.toLowerCase() === wanted;
}
