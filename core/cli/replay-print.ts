import type { ReplayDifference, ReplayPlan, ReplayRewrite, ReplayStep, ReplaySummary } from '../contract/replay.ts';
import { isMadeWhenSent } from '../contract/rewrite-kind.ts';
import { printLine, table } from './terminal.ts';

const MOST_REWRITES = 30;
const MARKS = {
  waiting: '',
  running: '',
  same: 'ok  ',
  different: 'DIFF',
  missing: 'MISS',
  failed: 'FAIL',
  skipped: 'skip',
} as const satisfies Record<ReplayStep['verdict'], string>;
const ARROWS = { send: '→', await: '←', flow: '⇄', extra: '←' } as const satisfies Record<ReplayStep['kind'], string>;

/** `  ok    3 → session, patch: as recorded  [#12]`. */
export function stepLine({ no, kind, verdict, words, reason, exchangeIds }: ReplayStep): string {
  const ids = exchangeIds.length > 0 ? `  [${exchangeIds.map(id => `#${id}`).join(' ')}]` : '';
  const why = reason === '' ? '' : `: ${reason}`;
  return plain(`  ${MARKS[verdict]}  ${String(no).padStart(3)} ${ARROWS[kind]} ${words}${why}${ids}`);
}

/** What will happen, in a few lines. */
export function planLines({ title, to, environment, version, rewrites, notes, ...plan }: ReplayPlan): string[] {
  const counts = `${counted(plan.stepCount, 'step')}, ${plan.sends} sent, ${plan.awaits} awaited`;
  const more = rewrites.length - MOST_REWRITES;
  return [
    `${title} to ${to} (${environment}, OCPI ${version}): ${counts}, ${lasting(plan.lastsMs)}; seed ${plan.seed}`,
    ...rewrites.slice(0, MOST_REWRITES).map(rewriteLine),
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...notes.map(note => `  note: ${note}`),
  ];
}

export function printPlan(plan: ReplayPlan): void {
  for (const line of planLines(plan)) printLine(line);
  const rows = plan.steps.map(({ no, kind, method, words, url, expected, at }) => [
    String(no),
    `+${(at / 1000).toFixed(1)} s`,
    `${ARROWS[kind]} ${words}`,
    `${method} ${url}`.trim(),
    expected,
  ]);
  printLine(table(rows));
  if (plan.stepCount > plan.steps.length) printLine(`and ${plan.stepCount - plan.steps.length} more steps`);
}

export function differenceLine({ where, meaning, expected, met }: ReplayDifference): string {
  const place = where === '' ? '' : `${where}: `;
  return plain(`        ${place}${meaning} (expected ${expected}; met ${met})`);
}

export function printDifferences(steps: readonly ReplayStep[]): void {
  for (const step of steps) {
    printLine(stepLine(step));
    for (const difference of step.differences) printLine(differenceLine(difference));
  }
}

export function summaryRow({ runId, state, paused, startedAt, to, title, summary }: ReplaySummary): string[] {
  const at = new Date(startedAt).toISOString().slice(0, 19).replace('T', ' ');
  return [String(runId), at, paused ? 'paused' : state, to, title, summary];
}

function rewriteLine({ kind, from, to, why, steps }: ReplayRewrite): string {
  return `  ${kind} ${from} → ${to ?? (isMadeWhenSent(kind) ? '(when it is sent)' : '(as the partner says)')}: ${why}, ${counted(steps, 'step')}`;
}

/** What a partner sent never breaks a line, nor does it say something to a terminal. */
function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

function lasting(ms: number): string {
  const seconds = ms / 1000;
  return seconds < 120 ? `${Number(seconds.toFixed(1))} s` : `${Math.round(seconds / 60)} min`;
}

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}
