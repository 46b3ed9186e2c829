/** Header lines in order, with their case; duplicates allowed. */
export type HeaderLines = readonly (readonly [name: string, value: string])[];

/** One answer as literal text. `Content-Length` is added unless the lines bring it or a `Transfer-Encoding`. */
export interface Answer {
  status: number;
  reason?: string;
  headers: HeaderLines;
  body: string | Uint8Array;
}

export type Operation =
  | 'versions'
  | 'details'
  | 'credentials.get'
  | 'credentials.post'
  | 'credentials.put'
  | 'credentials.delete'
  | 'credentials.other'
  | 'module'
  | 'unknown';

/**
 * What the partner does instead of, or with, its correct answer. Actions with `work: true` first do what the request
 * asks (a registration is stored, call backs are made) and then spoil the answer; without it nothing happens inside.
 */
export type Action =
  /** The correct answer, for a place in a list. */
  | { do: 'normal' }
  /** These bytes and nothing else happens; not before `after`, where it is given. */
  | {
      do: 'answer';
      status: number;
      reason?: string;
      headers?: HeaderLines;
      body?: string | Uint8Array;
      after?: Promise<unknown>;
    }
  /** The request is worked on, its answer changed on the way out. */
  | { do: 'alter'; change: (answer: Answer) => Answer }
  /** Milliseconds before the request is worked on, or between the work and the answer. */
  | { do: 'delay'; ms: number; when: 'before' | 'after' }
  /** No answer; the connection stays open until the caller or `stop` ends it. */
  | { do: 'hang'; work?: boolean }
  /** TCP reset in place of an answer. */
  | { do: 'reset'; work?: boolean }
  /** Connection closed in order in place of an answer. */
  | { do: 'close'; work?: boolean }
  /** The request is worked on; the whole length is announced, `at` bytes of the body leave, then the line ends so. */
  | { do: 'cut'; at: number; end: 'close' | 'reset' }
  /** A redirect without a body. */
  | { do: 'redirect'; status: 301 | 302 | 303 | 307 | 308; to: string }
  /** Bytes written to the socket as they are, HTTP or not. */
  | { do: 'raw'; bytes: string | Uint8Array; end: 'close' | 'reset' | 'hang' };

/** By `METHOD /path` (without query, asked first) or by operation. A list is used up in order, one a request; then normal. */
export type Overrides = Readonly<Partial<Record<string, Action | readonly Action[]>>>;

/** Changes the JSON of the correct answer: `alterJson(body => ({ ...body, status_code: '1000' }))`. */
export function alterJson(change: (body: Record<string, unknown>) => unknown): Action {
  return {
    do: 'alter',
    change: answer => ({ ...answer, body: JSON.stringify(change(JSON.parse(String(answer.body)))) }),
  };
}

/** Removes header lines from the correct answer, by name in any case. */
export function withoutHeaders(...names: readonly string[]): Action {
  const dropped = new Set(names.map(name => name.toLowerCase()));
  return {
    do: 'alter',
    change: answer => ({ ...answer, headers: answer.headers.filter(([name]) => !dropped.has(name.toLowerCase())) }),
  };
}

/** A well-formed OCPI envelope with any HTTP and OCPI status, in place of the correct answer. */
export function envelopeAnswer(order: { http: number; code: number; message?: string; data?: unknown }): Action {
  return {
    do: 'answer',
    status: order.http,
    headers: [['Content-Type', 'application/json']],
    body: JSON.stringify({
      ...(order.data === undefined ? {} : { data: order.data }),
      status_code: order.code,
      status_message: order.message ?? 'as the test ordered',
      timestamp: '2026-01-01T00:00:00Z',
    }),
  };
}

/** Every value of a header, names compared without regard to case. */
export function valuesOf(headers: HeaderLines, name: string): string[] {
  const wanted = name.toLowerCase();
  return headers.filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value);
}
