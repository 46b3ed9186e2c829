import type { Clock } from '../../clock.ts';
import type { Outcome } from '../../contract/failure.ts';
import type { Link } from '../../contract/link.ts';
import type { PushedItem, PushTally } from '../../contract/run.ts';
import type { Finding } from '../../ocpi/findings.ts';
import type { Version } from '../../ocpi/versions.ts';
import type { PullRun } from '../pull/ports.ts';
import { createMeter } from '../pull/progress.ts';
import type { FlowResult } from '../registration/ports.ts';
import { createTalk, type Talk } from '../talk.ts';
import { type PushCall, type PushedOne, type PushPorts, pushOne } from './push-one.ts';

export interface PushManyPorts extends PushPorts {
  readonly clock: Clock;
}

/** One of many. */
export interface PushItem extends Pick<PushCall, 'operation' | 'method' | 'url' | 'text' | 'routing'> {
  /** For people. */
  readonly id: string;
  /** Where it can be read back, of a PATCH. */
  readonly readBack?: Pick<PushCall, 'operation' | 'url'>;
  /** The whole object as a PUT, of a PATCH; a failure where we do not have it. */
  readonly whole?: () => Outcome<Omit<PushItem, 'whole' | 'readBack'>>;
}

export interface PushOrder {
  readonly link: Link;
  readonly version: Version;
  readonly module: string;
  /** In this order, one after the other. */
  readonly items: readonly PushItem[];
  /** After the first failure the rest is not sent. */
  readonly stopAtFailure?: boolean;
  /** Where a PATCH fails and a GET says that the partner does not have the object, it is PUT whole (digest 1.7). */
  readonly putAfterPatch?: boolean;
}

/** Unknown object, location, token (digest 2). */
const UNKNOWN: ReadonlySet<number> = new Set([2001, 2003, 2004]);
const MOST_FAILURES = 1000;
/** Steps are stored with their run; a push of many thousands must not make it huge. */
const MOST_TOLD = 100;
const MOST_LOCATIONS = 1000;
const PROGRESS_EVERY_MS = 200;

/** Pushes objects one after the other and tells what became of each that failed. */
export async function push(ports: PushManyPorts, run: PullRun, order: PushOrder): Promise<FlowResult> {
  const { link, version, items } = order;
  const { clock } = ports;
  const talk = createTalk({ ports, link, version, run });
  const meter = createMeter();
  const failures: PushedItem[] = [];
  const locations: string[] = [];
  /** The first of each code: what every answer lacks is said once. */
  const noticed = new Map<string, Finding>();
  const counts = { sent: 0, ok: 0, failed: 0 };
  let putMayHelp = false;
  let told = 0;
  let toldAt = Number.NEGATIVE_INFINITY;

  for (const item of items) {
    if (run.signal.aborted || (order.stopAtFailure && counts.failed > 0)) break;
    if (clock.elapsed() - toldAt >= PROGRESS_EVERY_MS) {
      toldAt = clock.elapsed();
      run.progress(meter.read(toldAt, { objects: counts.sent, pages: 0, total: items.length }));
    }
    const pushed = await pushItem(ports, { run, order, item, talk });
    counts.sent++;
    counts[pushed.item.ok ? 'ok' : 'failed']++;
    putMayHelp ||= pushed.putMayHelp;
    if (!pushed.item.ok && failures.length < MOST_FAILURES) failures.push(pushed.item);
    if (pushed.location !== undefined && locations.length < MOST_LOCATIONS) locations.push(pushed.location);
    for (const found of pushed.findings) if (!noticed.has(found.code)) noticed.set(found.code, found);
    if ((pushed.item.ok && !pushed.mended) || ++told > MOST_TOLD) continue;
    const { id, ok, method, exchangeIds, reason } = pushed.item;
    run.tell({ step: `${method} ${id}`, ok, exchangeIds, reason });
  }

  const tally: PushTally = { ...counts, left: items.length - counts.sent, failures, putMayHelp, locations };
  const summary = summaryOf(order, tally, run.signal.aborted);
  const ok = counts.failed === 0 && tally.left === 0;
  const untold = told > MOST_TOLD ? `; ${told - MOST_TOLD} more are not listed here` : '';
  run.tell({ step: 'push', ok, exchangeIds: [], reason: `${summary}${untold}`, findings: [...noticed.values()] });
  return { ok, summary, version, push: tally };
}

interface Pushing {
  readonly run: PullRun;
  readonly order: PushOrder;
  readonly item: PushItem;
  readonly talk: Talk;
}

interface Pushed extends Pick<PushedOne, 'findings' | 'location'> {
  readonly item: PushedItem;
  /** A PUT did what the PATCH could not. */
  readonly mended: boolean;
  readonly putMayHelp: boolean;
}

async function pushItem(ports: PushPorts, { run, order, item, talk }: Pushing): Promise<Pushed> {
  const { link, version } = order;
  const send = (one: Pick<PushItem, 'operation' | 'method' | 'url' | 'text' | 'routing'>) => {
    const { operation, method, url, text, routing } = one;
    const call = { link, version, operation, method, url, run, talk };
    return pushOne(ports, {
      ...call,
      ...(text === undefined ? {} : { text }),
      ...(routing === undefined ? {} : { routing }),
    });
  };
  const told = (one: PushedOne, more: Partial<PushedItem> = {}): PushedItem => {
    const { ok, exchangeIds, reason } = one;
    return { id: item.id, ok, method: item.method, exchangeIds: [...exchangeIds], reason, ...more };
  };

  const first = await send(item);
  const answered = first.httpStatus !== undefined;
  const mayMend = !first.ok && item.method === 'PATCH' && answered;
  const plain = { findings: first.findings, ...(first.location === undefined ? {} : { location: first.location }) };
  const { readBack, whole } = item;
  if (!mayMend || !order.putAfterPatch || readBack === undefined || whole === undefined) {
    return { ...plain, item: told(first), mended: false, putMayHelp: mayMend };
  }
  // Digest 1.7: on failure GET the object; if it does not exist, PUT it.
  const read = await send({
    method: 'GET',
    ...readBack,
    ...(item.routing === undefined ? {} : { routing: item.routing }),
  });
  const seen = [...first.exchangeIds, ...read.exchangeIds];
  if (!isUnknown(read)) {
    const why = read.ok
      ? 'it has the object, so a PUT was not tried'
      : `whether it has the object cannot be told: ${read.reason}`;
    return {
      ...plain,
      item: told(first, { exchangeIds: seen, reason: `${first.reason}; ${why}` }),
      mended: false,
      putMayHelp: true,
    };
  }
  const complete = whole();
  if (!complete.ok) {
    const reason = `${first.reason}; it does not have the object, and ${complete.failure.message}`;
    return { ...plain, item: told(first, { exchangeIds: seen, reason }), mended: false, putMayHelp: true };
  }
  const put = await send(complete.value);
  const reason = put.ok
    ? `the PATCH failed (${first.reason}), because it does not have the object: it was PUT whole`
    : `${first.reason}; it does not have the object, and the PUT of it failed: ${put.reason}`;
  const exchangeIds = [...seen, ...put.exchangeIds];
  return {
    findings: [...first.findings, ...put.findings],
    item: told(put, { exchangeIds, reason, method: 'PUT' }),
    mended: put.ok,
    putMayHelp: false,
  };
}

/** HTTP 404, or one of the codes for what is not known (digest 2). */
function isUnknown({ ok, httpStatus, ocpiStatus }: PushedOne): boolean {
  if (ok || httpStatus === undefined) return false;
  return httpStatus === 404 || (ocpiStatus !== undefined && UNKNOWN.has(ocpiStatus));
}

function summaryOf({ link, module }: PushOrder, { sent, ok, left, failed }: PushTally, cancelled: boolean): string {
  const done = `${module} to ${link.name}: ${ok} of ${sent} taken`;
  const rest = left === 0 ? '' : `, ${left} not sent${cancelled ? ' (cancelled)' : ' after the first failure'}`;
  return `${done}${failed === 0 ? '' : `, ${failed} failed`}${rest}`;
}
