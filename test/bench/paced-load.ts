/**
 * A load generator as a process of its own that keeps a pace: so many requests a second over keep-alive connections,
 * whatever the answers take. Reads a `PacedPlan` as JSON from its argument, writes `PacedFigures` as JSON.
 */
import { connect, type Socket } from 'node:net';

export interface PacedPlan {
  readonly port: number;
  readonly connections: number;
  readonly perSecond: number;
  readonly ms: number;
  /** Literal bytes of one request, one character a byte. */
  readonly request: string;
}

export interface PacedFigures {
  readonly asked: number;
  readonly answered: number;
  /** The longest an answer took, and what 99 of 100 took at most; milliseconds. */
  readonly slowest: number;
  readonly p99: number;
}

const TICK_MS = 5;
const END = Buffer.from('\r\n\r\n');

async function load({ port, connections, perSecond, ms, request }: PacedPlan): Promise<PacedFigures> {
  const bytes = Buffer.from(request, 'latin1');
  const idle: Socket[] = [];
  const since = new Map<Socket, number>();
  let asked = 0;
  let answered = 0;
  const latencies: number[] = [];
  const open = () =>
    new Promise<Socket>((resolve, reject) => {
      let held = Buffer.alloc(0);
      const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
      socket.on('error', reject);
      socket.on('data', chunk => {
        held = Buffer.concat([held, chunk]);
        const head = held.indexOf(END);
        if (head === -1) return;
        const [, length = '0'] = /content-length: *(\d+)/i.exec(held.subarray(0, head).toString('latin1')) ?? [];
        if (held.length < head + END.length + Number(length)) return;
        held = Buffer.alloc(0);
        answered++;
        latencies.push(performance.now() - (since.get(socket) ?? 0));
        idle.push(socket);
      });
    });
  const sockets = await Promise.all(Array.from({ length: connections }, open));
  idle.push(...sockets);
  const began = performance.now();
  await new Promise<void>(resolve => {
    const tick = setInterval(() => {
      const elapsed = performance.now() - began;
      const due = Math.floor((Math.min(elapsed, ms) / 1000) * perSecond);
      while (asked < due) {
        const socket = idle.pop();
        if (socket === undefined) break;
        asked++;
        since.set(socket, performance.now());
        socket.write(bytes);
      }
      if (elapsed < ms || (answered < asked && elapsed < ms + 5000)) return;
      clearInterval(tick);
      resolve();
    }, TICK_MS);
  });
  for (const socket of sockets) socket.destroy();
  latencies.sort((left, right) => left - right);
  const p99 = latencies[Math.floor(latencies.length * 0.99)] ?? 0;
  return { asked, answered, slowest: latencies.at(-1) ?? 0, p99 };
}

console.log(JSON.stringify(await load(JSON.parse(process.argv[2] ?? '') as PacedPlan)));
