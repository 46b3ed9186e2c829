/** Servers and load as processes of their own, for benches of answering. */
import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LoadFigures, LoadPlan } from './load.ts';
import { LOAD_TOKEN } from './load-target.ts';

/** GET versions with token and ids. */
export const VERSIONS_REQUEST = [
  'GET /ocpi/versions HTTP/1.1',
  'Host: 127.0.0.1',
  `Authorization: Token ${btoa(LOAD_TOKEN)}`,
  'Accept: application/json',
  'X-Request-ID: 7c0d9b9e-7e6b-4c6e-9f0e-0d5f8f0a1b2c',
  'X-Correlation-ID: 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed',
  '',
  '',
].join('\r\n');

/** A server under load, as a process of its own (load-target.ts). */
export async function target(
  which: 'bare' | 'workbench',
  ...args: string[]
): Promise<{ process: ChildProcess; port: number }> {
  const child = fork(join(import.meta.dirname, 'load-target.ts'), [which, ...args], { stdio: 'inherit' });
  const [port] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error(`the ${which} server did not start`))),
  ]);
  return { process: child, port: Number(port) };
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** One round of load, from a process of its own. */
export async function load(plan: LoadPlan): Promise<LoadFigures> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(import.meta.dirname, 'load.ts'),
    JSON.stringify(plan),
  ]);
  return JSON.parse(stdout);
}

export function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[values.length >> 1] ?? 0;
}

/** One that is asked one thing after another, and begins by telling its port. */
export interface AskedTarget<Question, Answer> {
  readonly process: ChildProcess;
  readonly port: number;
  ask(question: Question): Promise<Answer>;
}

export async function askedTarget<Question extends string, Answer>(
  script: string,
  ...args: string[]
): Promise<AskedTarget<Question, Answer>> {
  const child = fork(script, args, { stdio: 'inherit' });
  child.setMaxListeners(0);
  const heard = async <T>(): Promise<T> => {
    const [message] = await once(child, 'message');
    return message as T;
  };
  const { port } = await heard<{ port: number }>();
  return {
    process: child,
    port,
    ask(question) {
      child.send(question);
      return heard<Answer>();
    },
  };
}

const ROUNDS = 9;
const ROUND_MS = 700;

/** Milliseconds, the median of some rounds. `still`: only those count during which it held. */
export async function p99Of(port: number, still: () => Promise<boolean> = async () => true): Promise<number> {
  const run = () => load({ port, connections: 16, ms: ROUND_MS, request: VERSIONS_REQUEST });
  await run();
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { p99 } = await run();
    if (!(await still())) break;
    rounds.push(p99);
  }
  if (rounds.length === 0) throw new Error('it was over before anything could be measured');
  return median(rounds);
}
