import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request for a list or an object, taken apart as far as paging goes. */
export interface ListRequest {
  /** From 0, in order of arrival. */
  readonly nth: number;
  /** As on the request line. */
  readonly url: string;
  /** Behind `/list/`: `locations`, `payments/terminals`. */
  readonly list: string;
  readonly query: URLSearchParams;
  readonly offset: number;
  readonly limit: number | undefined;
  /** Names in lower case. */
  readonly headers: IncomingMessage['headers'];
  readonly origin: string;
}

/** A literal answer, or what happens instead of one. */
export type ListAnswer =
  | {
      readonly status?: number;
      readonly headers?: readonly (readonly [string, string])[];
      readonly body: string | Uint8Array;
    }
  | 'reset'
  | 'hang';

export interface PagingServerOptions {
  readonly version?: string;
  /** Endpoint lines besides credentials, each a list of its own; SENDER of locations unless said. */
  readonly modules?: readonly string[];
  readonly answer: (request: ListRequest) => ListAnswer | Promise<ListAnswer>;
}

export interface PagingServer {
  readonly origin: string;
  readonly versionsUrl: string;
  readonly requests: readonly ListRequest[];
  stop(): Promise<void>;
}

/** A partner that only has lists: it answers discovery for whoever asks, and everything else as it is told. */
export async function startPagingServer(options: PagingServerOptions): Promise<PagingServer> {
  const { version = '2.2.1', modules = ['locations'], answer } = options;
  const requests: ListRequest[] = [];
  let origin = '';
  const endpoint = (identifier: string) => ({
    identifier,
    ...(version.startsWith('2.1') ? {} : { role: 'SENDER' }),
    url: `${origin}/list/${identifier}`,
  });
  const discover = (path: string): unknown => {
    if (path === '/versions') return [{ version, url: `${origin}/details` }];
    if (path !== '/details') return undefined;
    const credentials = { ...endpoint('credentials'), url: `${origin}/credentials` };
    return { version, endpoints: [credentials, ...modules.map(endpoint)] };
  };
  const server = createServer(async (incoming, response) => {
    const target = new URL(incoming.url ?? '/', origin);
    const discovered = discover(target.pathname);
    if (discovered !== undefined) {
      response.end(envelope(JSON.stringify(discovered)));
      return;
    }
    const limit = target.searchParams.get('limit');
    const request: ListRequest = {
      nth: requests.length,
      url: incoming.url ?? '',
      list: target.pathname.replace(/^\/list\//, ''),
      query: target.searchParams,
      offset: Number(target.searchParams.get('offset') ?? 0),
      limit: limit === null ? undefined : Number(limit),
      headers: incoming.headers,
      origin,
    };
    requests.push(request);
    const given = await answer(request);
    if (given === 'hang') return;
    if (given === 'reset') {
      incoming.socket.resetAndDestroy();
      return;
    }
    const { status = 200, headers = [], body } = given;
    response.writeHead(status, [
      ...headers.flat(),
      ...['Content-Type', 'application/json', 'Content-Length', String(Buffer.byteLength(body))],
    ]);
    response.end(body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    versionsUrl: `${origin}/versions`,
    requests,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An OCPI 1000 around literal JSON, or another status. */
export function envelope(data: string, code = 1000): string {
  return `{"data":${data},"status_code":${code},"timestamp":"2026-11-22T10:00:00Z"}`;
}

export interface PageParts {
  readonly total?: number | string;
  readonly limit?: number | string;
  readonly next?: string;
  /** The value of the Link header as it is. */
  readonly link?: string;
}

/** A page of literal objects with the paging headers given. */
export function page(items: readonly string[], { total, limit, next, link }: PageParts = {}): ListAnswer {
  return {
    headers: [
      ...(total === undefined ? [] : ([['X-Total-Count', String(total)]] as const)),
      ...(limit === undefined ? [] : ([['X-Limit', String(limit)]] as const)),
      ...(link === undefined ? [] : ([['Link', link]] as const)),
      ...(next === undefined ? [] : ([['Link', `<${next}>; rel="next"`]] as const)),
    ],
    body: envelope(`[${items.join(',')}]`),
  };
}

export interface ListHabits {
  /** Most objects on a page. */
  readonly cap?: number;
  readonly links?: boolean;
  readonly total?: boolean;
  readonly xLimit?: boolean;
}

/** What a partner that knows the rules answers for a list: filters are not its business here. */
export function correctPage(
  items: readonly string[],
  request: ListRequest,
  { cap = 1000, links = true, total = true, xLimit = true }: ListHabits = {},
): ListAnswer {
  const size = Math.min(cap, request.limit ?? cap);
  const end = request.offset + size;
  const next = new URL(request.url, request.origin);
  next.searchParams.set('offset', String(end));
  next.searchParams.set('limit', String(size));
  return page(items.slice(request.offset, end), {
    ...(total ? { total: items.length } : {}),
    ...(xLimit ? { limit: cap } : {}),
    ...(links && end < items.length ? { next: next.href } : {}),
  });
}

/** A location with nothing but what tells it from others. */
export function location(id: string | number, lastUpdated = '2026-11-01T00:00:00Z', more = ''): string {
  return `{"country_code":"NL","party_id":"TNM","id":"${id}","last_updated":"${lastUpdated}"${more}}`;
}

export function locations(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, at) => location(from + at));
}
