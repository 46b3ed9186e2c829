/**
 * A partner that pushes sessions as fast as it is answered, as a process of its own: PUTs each once, then PATCHes them round
 * and round over keep-alive connections. Each session belongs to one connection, which waits for every answer, so that its
 * PATCHes leave in their order. Reads a `ReceivePlan` as JSON from its argument, writes `ReceiveFigures` as JSON. Imports
 * nothing of the workbench.
 */
import { connect, type Socket } from 'node:net';

export interface ReceivePlan {
  readonly port: number;
  /** Of the sessions receiver, without a slash at the end. */
  readonly path: string;
  /** Value of the Authorization header. */
  readonly authorization: string;
  readonly sessions: number;
  readonly connections: number;
  /** How long is patched, milliseconds. */
  readonly ms: number;
}

/** Latencies of PATCHes in milliseconds. */
export interface ReceiveFigures {
  readonly put: number;
  readonly patched: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Answers that were not 200 or 201 with 1000, with the first of them. */
  readonly refused: number;
  readonly firstRefused?: string;
  /** Of each session how often it was patched, by its number: what it is to look like follows from it. */
  readonly rounds: readonly number[];
}

export function sessionId(number: number): string {
  return `SE-ELV-SESSION-${number}`;
}

/** The moment of a session's PATCH. */
export function momentOf(round: number): string {
  return new Date(Date.UTC(2026, 5, 1, 8) + round * 1000).toISOString().replace('.000', '');
}

export function kwhOf(round: number): string {
  return (round / 8).toFixed(4);
}

function put(number: number): string {
  return JSON.stringify({
    country_code: 'NL',
    party_id: 'ABC',
    id: sessionId(number),
    start_date_time: momentOf(0),
    kwh: 0,
    cdr_token: {
      country_code: 'NL',
      party_id: 'WBX',
      uid: `0420${String(number).padStart(8, '0')}`,
      type: 'RFID',
      contract_id: `NL-WBX-C${String(number).padStart(8, '0')}`,
    },
    auth_method: 'WHITELIST',
    location_id: `LOC-${number % 400}`,
    evse_uid: `EVSE-${number % 400}-${number % 4}`,
    connector_id: '1',
    currency: 'EUR',
    charging_periods: [],
    total_cost: { excl_vat: 0, incl_vat: 0 },
    status: 'ACTIVE',
    last_updated: momentOf(0),
  });
}

function patch(round: number): string {
  const at = momentOf(round);
  return (
    `{"kwh":${kwhOf(round)},"charging_periods":[{"start_date_time":"${at}","dimensions":` +
    `[{"type":"ENERGY","volume":0.125},{"type":"MAX_CURRENT","volume":${(round % 16) + 16}}],"tariff_id":"day-1"}],` +
    `"total_cost":{"excl_vat":${(round * 0.04).toFixed(2)}},"last_updated":"${at}"}`
  );
}

/** One connection that asks, and waits for the whole answer. */
interface Line {
  ask(method: string, path: string, body: string): Promise<string>;
  end(): void;
}

function lineTo(plan: ReceivePlan): Promise<Line> {
  let text = '';
  let due = 0;
  let answered: (text: string) => void = () => {};
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port: plan.port, host: '127.0.0.1', noDelay: true }, () =>
      resolve({
        ask: (method, path, body) =>
          new Promise(told => {
            answered = told;
            socket.write(
              `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${plan.port}\r\nAuthorization: ${plan.authorization}\r\n` +
                `Content-Type: application/json\r\nX-Request-ID: ${crypto.randomUUID()}\r\n` +
                `X-Correlation-ID: ${crypto.randomUUID()}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
              'latin1',
            );
          }),
        end: () => socket.destroy(),
      }),
    );
    socket.setEncoding('latin1');
    socket.on('error', reject);
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (due === 0) {
        const head = text.indexOf('\r\n\r\n');
        if (head < 0) return;
        due = head + 4 + Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? 0);
      }
      if (text.length < due) return;
      const whole = text;
      text = '';
      due = 0;
      answered(whole);
    });
  });
}

async function load(plan: ReceivePlan): Promise<ReceiveFigures> {
  const { sessions, connections, ms, path } = plan;
  const rounds = Array<number>(sessions).fill(0);
  const latencies: number[] = [];
  let refused = 0;
  let firstRefused: string | undefined;
  const judge = (answer: string) => {
    if (/^HTTP\/1\.1 20[01] /.test(answer) && answer.includes('"status_code":1000')) return true;
    refused++;
    firstRefused ??= answer;
    return false;
  };
  const lines = await Promise.all(Array.from({ length: connections }, () => lineTo(plan)));
  const together = (work: (line: Line, first: number) => Promise<void>) => Promise.all(lines.map(work));
  await together(async (line, first) => {
    for (let number = first; number < sessions; number += connections) {
      judge(await line.ask('PUT', `${path}/NL/ABC/${sessionId(number)}`, put(number)));
    }
  });
  const began = performance.now();
  let ended = began;
  process.stderr.write('patching\n');
  await together(async (line, first) => {
    for (;;) {
      for (let number = first; number < sessions; number += connections) {
        const round = (rounds[number] ?? 0) + 1;
        const asked = performance.now();
        const done = judge(await line.ask('PATCH', `${path}/NL/ABC/${sessionId(number)}`, patch(round)));
        if (done) rounds[number] = round;
        const now = performance.now();
        latencies.push(now - asked);
        if (now - began < ms) continue;
        ended = Math.max(ended, now);
        return;
      }
    }
  });
  for (const line of lines) line.end();
  latencies.sort((left, right) => left - right);
  const share = (part: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * part))] ?? 0;
  return {
    put: sessions,
    patched: latencies.length,
    perSecond: (latencies.length * 1000) / (ended - began),
    p50: share(0.5),
    p99: share(0.99),
    refused,
    ...(firstRefused === undefined ? {} : { firstRefused }),
    rounds,
  };
}

if (process.argv[1] === import.meta.filename) {
  process.stdout.write(JSON.stringify(await load(JSON.parse(process.argv[2] ?? '') as ReceivePlan)));
}
