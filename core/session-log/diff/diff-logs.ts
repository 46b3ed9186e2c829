import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { DiffPair, LogDiff } from '../../contract/log-diff.ts';
import type { LogAbout } from '../../contract/session-log.ts';
import { shorten } from '../../ocpi/findings.ts';
import { splitPath } from '../../ocpi/urls.ts';
import type { ExchangeLine } from '../format/records.ts';
import { type Alignment, align } from './align.ts';
import { comparePair } from './compare-pair.ts';
import { type ExchangeKey, exchangeKey } from './exchange-key.ts';
import type { LogSide } from './log-side.ts';
import { createOneToOne } from './one-to-one.ts';
import { openSpool, type Spool } from './spool.ts';

export interface DiffLogsInput {
  readonly a: LogSide;
  readonly b: LogSide;
  readonly strict: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Those that are listed, of all that are not the same. */
const MOST_PAIRS = 2000;
/** Of each log: of every exchange a little is kept in memory. */
const MOST_EXCHANGES = 1_000_000;

/**
 * Two logs by the meaning of their exchanges: aligned (`align.ts`), each laid beside its like (`compare-pair.ts`). Reads the first
 * log twice, puts the exchanges of the second one aside in a temporary file; memory holds the keys of both. Fails where a log
 * cannot be read, has no such link, or is too long. Throws the signal's reason.
 */
export async function diffLogs(input: DiffLogsInput): Promise<Outcome<LogDiff>> {
  let spool: Spool | undefined;
  try {
    spool = await openSpool();
    return await compareLogs(input, spool);
  } catch (error) {
    if (input.signal?.aborted || !isDiskError(error)) throw error;
    const message = `${input.a.name} and ${input.b.name} could not be compared: ${error.message}`;
    return failed(
      'OPERATION_FAILED',
      message,
      'The exchanges of one of them have to find room in the temporary folder.',
    );
  } finally {
    spool?.close();
  }
}

function isDiskError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && /^E[A-Z0-9]+$/.test(String(error.code));
}

async function compareLogs({ a, b, strict, signal }: DiffLogsInput, spool: Spool): Promise<Outcome<LogDiff>> {
  const first = await keysOf(a, () => {}, signal);
  if (!first.ok) return first;
  const second = await keysOf(b, line => spool.add(line), signal);
  if (!second.ok) return second;
  const alignment = align(first.value.keys, second.value.keys);
  const comparing = createComparing({ alignment, spool, strict, abouts: [first.value.about, second.value.about] });
  const again = await eachExchange(a, line => {
    signal?.throwIfAborted();
    comparing.next(line);
  });
  if (!again.ok) return again;
  return done({
    a: { name: first.value.name, about: first.value.about, exchanges: first.value.keys.length },
    b: { name: second.value.name, about: second.value.about, exchanges: second.value.keys.length },
    view: alignment.view,
    ...comparing.end(),
  });
}

interface Keyed {
  readonly name: string;
  readonly about: LogAbout;
  readonly keys: ExchangeKey[];
}

async function keysOf(
  side: LogSide,
  each: (line: ExchangeLine) => void,
  signal: AbortSignal | undefined,
): Promise<Outcome<Keyed>> {
  const keys: ExchangeKey[] = [];
  const read = await eachExchange(side, (line, link) => {
    signal?.throwIfAborted();
    if (keys.length <= MOST_EXCHANGES) keys.push(exchangeKey(line, link));
    if (keys.length <= MOST_EXCHANGES) each(line);
  });
  if (!read.ok) return read;
  if (keys.length > MOST_EXCHANGES) {
    const message = `${side.name} holds more than ${MOST_EXCHANGES.toLocaleString('en-US')} exchanges`;
    return failed('INVALID_INPUT', message, 'Compare one link of each, or export less.');
  }
  return done({ ...read.value, keys });
}

async function eachExchange(
  side: LogSide,
  each: (line: ExchangeLine, link: string) => void,
): Promise<Outcome<{ about: LogAbout; name: string }>> {
  const names = new Map<number, string>();
  const wanted = side.link?.toLowerCase();
  const read = await side.read(record => {
    if (record.type === 'link') names.set(record.id, record.link.name);
    if (record.type !== 'exchange') return;
    const link = record.link === undefined ? '' : (names.get(record.link) ?? '');
    if (wanted === undefined || link.toLowerCase() === wanted) each(record, link);
  });
  if (!read.ok || wanted === undefined) return read;
  if ([...names.values()].some(name => name.toLowerCase() === wanted)) return read;
  const there = [...names.values()].map(name => shorten(name)).join(', ');
  return failed('NOT_FOUND', `${side.name} has no link ${side.link}`, `Its links: ${there || 'none'}.`);
}

interface Comparing {
  /** The next exchange of the first log. */
  next(line: ExchangeLine): void;
  end(): Pick<LogDiff, 'same' | 'different' | 'onlyA' | 'onlyB' | 'pairs'>;
}

function createComparing({
  alignment: { view, like },
  spool,
  strict,
  abouts,
}: {
  readonly alignment: Alignment;
  readonly spool: Spool;
  readonly strict: boolean;
  readonly abouts: readonly LogAbout[];
}): Comparing {
  const redacted = new Set(abouts.flatMap(about => about.redacted));
  const options = { view, strict, redacted, names: createOneToOne() };
  const taken = new Set(like.flatMap(found => found?.at ?? []));
  const counts = { same: 0, different: 0, onlyA: 0, onlyB: 0 };
  const pairs: DiffPair[] = [];
  let index = 0;
  let behind = 0;
  let no = 0;
  const tell = (pair: Omit<DiffPair, 'no'>) => {
    if (pairs.length < MOST_PAIRS) pairs.push({ no, ...pair });
  };
  /** Those that only the second log has, up to a place in it. */
  const tellExtra = (until: number) => {
    for (; behind < until; behind++) {
      if (taken.has(behind)) continue;
      no++;
      counts.onlyB++;
      if (pairs.length < MOST_PAIRS) tell(onlyIn('b', spool.line(behind)));
    }
  };
  return {
    next(line) {
      const found = like[index++];
      if (found === undefined) {
        no++;
        counts.onlyA++;
        tell(onlyIn('a', line));
        return;
      }
      tellExtra(found.at);
      no++;
      const other = spool.line(found.at);
      const differences = comparePair(line, other, options);
      if (differences.length === 0) counts.same++;
      else {
        counts.different++;
        tell({ a: sideOf(line), b: sideOf(other), by: found.by, differences });
      }
    },
    end() {
      tellExtra(spool.count);
      return { ...counts, pairs };
    },
  };
}

function onlyIn(which: 'a' | 'b', line: ExchangeLine): Omit<DiffPair, 'no'> {
  const side = sideOf(line);
  const missing = which === 'a';
  return {
    a: missing ? side : null,
    b: missing ? null : side,
    by: null,
    differences: [
      {
        layer: missing ? 'missing' : 'extra',
        where: '',
        a: missing ? side.words : '',
        b: missing ? '' : side.words,
        meaning: missing ? 'The second log has no such exchange.' : 'The first log has no such exchange.',
      },
    ],
  };
}

function sideOf({ id, startedAt, direction, request, response, ocpiStatus }: ExchangeLine): NonNullable<DiffPair['a']> {
  const { path, query } = splitPath(request.url);
  const target = `${path}${query === '' ? '' : `?${query}`}`;
  return {
    id,
    at: new Date(startedAt).toISOString(),
    words: `${direction === 'out' ? '->' : '<-'} ${request.method} ${shorten(target, 200)}`,
    httpStatus: response?.status ?? null,
    ocpiStatus: ocpiStatus ?? null,
  };
}
