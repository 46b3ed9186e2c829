import type { PullBookmark } from '../../contract/pulls.ts';
import { patiently } from '../registration/patience.ts';
import { openAccount, type PullAccount } from './account.ts';
import type { Position } from './navigator.ts';
import { createPageSource } from './page-source.ts';
import type { PulledList, PullOrder, PullOutcome, PullPorts, PullRun, PullTarget } from './ports.ts';
import { type Stretch, stretchesOf, stretchWords } from './stretch.ts';
import { type Walked, type WalkState, walk } from './walk.ts';

/** How long the end of a pull is tried to be stored, milliseconds. */
const STORING_PATIENCE_MS = 5000;
const STORING_RETRY_MS = 250;
/** A pull that ended longer ago begins anew: its pages have moved too far. */
const BOOKMARK_LIFE_MS = 24 * 60 * 60_000;

interface Job {
  readonly ports: PullPorts;
  readonly run: PullRun;
  readonly order: PullOrder;
  readonly key: string;
  readonly bookmark: PullBookmark | undefined;
  /** The run under which objects are marked as seen: that of the first attempt. */
  readonly seenRun: number;
  readonly account: PullAccount;
  /** False once a list was not read whole. */
  whole: boolean;
  vanished: number;
}

/** Why a pull ended before its end; `reason` continues a sentence. */
interface Stopped {
  readonly cancelled?: true;
  readonly reason: string;
}

/**
 * Pulls a module's lists: the whole of them, what came since the cursor, or what was asked for. Every page is stored
 * before it counts. The cursor moves when a stretch was read without a gap, and never beyond the partner's clock at its
 * beginning: a list need not be in the order of last_updated. A pull that ended early goes on where it stood.
 */
export async function pull(ports: PullPorts, run: PullRun, order: PullOrder): Promise<PullOutcome> {
  const { link, module, version } = order;
  const now = ports.clock.now();
  const key = keyOf(order);
  const bookmark = usable(ports.bookmark(link.id, module), key, now);
  const job: Job = {
    ports,
    run,
    order,
    key,
    bookmark,
    seenRun: bookmark?.seenRun ?? run.runId,
    account: openAccount(ports, run, bookmark),
    whole: bookmark?.whole ?? true,
    vanished: 0,
  };
  if (bookmark !== undefined) {
    const reason = `goes on where run ${bookmark.seenRun} stood, after ${bookmark.objects} objects`;
    run.tell({ step: 'resume', ok: true, exchangeIds: [], reason });
  }
  const stopped = await pullLists(job);
  const { counts } = job.account;
  const tally = job.account.tally(job.vanished);
  const taken = takenWords(counts.objects, counts.pages);
  if (stopped !== undefined) {
    const summary = stopped.cancelled
      ? `cancelled after ${taken}; started again it goes on from there`
      : `${link.name}: ${stopped.reason}; ${taken} are stored, started again it goes on from there`;
    return { ok: false, summary, version, pull: tally };
  }
  ports.keepBookmark(link.id, module, undefined);
  const news = `${counts.added} new, ${counts.changed} changed, ${job.vanished} vanished`;
  const doubt = job.whole ? '' : '; not everything can have been read, so that nothing was taken for vanished';
  return { ok: true, summary: `${module} of ${link.name}: ${taken}: ${news}${doubt}`, version, pull: tally };
}

async function pullLists(job: Job): Promise<Stopped | undefined> {
  const { lists } = job.order;
  for (let at = job.bookmark?.list ?? 0; at < lists.length; at++) {
    const target = lists[at];
    const stopped = target && (await pullList(job, target, at));
    if (stopped !== undefined) return stopped;
  }
  return undefined;
}

async function pullList(job: Job, target: PullTarget, listAt: number): Promise<Stopped | undefined> {
  const { ports, order, bookmark } = job;
  const { version, module } = order;
  const list = listOf(order, target);
  const resumed = bookmark?.list === listAt ? bookmark : undefined;
  const context = { version, module, cursor: ports.cursor(list), now: ports.clock.now() };
  const stretches = resumed ? resumed.stretches.map(bare) : stretchesOf(order, context);
  let whole = true;
  let gapless = true;
  for (let stretchAt = resumed?.stretch ?? 0; stretchAt < stretches.length; stretchAt++) {
    const stretch = stretches[stretchAt] ?? {};
    const { walked, state } = await pullStretch(job, { target, listAt, stretches, stretchAt });
    if (walked.how === 'cancelled') return { cancelled: true, reason: 'cancelled' };
    if (walked.how === 'failed') return { reason: walked.reason };
    whole &&= walked.whole;
    job.whole &&= walked.whole;
    gapless &&= walked.gapless;
    const reached = gapless ? reachedBy(stretch, state, ports.clock.now()) : undefined;
    const stopped =
      reached === undefined ? undefined : await moveCursor(job, list, { from: stretches[0]?.from, to: reached });
    if (stopped !== undefined) return stopped;
  }
  return whole && isUnfiltered(order, stretches) ? judgeVanished(job, list) : undefined;
}

interface StretchAt {
  readonly target: PullTarget;
  readonly listAt: number;
  readonly stretches: readonly Stretch[];
  readonly stretchAt: number;
}

async function pullStretch(job: Job, at: StretchAt): Promise<{ readonly walked: Walked; readonly state: WalkState }> {
  const { ports, run, order, account, seenRun, bookmark } = job;
  const { target, listAt, stretches, stretchAt } = at;
  const stretch = stretches[stretchAt] ?? {};
  const resumed = bookmark?.list === listAt && bookmark.stretch === stretchAt ? bookmark : undefined;
  const books = account.stretch(resumed?.met ?? 0);
  const state: WalkState = {
    met: resumed?.met ?? 0,
    begunAt: resumed?.begunAt,
    newest: resumed?.newest,
    pass: 0,
  };
  const walked = await walk({
    ports,
    run,
    order,
    target,
    stretch,
    seenRun,
    state,
    source: createPageSource({ ports, run, order, noticed: books.notice, waiting: account.wait }),
    nextPage: account.nextPage,
    judgesAgain: stretchAt === 0,
    offset: resumed?.offset ?? 0,
    taken: page => {
      books.take(page);
      // On a second reading the list as such is done: there is nowhere better to go on from.
      if (page.failed || page.next === undefined || state.pass > 0) return;
      keepBookmark(job, at, { state, next: page.next });
    },
  });
  if (walked.how === 'ended') books.notice([], walked.findings);
  run.tell({
    step: [target.path.join('/') || order.module, stretchWords(stretch)].filter(Boolean).join(' '),
    ok: walked.how === 'ended',
    exchangeIds: books.exchangeIds(),
    reason: walked.how === 'ended' ? takenWords(state.met, books.pages()) : reasonOf(walked),
    findings: books.findings(),
  });
  return { walked, state };
}

function reasonOf(walked: Exclude<Walked, { how: 'ended' }>): string {
  return walked.how === 'failed' ? walked.reason : 'cancelled';
}

interface Mark {
  readonly state: WalkState;
  readonly next: Position;
}

/** By offset, not by URL: page URLs are not to be kept (T39), and may hold what must not be. */
function keepBookmark(job: Job, { listAt, stretches, stretchAt }: StretchAt, { state, next }: Mark): void {
  const { ports, order, account, key, seenRun, whole } = job;
  const { objects, added, changed, unchanged, pages, findings } = account.tally(0);
  const { begunAt, newest, met } = state;
  ports.keepBookmark(order.link.id, order.module, {
    key,
    seenRun,
    at: ports.clock.now(),
    list: listAt,
    stretch: stretchAt,
    offset: next.offset + (next.by === 'offset' ? next.overlap : 0),
    met,
    stretches: stretches.map(bare),
    ...(begunAt === undefined ? {} : { begunAt }),
    ...(newest === undefined ? {} : { newest }),
    whole,
    page: account.pagesAsked(),
    pages,
    added,
    changed,
    unchanged,
    objects,
    findings,
  });
}

/**
 * Up to where everything was taken over. The end of a closed stretch, the newest last_updated of an open one; never
 * beyond the partner's clock when its first page was answered: what changed meanwhile may have been read before it did.
 */
function reachedBy({ to }: Stretch, { begunAt, newest }: WalkState, now: number): number | undefined {
  const end = to ?? newest;
  return end === undefined ? undefined : Math.min(end, begunAt ?? (to === undefined ? end : now));
}

/** Only where nothing was left out between the old cursor and the first stretch. */
async function moveCursor(
  { ports, run, order }: Job,
  list: PulledList,
  { from, to }: { readonly from: number | undefined; readonly to: number },
): Promise<Stopped | undefined> {
  const cursor = ports.cursor(list);
  if (order.oneParty || (cursor !== undefined && ((from !== undefined && from > cursor) || to <= cursor))) {
    return undefined;
  }
  const patience = { clock: ports.clock, signal: run.signal, forMs: STORING_PATIENCE_MS };
  const moved = await patiently(() => ports.moveCursor(list, to), patience);
  return moved.ok ? undefined : { reason: `the cursor could not be stored: ${moved.failure.message}` };
}

async function judgeVanished(job: Job, list: PulledList): Promise<Stopped | undefined> {
  const { ports, run, seenRun } = job;
  const { clock, ingest } = ports;
  const until = clock.elapsed() + STORING_PATIENCE_MS;
  for (;;) {
    const finished = await ingest.finish({ ...list, runId: seenRun });
    job.vanished += finished.vanished;
    if (finished.trouble === undefined) return undefined;
    const reason = `what vanished could not be stored: ${finished.trouble}`;
    if (run.signal.aborted || clock.elapsed() >= until) return { reason };
    // An abort is seen by the look above.
    await clock.sleep(STORING_RETRY_MS, run.signal).catch(() => {});
  }
}

function listOf({ link, module }: PullOrder, { path: [list] }: PullTarget): PulledList {
  return { linkId: link.id, module, ...(list === undefined ? {} : { list }) };
}

/** A filter that begins with the epoch is none. */
function isUnfiltered({ oneParty }: PullOrder, stretches: readonly Stretch[]): boolean {
  const [only] = stretches;
  return stretches.length === 1 && !oneParty && (only?.from ?? 0) === 0 && only?.to === undefined;
}

function keyOf({ version, endpoint, routing, lists, full, from, to, window }: PullOrder): string {
  return JSON.stringify([version, endpoint, routing?.to, lists.map(({ path }) => path), full, from, to, window]);
}

function usable(bookmark: PullBookmark | undefined, key: string, now: number): PullBookmark | undefined {
  return bookmark?.key === key && now - bookmark.at < BOOKMARK_LIFE_MS ? bookmark : undefined;
}

/** Without the `undefined` that a parsed shape may hold. */
function bare({ from, to }: PullBookmark['stretches'][number] | Stretch): Stretch {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/** `1 object on 1 page`. */
function takenWords(objects: number, pages: number): string {
  return `${objects} ${objects === 1 ? 'object' : 'objects'} on ${pages} ${pages === 1 ? 'page' : 'pages'}`;
}
