/**
 * A load generator as a process of its own: keep-alive connections, each of which asks again as soon as it is answered.
 * Reads `{ port, connections, ms, request }` as JSON from its argument, writes `LoadFigures` as JSON. Imports nothing.
 */
import { connect } from 'node:net';

export interface LoadPlan {
  readonly port: number;
  readonly connections: number;
  readonly ms: number;
  /** Literal bytes of one request, one character a byte. */
  readonly request: string;
}

/** Latencies in milliseconds. */
export interface LoadFigures {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** The last answer, to see that it was the one that was meant. */
  readonly answer: string;
}

function load({ port, connections, ms, request }: LoadPlan): Promise<LoadFigures> {
  const bytes = Buffer.from(request, 'latin1');
  const latencies: number[] = [];
  const started = performance.now();
  let answer = '';
  const connection = () =>
    new Promise<void>((resolve, reject) => {
      let asked = 0;
      let due = 0;
      let received = 0;
      const ask = () => {
        asked = performance.now();
        socket.write(bytes);
      };
      const socket = connect({ port, host: '127.0.0.1', noDelay: true }, ask);
      socket.on('data', chunk => {
        // Every answer has the same length, which is told by the first one.
        if (due === 0) due = wholeLength(chunk);
        received += chunk.length;
        if (received < due) return;
        received = 0;
        const now = performance.now();
        latencies.push(now - asked);
        if (now - started < ms) ask();
        else {
          answer = chunk.toString('latin1');
          socket.destroy();
        }
      });
      socket.on('error', reject);
      socket.on('close', () => resolve());
    });
  return Promise.all(Array.from({ length: connections }, connection)).then(() => {
    const spent = performance.now() - started;
    latencies.sort((left, right) => left - right);
    const share = (part: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * part))] ?? 0;
    return { perSecond: (latencies.length * 1000) / spent, p50: share(0.5), p99: share(0.99), answer };
  });
}

function wholeLength(chunk: Buffer): number {
  const text = chunk.toString('latin1');
  const length = /\r\nContent-Length: (\d+)\r\n/i.exec(text)?.[1];
  const head = text.indexOf('\r\n\r\n');
  if (length === undefined || head === -1) throw new Error(`not a whole head: ${text}`);
  return head + 4 + Number(length);
}

if (process.argv[1] === import.meta.filename) {
  const plan: LoadPlan = JSON.parse(process.argv[2] ?? '');
  process.stdout.write(JSON.stringify(await load(plan)));
}
