import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { ReplayOptions } from '../contract/replay.ts';
import type { ContractClient } from '../loopback/client.ts';
import { looksLikeLog } from '../session-log/read/looks-like-log.ts';
import { usageFailure } from './command.ts';
import { readTraffic } from './import-command.ts';
import { readMoment } from './option-values.ts';
import { uploadText } from './upload.ts';

export type SourceInput = ReplayOptions['source'];

export interface SourceFlags {
  readonly format?: 'auto' | 'har' | 'curl' | 'jsonl';
  readonly link?: string;
  readonly since?: string;
  readonly until?: string;
}

export const SOURCES =
  "a scenario's name, a file (a scenario, a session log, HAR, curl commands, JSON lines; - is standard input), transaction:ID, exchanges:12,14-20, link:NAME, object:LINK/MODULE/KEY, run:ID";

const PREFIXED = /^(transaction|exchanges|link|object|run|scenario|file):(.*)$/s;
/** Of exchanges named one by one. */
const MOST_IDS = 100_000;

/** What SOURCE on the command line means; a file is handed over as it is read. */
export async function readSource(client: ContractClient, text: string, flags: SourceFlags): Promise<SourceInput> {
  const [, prefix, rest = ''] = PREFIXED.exec(text) ?? [];
  switch (prefix) {
    case 'transaction':
      return { kind: 'transaction', id: idIn(text, rest) };
    case 'run':
      return { kind: 'again', runId: idIn(text, rest) };
    case 'exchanges':
      return { kind: 'exchanges', ids: idsIn(text, rest) };
    case 'link':
      return {
        kind: 'link',
        name: rest,
        ...(flags.since === undefined ? {} : { since: readMoment('--since', flags.since) }),
        ...(flags.until === undefined ? {} : { until: readMoment('--until', flags.until) }),
      };
    case 'object':
      return objectIn(text, rest);
    case 'scenario':
      return { kind: 'scenario', name: rest };
    case 'file':
      return fileOf(client, rest, flags);
    default:
      return bare(client, text, flags);
  }
}

/** A scenario by its name, or a file: what is both has to be said. */
async function bare(client: ContractClient, text: string, flags: SourceFlags): Promise<SourceInput> {
  if (text === '-') return fileOf(client, text, flags);
  const isFile = await stat(text).then(
    found => !found.isDirectory(),
    () => false,
  );
  const scenarios = await client.replays.scenarios.list();
  const isScenario = scenarios.some(({ name }) => name === text);
  if (isFile && isScenario) {
    throw usageFailure(
      `"${text}" is a scenario, and there is a file of that name`,
      `Write scenario:${text} or file:${text}.`,
    );
  }
  if (isFile) return fileOf(client, text, flags);
  if (isScenario) return { kind: 'scenario', name: text };
  throw usageFailure(
    `"${text}" is neither a scenario nor a file`,
    `SOURCE is ${SOURCES}. wb scenarios list names the scenarios.`,
  );
}

async function fileOf(client: ContractClient, file: string, flags: SourceFlags): Promise<SourceInput> {
  if (file !== '-' && (await looksLikeLog(file))) return logOf(file, flags);
  const text = await readTraffic(file);
  const name = file === '-' ? 'standard input' : basename(file);
  if (isScenario(text)) return { kind: 'written', name, text };
  const upload = await uploadText(client, text);
  return { kind: 'file', name, upload, format: flags.format ?? 'auto' };
}

/** Imported by whoever owns the database, unless it stands there already. */
function logOf(file: string, { link }: SourceFlags): SourceInput {
  const path = resolve(file);
  return { kind: 'file', name: basename(file), path, format: 'ocpilog', ...(link === undefined ? {} : { link }) };
}

/** Also one that is written wrongly: its problems are told, instead of those it has as traffic. */
function isScenario(text: string): boolean {
  return /^\ufeff?\s*\{/.test(text) && /"scenario"\s*:\s*1\b/.test(text) && !/"log"\s*:\s*\{/.test(text);
}

function idIn(text: string, written: string): number {
  const id = Number(written);
  if (/^\d+$/.test(written) && Number.isSafeInteger(id) && id > 0) return id;
  throw usageFailure(`${text}: "${written}" is no id`, 'A whole number, as the lists show it.');
}

/** `12,14-20`. */
function idsIn(text: string, written: string): number[] {
  const ids = written.split(',').flatMap(part => {
    const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(part.trim()) ?? [];
    if (first === undefined) throw usageFailure(`${text}: "${part}" is no id`, 'Write exchanges:12,14-20.');
    const [from, to] = [Number(first), Number(last ?? first)];
    if (from < 1 || to < from || to - from >= MOST_IDS) {
      throw usageFailure(`${text}: ${part} is out of range`, `Upwards, and ${MOST_IDS} at most.`);
    }
    return Array.from({ length: to - from + 1 }, (_, at) => from + at);
  });
  return [...new Set(ids)];
}

function objectIn(text: string, written: string): SourceInput {
  const [, link, module, key] = /^([^/]+)\/([^/]+)\/(.+)$/s.exec(written) ?? [];
  if (link !== undefined && module !== undefined && key !== undefined) return { kind: 'object', link, module, key };
  throw usageFailure(`${text} names no object`, 'Write object:LINK/MODULE/KEY, for instance object:acme/sessions/S1.');
}
