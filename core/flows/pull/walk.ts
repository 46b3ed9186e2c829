import type { PageAhead, PageStored, PageToRead } from '../../contract/ingest.ts';
import { type Finding, finding } from '../../ocpi/findings.ts';
import { isSuccess, statusCode } from '../../ocpi/status-codes.ts';
import { createNavigator, type Navigator, type Position, type WalkEnd } from './navigator.ts';
import { type PageHead, readPageHead } from './page-head.ts';
import type { Fetched, PageSource, Tries } from './page-source.ts';
import type { PullOrder, PullPorts, PullRun, PullTarget } from './ports.ts';
import { pageUrl, type Stretch } from './stretch.ts';

/** A page that was read and stored, with everything that was noticed about it. */
export interface PageTaken {
  readonly exchangeIds: readonly number[];
  readonly position: Position;
  readonly next: Position | undefined;
  readonly head: PageHead;
  readonly stored: PageStored;
  readonly findings: readonly Finding[];
  /** It was of no use and is asked for again, or ends the pull. */
  readonly failed?: true;
}

export type Walked =
  /** `whole`: surely nothing is missing; `gapless`: nothing that another pull of the same kind would still find. */
  | { readonly how: 'ended'; readonly whole: boolean; readonly gapless: boolean; readonly findings: readonly Finding[] }
  | { readonly how: 'failed'; readonly reason: string }
  | { readonly how: 'cancelled' };

export interface WalkOptions {
  readonly ports: PullPorts;
  readonly run: PullRun;
  readonly order: PullOrder;
  readonly target: PullTarget;
  readonly stretch: Stretch;
  readonly source: PageSource;
  /** The run under which objects are marked as seen. */
  readonly seenRun: number;
  /** Number of the next page within the run. */
  readonly nextPage: () => number;
  /** True for the first stretch of a list: an object of a later one may rightly have been met before. */
  readonly judgesAgain: boolean;
  /** Objects before the first page to be asked for: where an earlier attempt stood. */
  readonly offset: number;
  /** Kept up as the walk goes on. */
  readonly state: WalkState;
  readonly taken: (page: PageTaken) => void;
}

/** What a walk knows at a moment. `met`: different objects of the stretch. */
export interface WalkState {
  met: number;
  begunAt: number | undefined;
  newest: number | undefined;
  pass: number;
}

/** A list that keeps moving is read so many times at most. */
const MOST_PASSES = 3;
const CLOCK_GRAIN_MS = 1000;
/** Pages that wait to be stored, at most: one being read, one read. A list that leads on as it should has shown so on two pages. */
const MOST_AHEAD = 2;
const PAGES_TO_TRUST = 2;

/**
 * Reads one list, or one stretch of time of it, from its first page to its last (digest 1.6, T39): a Link is followed
 * byte for byte, offsets are counted where there is none. While a page is stored the next one is on its way. A list
 * that moved while it was read, and of which something is missing, is read once more.
 */
export async function walk(options: WalkOptions): Promise<Walked> {
  const { state } = options;
  const findings: Finding[] = [];
  const start = positionAt(options.offset);
  for (;;) {
    const judgesAgain = options.judgesAgain && state.pass === 0;
    const { pageSize: limit } = options.order;
    const navigator = createNavigator({
      limit,
      stretch: options.stretch,
      judgesAgain,
      urlOf: urls(options),
    });
    const metBefore = state.met;
    const passed = await onePass(options, { navigator, judgesAgain, start: state.pass === 0 ? start : FIRST });
    if (passed.how === 'failed' || passed.how === 'cancelled') return passed;
    const total = navigator.total();
    const missing = total === undefined || !options.judgesAgain ? 0 : total - state.met;
    if (passed.how === 'stuck') {
      const whole = total !== undefined && missing <= 0;
      return { how: 'ended', whole, gapless: whole, findings };
    }
    const restless =
      navigator.moved() ||
      (state.begunAt !== undefined && state.newest !== undefined && state.newest >= state.begunAt - CLOCK_GRAIN_MS);
    const settled = state.pass > 0 && state.met === metBefore;
    const doubtful = (navigator.unresolved() || missing > 0 || state.pass > 0) && restless && !settled;
    if (doubtful && state.pass + 1 < MOST_PASSES) {
      state.pass++;
      continue;
    }
    if (doubtful) {
      const met = `new objects on each of ${MOST_PASSES} readings`;
      findings.push(finding('paging.unsettled', { met, expected: 'a list that stays the same while it is read' }));
    } else if (total !== undefined && missing > 0) {
      const met = `${state.met} of ${total} objects`;
      findings.push(finding('paging.items-skipped', { pointer: 'header:X-Total-Count', met, expected: `${total}` }));
    } else if (total !== undefined && missing < 0 && !navigator.moved() && state.pass === 0) {
      const details = { pointer: 'header:X-Total-Count', met: `${total}`, expected: `${state.met}` };
      findings.push(finding('paging.count.untrue', details));
    }
    return { how: 'ended', whole: !doubtful && missing <= 0, gapless: !doubtful, findings };
  }
}

const FIRST: Position = { by: 'offset', offset: 0, overlap: 0 };

/** One object earlier, which tells whether the list still is where it was. */
function positionAt(offset: number): Position {
  return offset === 0 ? FIRST : { by: 'offset', offset: offset - 1, overlap: 1 };
}

function urls({ order, target, stretch }: WalkOptions): (position: Position) => string {
  const { endpoint, pageSize: limit } = order;
  return position =>
    position.by === 'link'
      ? position.url
      : pageUrl({ endpoint, path: target.path, ...stretch, offset: position.offset, limit });
}

interface Pass {
  readonly navigator: Navigator;
  readonly judgesAgain: boolean;
  readonly start: Position;
}

/** A page that was asked for, perhaps before anybody knew that it would be needed. */
interface Flight {
  readonly url: string;
  readonly position: Position;
  readonly abort: AbortController;
  readonly tries: Tries;
  readonly fetched: Promise<Arrived>;
  /** Once its answer is there. */
  page?: PageHead;
}

type Answered = Extract<Fetched, { ok: true }>;
/** An answer is read as soon as it is there, while pages before it are still being stored. */
type Arrived = Exclude<Fetched, Answered> | (Answered & { readonly page: PageHead; readonly reading: PageAhead });

type Passed =
  | { readonly how: 'read' | 'stuck' }
  | { readonly how: 'cancelled' }
  | { readonly how: 'failed'; readonly reason: string };

async function onePass(options: WalkOptions, { navigator, judgesAgain, start }: Pass): Promise<Passed> {
  const { ports, run, order, target, source, state } = options;
  const urlOf = urls(options);
  let ahead: Flight[] = [];
  let settled = false;
  /** Pages that brought something new. */
  let fresh = 0;

  const launch = (position: Position, tries: Tries = { failed: 0 }): Flight => {
    const url = urlOf(position);
    const abort = new AbortController();
    const signal = AbortSignal.any([run.signal, abort.signal]);
    const { operation } = target;
    const arrive = async (): Promise<Arrived> => {
      const fetched = await source.fetch({ operation, url, tries, signal });
      if (!fetched.ok) return fetched;
      const { version, routing } = order;
      const page = readPageHead(fetched.head.headers, { url, version, routing });
      launched.page = page;
      goOnAhead();
      return { ...fetched, page, reading: ports.ingest.read(pageOf(options, fetched.body)) };
    };
    const launched: Flight = { url, position, abort, tries, fetched: arrive() };
    return launched;
  };
  const mostAhead = () => Math.max(fresh < PAGES_TO_TRUST ? 1 : MOST_AHEAD, order.concurrency);
  /** From the last page ahead to the one behind it: there is always one to be read while another is being stored. */
  const goOnAhead = () => {
    const { page: head, position: from } = ahead.at(-1) ?? {};
    if (head === undefined || from === undefined || ahead.length >= mostAhead()) return;
    // How many objects a page has is only known once one was stored.
    const guessed = head.next === undefined && !settled ? undefined : navigator.guess(from, head);
    if (guessed !== undefined && !ahead.some(({ url }) => url === urlOf(guessed))) ahead.push(launch(guessed));
  };
  /** Guesses that came out wrong are called back, and waited for: each of them is an exchange that has to be written. */
  const recall = async () => {
    const wrong = ahead;
    ahead = [];
    for (const { abort } of wrong) abort.abort();
    await Promise.allSettled(wrong.map(({ fetched }) => fetched));
  };
  const lookAhead = (position: Position, head: PageHead) => {
    let last: Position | undefined = position;
    const depth = head.next === undefined ? order.concurrency : 1;
    for (let at = 0; at < depth && last !== undefined; at++) {
      const guessed: Position | undefined = navigator.guess(last, head);
      if (guessed !== undefined && ahead[at] === undefined) ahead.push(launch(guessed));
      last = guessed;
    }
  };

  let position = start;
  let flight = launch(position);
  // A page that is stored a second time keeps its number: that is how the store knows it.
  let page = options.nextPage();
  try {
    for (;;) {
      const fetched = await flight.fetched;
      if (!fetched.ok)
        return fetched.how === 'cancelled' ? { how: 'cancelled' } : { how: 'failed', reason: fetched.reason };
      if (run.signal.aborted) return { how: 'cancelled' };
      const { answer, head: http, page: head, reading } = fetched;
      lookAhead(position, head);
      const stored = await reading.store({ runId: options.seenRun, page, seenAt: ports.clock.now() });
      const problem = problemOf(stored, http.status, order.version);
      if (problem !== undefined) {
        await recall();
        const findings = [...answer.findings, ...problem.findings];
        options.taken({
          exchangeIds: answer.exchangeIds,
          position,
          next: position,
          head,
          stored,
          findings,
          failed: true,
        });
        const { tries } = flight;
        const reason = await source.again(problem, problem.reason, { tries, signal: run.signal });
        if (run.signal.aborted) return { how: 'cancelled' };
        if (reason !== undefined) return { how: 'failed', reason };
        flight = launch(position, tries);
        continue;
      }
      state.begunAt ??= head.at;
      settled = true;
      if (stored.items > stored.again) fresh++;
      const verdict = navigator.settle(position, head, stored);
      state.met += newOn(position, stored, judgesAgain || state.pass > 0);
      if (stored.newestUpdate !== undefined) state.newest = Math.max(state.newest ?? 0, stored.newestUpdate);
      const { exchangeIds } = answer;
      const findings = [...answer.findings, ...verdict.findings];
      options.taken({ exchangeIds, position, next: verdict.next, head, stored, findings });
      if (verdict.next === undefined) return passedBy(verdict.end);
      position = verdict.next;
      page = options.nextPage();
      const [first, ...rest] = ahead;
      if (first?.url === urlOf(position)) {
        flight = first;
        ahead = rest;
        goOnAhead();
      } else {
        await recall();
        flight = launch(position);
      }
    }
  } finally {
    await recall();
  }
}

function passedBy(end: WalkEnd | undefined): Passed {
  if (end === undefined) throw new Error('a page leads on, or is the last one');
  return end.how === 'refused' ? { how: 'failed', reason: end.reason } : end;
}

/** Where objects cannot be told from those of other stretches, those of pages asked for anew are left out. */
function newOn(position: Position, { items, again }: PageStored, tells: boolean): number {
  if (tells) return items - again;
  return position.again ? 0 : Math.max(0, items - (position.by === 'offset' ? position.overlap : 0));
}

function pageOf({ order, target }: WalkOptions, body: Answered['body']): PageToRead {
  const [list] = target.path;
  return {
    linkId: order.link.id,
    module: order.module,
    version: order.version,
    ...(list === undefined ? {} : { list }),
    shape: 'list',
    body: body.bytes,
    ...(body.contentEncoding === undefined ? {} : { contentEncoding: body.contentEncoding }),
  };
}

interface Problem {
  readonly reason: string;
  readonly findings: readonly Finding[];
  readonly ended: { readonly how: string };
  readonly httpStatus: number;
  readonly ocpiStatus?: number;
  readonly stored?: false;
}

/** What only shows when the page is read: no envelope, an OCPI status that is no success, a database that refuses. */
export function problemOf(stored: PageStored, httpStatus: number, version: PullOrder['version']): Problem | undefined {
  const { ocpiStatus, statusMessage, trouble } = stored;
  const complete = { ended: { how: 'complete' }, httpStatus, findings: [] };
  if (trouble !== undefined) return { ...complete, reason: `the page was not stored: ${trouble}`, stored: false };
  if (ocpiStatus === undefined) {
    const reason = `the partner answered HTTP ${httpStatus} without a usable envelope`;
    return { ...complete, ended: { how: 'malformed' }, reason };
  }
  if (isSuccess(ocpiStatus)) return undefined;
  const { meaning } = statusCode(ocpiStatus, version);
  const said = statusMessage === undefined ? '' : `: "${statusMessage}"`;
  const empty = stored.data === 'list' && stored.items === 0;
  const met = `HTTP ${httpStatus} with OCPI ${ocpiStatus} and an empty list`;
  return {
    ...complete,
    ocpiStatus,
    reason: `the partner answered HTTP ${httpStatus} and OCPI ${ocpiStatus} (${meaning})${said}`,
    findings: empty ? [finding('status.error-with-empty-list', { pointer: 'status', met, expected: 'no data' })] : [],
  };
}
