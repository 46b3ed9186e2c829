/**
 * How many PATCHes of sessions a second the workbench takes, checked, merged, kept with their revisions and recorded before
 * they are answered, beside a bare node:http server that parses the same bodies.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import Database from 'better-sqlite3';
import { systemClock } from '../../core/clock.ts';
import { createPlainTexts } from '../history/objects/plain-texts.ts';
import { startPartner } from '../support/partner/partner.ts';
import type { Bench } from './figure.ts';
import { kwhOf, momentOf, type ReceiveFigures, type ReceivePlan, sessionId } from './receive-load.ts';
import type { TargetAt, TargetNow } from './receive-target.ts';

const SESSIONS = 2000;
const CONNECTIONS = 32;
const SECONDS = 30;
/** The bare server is measured before and after; both times for so long. */
const BARE_SECONDS = 4;
const MEBIBYTE = 1024 * 1024;

interface ReceiveMeasured {
  readonly load: ReceiveFigures;
  /** Answers a second of the bare server. */
  readonly bare: number;
  /** When patching began, and after each third of the time: sessions grow by a period with each PATCH. */
  readonly at: readonly TargetNow[];
  /** Sessions that are not as their last PATCH left them. */
  readonly wrong: number;
  /** Pushes without an exchange, and changes without a revision. */
  readonly missing: number;
}

async function measureReceiving({ seconds = SECONDS, sessions = SESSIONS } = {}): Promise<ReceiveMeasured> {
  const folder = mkdtempSync(join(tmpdir(), 'ocpi-workbench-receive-'));
  const file = join(folder, 'workbench.db');
  const size = { sessions, connections: CONNECTIONS };
  const bare = await start('bare');
  const bareRate = async () => {
    const plan = { port: bare.at.port, path: '/sessions', authorization: 'Token none', ms: BARE_SECONDS * 1000 };
    return (await push({ ...size, ...plan }).figures).perSecond;
  };
  const partner = await startPartner({ versions: ['2.2.1'], roles: ['CPO'], party: PARTY });
  try {
    const before = await bareRate();
    const target = await start('workbench', file);
    const { versionsUrl, token, port } = target.at;
    const registered = await partner.register({ versionsUrl, token, version: '2.2.1' });
    if (!registered.ok) throw new Error(JSON.stringify(registered));
    const authorization = `Token ${btoa(partner.relation.outgoing ?? '')}`;
    const path = '/ocpi/2.2.1/receiver/sessions';
    const pushing = push({ ...size, port, path, authorization, ms: seconds * 1000 });
    await pushing.began;
    const at = [await target.now()];
    for (let third = 0; third < 3; third++) {
      await systemClock.sleep((seconds * 1000) / 3);
      at.push(await target.now());
    }
    const load = await pushing.figures;
    await end(target.process);
    const after = await bareRate();
    return { load, bare: (before + after) / 2, at, ...look(file, load) };
  } finally {
    await Promise.all([partner.stop(), end(bare.process)]);
    rmSync(folder, { recursive: true, force: true });
  }
}

const PARTY = { countryCode: 'NL', partyId: 'ABC', name: 'Pusher' };

interface Target {
  readonly process: ChildProcess;
  readonly at: TargetAt;
  now(): Promise<TargetNow>;
}

async function start(...args: readonly string[]): Promise<Target> {
  const child = fork(join(import.meta.dirname, 'receive-target.ts'), args, { stdio: 'inherit' });
  const heard = async <T>(): Promise<T> => {
    const [message] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new Error(`the ${args[0]} server has ended`))),
    ]);
    return message as T;
  };
  const at = await heard<TargetAt>();
  return {
    process: child,
    at,
    now: () => {
      child.send('now');
      return heard<TargetNow>();
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

function push(plan: ReceivePlan): { readonly began: Promise<unknown>; readonly figures: Promise<ReceiveFigures> } {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'receive-load.ts'), JSON.stringify(plan)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return {
    began: once(child.stderr, 'data'),
    figures: text(child.stdout).then(said => JSON.parse(said) as ReceiveFigures),
  };
}

/** Reads what is in the file once nobody has it open any more. */
function look(file: string, { rounds, put, patched }: ReceiveFigures): Pick<ReceiveMeasured, 'wrong' | 'missing'> {
  const database = new Database(file, { readonly: true });
  try {
    const count = (sql: string) => Number(database.prepare(sql).pluck().get());
    const present = createPlainTexts(database);
    const linkId = count('SELECT id FROM link');
    const wrong = rounds.filter((round, number) => {
      const found = present({ linkId, module: 'sessions', id: sessionId(number), party: 'NL-ABC' });
      return found === undefined || !isAfter(found, round);
    });
    const exchanges = count(`SELECT count(*) FROM exchange WHERE operation IN ('sessions.put', 'sessions.patch')
      AND ended = 'answered'`);
    const revisions = count('SELECT count(*) FROM object_revision');
    return { wrong: wrong.length, missing: put + patched - exchanges + (patched - revisions) };
  } finally {
    database.close();
  }
}

interface Patched {
  readonly kwh: number;
  readonly last_updated: string;
  readonly charging_periods: readonly { readonly start_date_time: string }[];
}

/** Whether a session is as so many PATCHes leave it: the newest values, and a period of each in their order. */
function isAfter(found: string, round: number): boolean {
  const session = JSON.parse(found) as Patched;
  const periods = session.charging_periods.map(period => period.start_date_time);
  const expected = Array.from({ length: round }, (_, at) => momentOf(at + 1));
  const { kwh, last_updated: moment } = session;
  return (
    kwh === Number(round === 0 ? 0 : kwhOf(round)) && moment === momentOf(round) && periods.join() === expected.join()
  );
}

export const receiveBench: Bench = {
  name: 'receive',
  about: `PATCHes of ${SESSIONS} sessions over ${CONNECTIONS} connections for ${SECONDS} s, against node:http that parses them`,
  measure: async () => {
    const { load, bare, at, wrong, missing } = await measureReceiving();
    const least = Math.min(2000, 0.3 * bare);
    const [begin, first, second, last] = at.map(({ memory }) => memory / MEBIBYTE);
    if (begin === undefined || first === undefined || second === undefined || last === undefined) {
      throw new Error('the memory was not looked at');
    }
    const times = `p50 ${load.p50.toFixed(1)} ms, p99 ${load.p99.toFixed(1)} ms`;
    const memory = [begin, first, second, last].map(Math.round).join(', ');
    return [
      { name: 'PATCHes a second', value: load.perSecond, unit: '/s', atLeast: Math.floor(least), note: times },
      {
        name: 'share of the bare server',
        value: load.perSecond / bare,
        unit: 'ratio',
        note: `bare ${Math.round(bare)}/s`,
      },
      {
        name: 'memory at the end, times that after two thirds',
        value: last / second,
        unit: 'ratio',
        atMost: 1.1,
        note: `MiB at the beginning and after each third: ${memory}`,
      },
      {
        name: 'event loop late by, 99 of 100',
        value: Math.max(...at.slice(1).map(({ late }) => late)),
        unit: 'ms',
        note: `at most ${Math.max(...at.slice(1).map(({ latest }) => latest)).toFixed(0)} ms`,
      },
      { name: 'refused', value: load.refused, unit: 'count', atMost: 0, note: load.firstRefused ?? '' },
      { name: 'sessions not as their last PATCH left them', value: wrong, unit: 'count', atMost: 0 },
      { name: 'exchanges or revisions missing', value: missing, unit: 'count', atMost: 0 },
    ];
  },
};
