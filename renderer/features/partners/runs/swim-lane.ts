import type { ExchangeSummary } from '../../../../core/contract/exchange.ts';
import type { FindingView, Run, RunStep } from '../../../../core/contract/run.ts';

export type Verdict = 'pass' | 'warn' | 'fail' | 'open';
export type Side = 'us' | 'them';

/** What a step came to, told below the last row that belongs to it. */
export interface StepVerdict {
  readonly step: string;
  readonly verdict: Exclude<Verdict, 'open'>;
  readonly reason: string;
  readonly findings: readonly FindingView[];
}

interface RowBase {
  readonly key: string;
  /** Steps that begin with this row. */
  readonly begins: readonly StepVerdict[];
  /** Steps that end with it: what they came to is told below. */
  readonly verdicts: readonly StepVerdict[];
  /** An exchange that other calls fall into is under way beside this row: its caller's side. */
  readonly within: Side | undefined;
}

/** One line of the picture, top to bottom in the order of time. */
export type LaneRow =
  /** `whole`: question and answer in one arrow. The others stand around what happened while the exchange was open. */
  | (RowBase & {
      readonly kind: 'exchange';
      readonly part: 'whole' | 'request' | 'answer';
      readonly exchange: ExchangeSummary;
      /** Who calls. */
      readonly from: Side;
      readonly verdict: Verdict;
    })
  /** Something decided or made without an exchange. */
  | (RowBase & { readonly kind: 'note'; readonly at: Side });

export interface SwimLane {
  readonly rows: readonly LaneRow[];
  /** Something is still under way. */
  readonly running: boolean;
}

/**
 * The picture of a run: its exchanges in the order of time, calls the partner made while ours was open between its request
 * and its answer, steps without exchanges where they were told. Exchanges that no step names yet are there too.
 */
export function swimLane(run: Run, exchanges: readonly ExchangeSummary[]): SwimLane {
  const known = new Map(exchanges.map(exchange => [exchange.id, exchange]));
  // Ids grow with the order of opening, finer than any clock.
  const ordered = [...known.values()].sort((left, right) => left.id - right.id);
  const drafts = ordered.flatMap((exchange): ExchangeDraft[] => {
    if (!ordered.some(other => fallsInto(other, exchange, ordered))) return [draft(exchange, 'whole')];
    return isOpen(exchange) ? [draft(exchange, 'request')] : [draft(exchange, 'request'), draft(exchange, 'answer')];
  });
  const timeline = inTime(drafts, ordered);
  place(run.steps, timeline);
  return { rows: timeline.map(item => rowOf(item, timeline, run.steps)), running: run.state === 'running' };
}

/** Whether the answer says that something failed at any layer; undefined while there is none. */
export function failedExchange(exchange: ExchangeSummary): boolean | undefined {
  if (isOpen(exchange)) return undefined;
  const { ended, httpStatus, ocpiStatus } = exchange;
  if (ended !== 'complete' && ended !== 'answered') return true;
  return httpStatus === null || httpStatus >= 300 || (ocpiStatus !== null && ocpiStatus >= 2000);
}

interface ExchangeDraft {
  readonly exchange: ExchangeSummary;
  readonly part: 'whole' | 'request' | 'answer';
  readonly begun: RunStep[];
  readonly told: RunStep[];
}

interface NoteDraft {
  readonly note: RunStep;
  readonly begun: RunStep[];
  readonly told: RunStep[];
}

type Item = ExchangeDraft | NoteDraft;

function draft(exchange: ExchangeSummary, part: ExchangeDraft['part']): ExchangeDraft {
  return { exchange, part, begun: [], told: [] };
}

function isOpen({ ended }: ExchangeSummary): boolean {
  return ended === 'open';
}

/** What a partner may call back during: it has to read our versions and details before it answers (digest 3.2). */
const CALLED_BACK_DURING: ReadonlySet<string> = new Set(['credentials.post', 'credentials.put']);

/** A call of the other side while credentials were exchanged: before the next call of the side that had sent them. */
function fallsInto(inner: ExchangeSummary, outer: ExchangeSummary, all: readonly ExchangeSummary[]): boolean {
  if (!CALLED_BACK_DURING.has(outer.operation) || inner.direction === outer.direction || inner.id < outer.id)
    return false;
  const next = all.find(({ id, direction }) => id > outer.id && direction === outer.direction);
  return next === undefined || inner.id < next.id;
}

/** An answer stands behind everything that fell into its exchange. */
function inTime(drafts: readonly ExchangeDraft[], exchanges: readonly ExchangeSummary[]): Item[] {
  const items: ExchangeDraft[] = drafts.filter(({ part }) => part !== 'answer');
  for (const answer of drafts.filter(({ part }) => part === 'answer')) {
    const inside = new Set(exchanges.filter(other => fallsInto(other, answer.exchange, exchanges)).map(({ id }) => id));
    const after = items.findLastIndex(({ exchange }) => exchange.id === answer.exchange.id || inside.has(exchange.id));
    items.splice(after + 1, 0, answer);
  }
  return items;
}

/** Hangs each step beside its first row and below its last, and gives those without exchanges a row of their own. */
function place(steps: readonly RunStep[], items: Item[]) {
  let last = -1;
  for (const [at, step] of steps.entries()) {
    const named = new Set(step.exchangeIds);
    const later = new Set(steps.slice(at + 1).flatMap(({ exchangeIds }) => exchangeIds));
    const own = items.findLastIndex(
      item =>
        'exchange' in item &&
        named.has(item.exchange.id) &&
        // Of an exchange that two steps name, the first one told has the request and the last one the answer.
        (item.part === 'request' ? later.has(item.exchange.id) || isOpen(item.exchange) : true) &&
        (item.part === 'answer' ? !later.has(item.exchange.id) : true),
    );
    if (own !== -1) {
      const earlier = new Set(steps.slice(0, at).flatMap(({ exchangeIds }) => exchangeIds));
      const first = items.findIndex(
        item =>
          'exchange' in item &&
          named.has(item.exchange.id) &&
          (item.part !== 'request' || !earlier.has(item.exchange.id)),
      );
      items[first]?.begun.push(step);
      items[own]?.told.push(step);
      last = Math.max(last, own);
      continue;
    }
    const next = step.step === 'call back' ? requestOf(steps[at + 1], items) : -1;
    last = Math.max(last, next) + 1;
    items.splice(last, 0, { note: step, begun: [step], told: [step] });
  }
}

/** Where the request stands that a call back was missing from: behind it, before its answer. */
function requestOf(step: RunStep | undefined, items: readonly Item[]): number {
  const [first] = step?.exchangeIds ?? [];
  return items.findIndex(item => 'exchange' in item && item.exchange.id === first && item.part === 'request');
}

function rowOf(item: Item, items: readonly Item[], steps: readonly RunStep[]): LaneRow {
  const begins = item.begun.map(stepVerdict);
  const verdicts = item.told.map(stepVerdict);
  const within = openBeside(item, items);
  if ('note' in item) {
    const at = item.note.step === 'call back' ? 'them' : 'us';
    return { kind: 'note', key: `note ${item.note.step} ${item.note.reason}`, at, begins, verdicts, within };
  }
  const { exchange, part } = item;
  const from = exchange.direction === 'out' ? 'us' : 'them';
  const verdict = part === 'request' ? 'open' : exchangeVerdict(exchange, steps);
  return { kind: 'exchange', key: `${part} ${exchange.id}`, part, exchange, from, verdict, begins, verdicts, within };
}

/** The caller's side of an exchange whose request stands above and whose answer is still to come at this row. */
function openBeside(item: Item, items: readonly Item[]): Side | undefined {
  const at = items.indexOf(item);
  for (const [position, other] of items.entries()) {
    if (!('exchange' in other) || other.part !== 'request' || position >= at) continue;
    const answer = items.findIndex(
      candidate =>
        'exchange' in candidate && candidate.part === 'answer' && candidate.exchange.id === other.exchange.id,
    );
    if (answer === -1 || answer >= at) return other.exchange.direction === 'out' ? 'us' : 'them';
  }
  return undefined;
}

/** A refusal that its step could work round is a warning: the token's other form, the token before. */
function exchangeVerdict(exchange: ExchangeSummary, steps: readonly RunStep[]): Verdict {
  const failed = failedExchange(exchange);
  if (failed === undefined) return 'open';
  const step = steps.findLast(({ exchangeIds }) => exchangeIds.includes(exchange.id));
  if (failed) return step?.ok === true ? 'warn' : 'fail';
  return hasWeight(exchange.findings) ? 'warn' : 'pass';
}

function stepVerdict({ step, ok, reason, findings }: RunStep): StepVerdict {
  return { step, verdict: ok ? (hasWeight(findings) ? 'warn' : 'pass') : 'fail', reason, findings };
}

function hasWeight(findings: readonly FindingView[]): boolean {
  return findings.some(({ severity }) => severity !== 'note');
}
