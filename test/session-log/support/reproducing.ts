import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { type Clock, systemClock } from '../../../core/clock.ts';
import type { Outcome } from '../../../core/contract/failure.ts';
import type { ReproducedRequest, Reproduction } from '../../../core/contract/reproduction.ts';
import type { ExchangeLine, HeaderLine, LogRecord } from '../../../core/session-log/format/records.ts';
import { writeLog } from '../../../core/session-log/write/write-log.ts';
import {
  type ReproduceOptions,
  type RunningReproduction,
  startReproduction,
} from '../../../core/workbench/session-logs/reproducing/reproduce-one.ts';
import { ask, type RawAnswer, request } from '../../support/raw-client.ts';
import { answerText, BEGAN, headerLine, JSON_TYPE, linkLine } from './lines.ts';

const folders: string[] = [];
const running: RunningReproduction[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map(one => one.stop()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A session log of these lines, in a folder that goes when the test ends. */
export async function logOf(
  records: Iterable<LogRecord>,
  header: Partial<HeaderLine> = { redacted: [] },
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'workbench-reproduce-'));
  folders.push(folder);
  const path = join(folder, 'a.ocpilog');
  const file = createWriteStream(path);
  const out = {
    write: (piece: Uint8Array) =>
      new Promise<void>((resolve, reject) => file.write(piece, error => (error ? reject(error) : resolve()))),
  };
  await writeLog({ header: headerLine(header), records, out });
  await new Promise<void>(resolve => file.end(() => resolve()));
  return path;
}

/** A reproduction that runs, as a client meets it. */
export interface Reproducing {
  readonly port: number;
  readonly origin: string;
  readonly token: string;
  /** `Authorization: Token ...` with the token told, in Base64. */
  readonly authorization: string;
  view(): Reproduction;
  /** Oldest first. */
  requests(): ReproducedRequest[];
  /** One request on a connection of its own, with the token told unless header lines are given. */
  ask(line: string, headers?: readonly string[], body?: unknown): Promise<RawAnswer>;
  stop(): Promise<void>;
}

export async function tryReproduce(
  path: string,
  { clock = systemClock, ...options }: Partial<ReproduceOptions> & { readonly clock?: Clock } = {},
): Promise<Outcome<RunningReproduction>> {
  const started = await startReproduction(
    {
      source: { kind: 'file', path, name: 'a.ocpilog' },
      as: 'partner',
      host: '127.0.0.1',
      port: 0,
      timing: 'at-once',
      ...options,
    },
    {
      clock,
      newId: randomUUID,
      onRequest: () => {},
      onTrouble: (what, error) => {
        throw new Error(what, { cause: error });
      },
    },
  );
  if (started.ok) running.push(started.value);
  return started;
}

/** Lines, or a log. */
export async function reproduce(
  records: Iterable<LogRecord> | string,
  {
    header,
    ...options
  }: Partial<ReproduceOptions> & { readonly header?: Partial<HeaderLine>; readonly clock?: Clock } = {},
): Promise<Reproducing> {
  const started = await tryReproduce(typeof records === 'string' ? records : await logOf(records, header), options);
  if (!started.ok) throw new Error(started.failure.message);
  const { versionsUrl, token } = started.value.view();
  const { origin, port } = new URL(versionsUrl);
  const authorization = `Authorization: Token ${Buffer.from(token).toString('base64')}`;
  return {
    port: Number(port),
    origin,
    token,
    authorization,
    view: started.value.view,
    requests: () => started.value.requests({ offset: 0, limit: 500 }).requests.toReversed(),
    ask: (line, headers = [authorization], body) => {
      const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
      const literal = request(line, headers, text).replace('Host: localhost', `Host: 127.0.0.1:${port}`);
      return ask({ port: Number(port) }, literal);
    },
    stop: () => started.value.stop(),
  };
}

const ACME = 'https://acme.example';
export const TOKEN_A = 'Token {token:aaa:base64:48}';

interface OneOf extends Partial<Omit<ExchangeLine, 'request' | 'response'>> {
  readonly body?: unknown;
  readonly headers?: [string, string][];
  readonly answer?: unknown;
  readonly answerHeaders?: [string, string][];
  readonly status?: number;
}

/** We asked the partner: `GET /ocpi/versions`; `answer` is the text of its body, or `data` of its envelope. */
export function weAsked(id: number, line: string, given: OneOf = {}): ExchangeLine {
  const {
    body,
    headers = [['Authorization', TOKEN_A]],
    answer,
    answerHeaders = [JSON_TYPE],
    status = 200,
    ...rest
  } = given;
  const [method = 'GET', url = '/'] = line.split(' ');
  const text = typeof answer === 'string' ? answer : answerText(answer);
  const length: [string, string] = ['Content-Length', String(Buffer.byteLength(text))];
  const framed = answerHeaders.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name));
  return {
    type: 'exchange',
    id,
    direction: 'out',
    link: 1,
    operation: 'unknown',
    version: '2.2.1',
    startedAt: BEGAN + id * 1000,
    request: {
      method,
      url: url.startsWith('/') ? ACME + url : url,
      headers,
      ...(body === undefined ? {} : { body: { text: typeof body === 'string' ? body : JSON.stringify(body) } }),
    },
    response: {
      status,
      statusText: status === 200 ? 'OK' : 'Other',
      headers: framed ? answerHeaders : [...answerHeaders, length],
      body: { text },
    },
    ended: { how: 'complete' },
    ...rest,
  };
}

/** The partner asked us. */
export function theyAsked(id: number, line: string, given: OneOf = {}): ExchangeLine {
  const made = weAsked(id, line, { ended: { how: 'answered' }, ...given });
  const [, url = '/'] = line.split(' ');
  return { ...made, direction: 'in', request: { ...made.request, url } };
}

/** An exchange without an answer. */
export function unanswered({ response: _, ...line }: ExchangeLine, ended: ExchangeLine['ended']): ExchangeLine {
  return { ...line, ended };
}

export const DETAILS = '/ocpi/2.2.1';

/** Versions, details and credentials of a partner as a registration meets them. */
export function registrationLines(): LogRecord[] {
  const endpoint = (identifier: string, role: string) => ({
    identifier,
    role,
    url: `${ACME}/ocpi/2.2.1/${identifier}`,
  });
  return [
    linkLine(1, { endpoints: [] }),
    weAsked(1, 'GET /ocpi/versions', {
      operation: 'versions.list',
      answer: [{ version: '2.2.1', url: `${ACME}${DETAILS}` }],
    }),
    weAsked(2, `GET ${DETAILS}`, {
      operation: 'versions.details',
      answer: {
        version: '2.2.1',
        endpoints: [
          endpoint('credentials', 'SENDER'),
          endpoint('locations', 'SENDER'),
          endpoint('commands', 'RECEIVER'),
        ],
      },
    }),
    weAsked(3, `POST ${DETAILS}/credentials`, {
      operation: 'credentials.post',
      body: { token: '{token:bbb:raw:36}', url: 'https://wbx.example/ocpi/versions', roles: [] },
      answer: { token: '{token:ccc:raw:36}', url: `${ACME}/ocpi/versions`, roles: [] },
    }),
  ];
}
