/**
 * Random and mutated requests over raw sockets against a server with sealing and history. The
 * seed is printed, and repeats the same requests.
 */
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';
import { credentialsResponder } from '../../core/server/modules/credentials.ts';
import type { ServerEvent } from '../../core/server/options.ts';
import type { Registrar } from '../../core/server/registrar.ts';
import { ask, request } from '../support/raw-client.ts';
import { startRecorded } from '../support/recorded-server.ts';
import type { Bench } from './figure.ts';
import { mutant } from './mutants.ts';

export interface FuzzFigures {
  readonly seed: number;
  readonly requests: number;
  /** How many connections got no answer at all: most requests that never end. */
  readonly silent: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** What must not happen; each with the bytes that made it happen. */
  readonly faults: readonly string[];
  readonly recorded: number;
  readonly seconds: number;
}

const FUZZ_TOKEN = 'fuzz-token-4f1c9a';
const AT_ONCE = 64;
const CHECK_EVERY = 250;
/** How long an answer is waited for, and another one behind it, before the connection is ended. */
const PATIENCE_MS = 100;
const MORE_MS = 10;

export async function fuzz({
  requests = 50_000,
  seed = Date.now() % 2 ** 31,
  patienceMs = PATIENCE_MS,
} = {}): Promise<FuzzFigures> {
  const faults: string[] = [];
  const statuses: Record<string, number> = {};
  let silent = 0;
  const onEvent = (event: ServerEvent) => {
    if (event.kind === 'bug') faults.push(`bug in ${event.operation}: ${String(event.error)}`);
  };
  const noted = (error: unknown) => faults.push(`unhandled: ${error instanceof Error ? error.stack : String(error)}`);
  process.on('unhandledRejection', noted);
  process.on('uncaughtException', noted);
  const started = performance.now();
  const recorded = await startRecorded(FUZZ_TOKEN, {
    responders: [credentialsResponder(REGISTRAR)],
    limits: { headersTimeoutMs: 400, requestTimeoutMs: 400, bodyBytes: 100_000 },
    onEvent,
  });
  const { port } = recorded.server;

  const checkGood = async () => {
    const answer = await ask({ port }, request('GET /ocpi/versions', [`Authorization: Token ${FUZZ_TOKEN}`]));
    if (answer.status !== 200) faults.push(`a good request was answered ${answer.statusLine}`);
  };
  const tryOne = async (number: number) => {
    const { bytes, ending } = mutant({ seed, number, token: FUZZ_TOKEN });
    const received = await exchange({ port, bytes, ending, patienceMs });
    if (received === '') silent++;
    for (const status of statusesOf(received)) {
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (status.startsWith('5')) faults.push(`${status} for number ${number}: ${quote(bytes)}`);
    }
    const fault = received === '' ? undefined : faultOf(received);
    if (fault !== undefined) faults.push(`${fault} for number ${number}: ${quote(bytes)}`);
    if (number % CHECK_EVERY === 0) await checkGood();
  };

  let next = 0;
  const worker = async () => {
    while (next < requests) await tryOne(next++);
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    await checkGood();
    const { exchanges } = recorded.history;
    return {
      seed,
      requests,
      silent,
      statuses,
      faults,
      recorded: exchanges.count(),
      seconds: (performance.now() - started) / 1000,
    };
  } finally {
    await recorded.close();
    process.off('unhandledRejection', noted);
    process.off('uncaughtException', noted);
  }
}

const ANSWER = {
  kind: 'credentials',
  credentials: {
    token: 'made-for-fuzzing',
    url: 'http://127.0.0.1/ocpi/versions',
    roles: [{ role: 'CPO', countryCode: 'NL', partyId: 'WBX' }],
  },
} as const;
const REGISTRAR: Registrar = {
  get: () => ANSWER,
  post: async () => ANSWER,
  put: async () => ANSWER,
  delete: async () => ({ kind: 'done' }),
};

interface Try {
  readonly port: number;
  readonly bytes: Buffer;
  readonly ending: 'wait' | 'half-close' | 'reset';
  readonly patienceMs: number;
}

/** Sends the bytes, perhaps in two packets, and gives back what came until then. Ends with a reset: ports are scarce. */
function exchange({ port, bytes, ending, patienceMs }: Try): Promise<string> {
  return new Promise(resolve => {
    let received = '';
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => {
      const middle = bytes.length >> 1;
      socket.write(bytes.subarray(0, middle));
      socket.write(bytes.subarray(middle));
      if (ending === 'half-close') socket.end();
      if (ending === 'reset') setImmediate(() => socket.resetAndDestroy());
    });
    // A socket whose own end is under way cannot be reset: Node then leaves it open for good.
    const finish = () => (ending === 'half-close' ? socket.destroy() : socket.resetAndDestroy());
    let timer = setTimeout(finish, patienceMs);
    socket.on('data', chunk => {
      received += chunk.toString('latin1');
      clearTimeout(timer);
      timer = setTimeout(finish, MORE_MS);
    });
    socket.on('end', finish);
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(received);
    });
  });
}

function statusesOf(received: string): string[] {
  return [...received.matchAll(/HTTP\/1\.1 (\d{3}) [A-Z]/g)].map(([, status = '']) => status);
}

/** Every answer begins as one; a refusal that came whole holds an envelope. */
function faultOf(received: string): string | undefined {
  if (!/^HTTP\/1\.1 \d{3} [A-Z][A-Za-z -]*\r\n/.test(received))
    return `no answer but ${JSON.stringify(received.slice(0, 80))}`;
  const headEnd = received.indexOf('\r\n\r\n');
  const length = Number(/\r\nContent-Length: (\d+)\r\n/.exec(received)?.[1] ?? -1);
  const body = received.slice(headEnd + 4, headEnd + 4 + length);
  if (headEnd === -1 || length < 0 || body.length < length || body.startsWith('HTTP/1.1')) return undefined;
  try {
    const { status_code: code } = JSON.parse(Buffer.from(body, 'latin1').toString());
    return Number.isInteger(code) ? undefined : `no envelope in ${body}`;
  } catch {
    return `no JSON in ${body}`;
  }
}

function quote(bytes: Buffer): string {
  return JSON.stringify(bytes.toString('latin1').slice(0, 300));
}

export const fuzzBench: Bench = {
  name: 'fuzz',
  about: '50,000 random and mutated requests over raw sockets; a good request in between and after',
  measure: async () => {
    const { requests, seed, faults, statuses, recorded, seconds } = await fuzz();
    for (const fault of faults.slice(0, 20)) console.log(`  ${fault}`);
    return [
      {
        name: 'requests',
        value: requests,
        unit: 'count',
        note: `seed ${seed}, ${seconds.toFixed(0)} s, ${recorded} recorded`,
      },
      {
        name: 'crashes, unhandled rejections, unmeant 5xx, bad answers',
        value: faults.length,
        unit: 'count',
        atMost: 0,
        note: JSON.stringify(statuses),
      },
    ];
  },
};
