import type { Clock } from '../../clock.ts';
import type { ReplayDifference, ReplayStep } from '../../contract/replay.ts';
import { entryById } from '../../ocpi/catalogue.ts';
import type { Recording, Step } from '../recording.ts';

/** How a step ended. */
export interface StepEnd {
  readonly verdict: 'same' | 'different' | 'missing' | 'failed' | 'skipped';
  /** What happened, one clause. */
  readonly reason: string;
  readonly exchangeIds: readonly number[];
  readonly differences: readonly ReplayDifference[];
}

/** What is known of every step, told on at each change. */
export interface Ledger {
  begin(step: Step, reason: string): void;
  end(step: Step, end: StepEnd): void;
  /** Something came to light of a step that has its verdict already. */
  amend(no: number, more: Partial<StepEnd>): void;
  /** What was said of a step is taken back, and this said instead. */
  replace(no: number, end: StepEnd): void;
  /** A message that nobody expected, as a step of its own after all the others. */
  extra(end: StepEnd & Pick<ReplayStep, 'operation' | 'words' | 'startedAt' | 'endedAt'>): void;
  of(no: number): ReplayStep | undefined;
  all(): Iterable<ReplayStep>;
}

export interface LedgerOptions {
  readonly recording: Pick<Recording, 'made'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly tell: (step: ReplayStep) => void;
}

/** Of one step; a body that is wrong all over says so often enough. */
const MOST_DIFFERENCES = 200;

export function createLedger({ recording, clock, tell }: LedgerOptions): Ledger {
  const steps = new Map<number, ReplayStep>();
  let last = 0;
  const put = (step: ReplayStep) => {
    steps.set(step.no, step);
    last = Math.max(last, step.no);
    tell(step);
  };
  return {
    begin(step, reason) {
      put({ ...(steps.get(step.no) ?? waitingStep(step)), verdict: 'running', reason, startedAt: clock.now() });
    },
    end(step, { verdict, reason, exchangeIds, differences }) {
      put({
        ...(steps.get(step.no) ?? waitingStep(step)),
        verdict,
        reason: verdict === 'same' && reason === '' ? asIn(recording) : reason,
        endedAt: verdict === 'skipped' && exchangeIds.length === 0 ? null : clock.now(),
        exchangeIds: [...exchangeIds],
        differences: eachOnce(differences),
      });
    },
    amend(no, more) {
      const known = steps.get(no);
      if (known === undefined) return;
      const differences = eachOnce([...known.differences, ...(more.differences ?? [])]);
      const exchangeIds = [...new Set([...known.exchangeIds, ...(more.exchangeIds ?? [])])];
      put({ ...known, ...more, exchangeIds, differences });
    },
    replace(no, { exchangeIds, differences, ...end }) {
      const known = steps.get(no);
      if (known === undefined) return;
      put({
        ...known,
        ...end,
        exchangeIds: [...exchangeIds],
        differences: eachOnce(differences),
        endedAt: clock.now(),
      });
    },
    extra({ exchangeIds, differences, ...end }) {
      const kind = 'extra' as const;
      put({
        ...end,
        no: last + 1,
        kind,
        recordedId: null,
        exchangeIds: [...exchangeIds],
        differences: [...differences],
      });
    },
    of: no => steps.get(no),
    all: () => steps.values(),
  };
}

/** A step that has not begun. */
export function waitingStep(step: Step): ReplayStep {
  return {
    no: step.no,
    kind: step.kind === 'flow' ? 'flow' : step.by === 'us' ? 'send' : 'await',
    operation: step.kind === 'flow' ? step.flow : step.spoken.operation,
    words: wordsOf(step),
    verdict: 'waiting',
    reason: '',
    startedAt: null,
    endedAt: null,
    recordedId: step.kind === 'flow' ? (step.exchangeIds[0] ?? null) : (step.exchangeId ?? null),
    exchangeIds: [],
    differences: [],
  };
}

/** A flow by its name, a request by what the catalogue calls it. */
export function wordsOf(step: Step): string {
  if (step.kind === 'flow') return FLOW_WORDS[step.flow];
  const { operation, method, url } = step.spoken;
  return entryById(operation)?.words ?? `${method} ${url}`;
}

const FLOW_WORDS = {
  register: 'registration',
  rotate: 'rotation of the tokens',
  look: 'versions and endpoints',
  unregister: 'end of the registration',
} as const;

/** How what came fits what was expected, where it does. */
export function asIn({ made }: Pick<Recording, 'made'>): string {
  return made === 'written' ? 'as expected' : 'as recorded';
}

/** What differs, as one clause: the first of it, and how much more there is. */
export function clauseOf(differences: readonly ReplayDifference[]): string {
  const [first, ...more] = differences;
  if (first === undefined) return '';
  const clause = first.meaning.replace(/\.$/, '');
  return more.length === 0 ? clause : `${clause}, and ${more.length} more`;
}

function eachOnce(differences: readonly ReplayDifference[]): ReplayDifference[] {
  const seen = new Set<string>();
  const kept: ReplayDifference[] = [];
  for (const one of differences) {
    const key = `${one.layer} ${one.where} ${one.expected} ${one.met}`;
    if (seen.has(key) || kept.length >= MOST_DIFFERENCES) continue;
    seen.add(key);
    kept.push(one);
  }
  return kept;
}
