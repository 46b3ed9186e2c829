import {
  type LogExport,
  type LogFormat,
  LogScope,
  type LogTable,
  RedactionGroup,
  SHORTEST_REASON,
} from '../../contract/session-log.ts';
import { type CommonOptions, usageFailure } from '../command.ts';
import { type FilterOptions, readFilter } from '../exchange-filter.ts';

export interface ExportOptions extends CommonOptions, FilterOptions {
  readonly out?: string;
  readonly format?: LogFormat;
  readonly table: LogTable;
  readonly run?: string;
  readonly transaction?: string;
  readonly ids?: string;
  readonly redact?: string;
  readonly keepPersonal?: string;
  readonly title: string;
  readonly replace?: boolean;
  readonly preview?: boolean;
}

/** What is asked for; refuses what cannot be meant. */
export function readExport(options: ExportOptions): LogExport {
  const { out = '', format, redact = '', keepPersonal, title } = options;
  const groups = redact
    .split(',')
    .map(group => group.trim())
    .filter(group => group !== '');
  const parsed = groups.map(group => {
    const known = RedactionGroup.safeParse(group);
    if (known.success) return known.data;
    throw usageFailure(`--redact ${group} is no group`, `Write ${RedactionGroup.options.join(', ')}.`);
  });
  if (keepPersonal !== undefined && keepPersonal.trim().length < SHORTEST_REASON) {
    throw usageFailure('--keep-personal needs a reason', 'Say in a few words why personal data stays in.');
  }
  const all = keepPersonal === undefined ? [...new Set<RedactionGroup>(['personal', ...parsed])] : parsed;
  if (keepPersonal !== undefined && all.includes('personal')) {
    throw usageFailure('personal data is either kept or replaced', 'Leave out --keep-personal or --redact personal.');
  }
  return {
    scope: readScope(options),
    redaction: { groups: all, ...(keepPersonal === undefined ? {} : { keepPersonal }) },
    title,
    format: format ?? formatOf(out),
    table: options.table,
  };
}

function readScope(options: ExportOptions): LogScope {
  const { run: runId, transaction, ids } = options;
  return LogScope.parse({
    ...readFilter(options),
    ...(runId === undefined ? {} : { runId: readId('--run', runId) }),
    ...(transaction === undefined ? {} : { transaction: readId('--transaction', transaction) }),
    ...(ids === undefined ? {} : { ids: readIds(ids) }),
  });
}

function readId(option: string, text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw usageFailure(`${option} ${text} is no id`, 'Ids are whole numbers from 1 on.');
}

const MOST_IDS = 100_000;

/** `3,7,20-40`. */
function readIds(text: string): number[] {
  const ids = new Set<number>();
  for (const part of text.split(',')) {
    const [from = '', to = from, ...more] = part.trim().split('-');
    const [first, last] = [readId('--ids', from.trim()), readId('--ids', to.trim())];
    if (more.length > 0 || last < first) throw usageFailure(`--ids ${part.trim()} is no range`, 'Write 20-40.');
    if (last - first >= MOST_IDS - ids.size) {
      throw usageFailure('--ids names too many exchanges', `Name at most ${MOST_IDS}, or use --since and --until.`);
    }
    for (let id = first; id <= last; id++) ids.add(id);
  }
  return [...ids];
}

function formatOf(file: string): LogFormat {
  const name = file.toLowerCase();
  if (name.endsWith('.har')) return 'har';
  if (name.endsWith('postman_collection.json') || name.endsWith('.postman.json')) return 'postman';
  if (/\.(sh|curl)$/.test(name)) return 'curl';
  if (/\.(jsonl|ndjson)$/.test(name)) return 'jsonl';
  return name.endsWith('.csv') ? 'csv' : 'ocpilog';
}
