import type { ReplayRun, ReplayStep } from '../../contract/replay.ts';
import { isDifferent, stepTitle } from './steps.ts';

const VERDICTS: Readonly<Record<ReplayStep['verdict'], string>> = {
  waiting: 'waiting  ',
  running: 'running  ',
  same: 'same     ',
  different: 'DIFFERENT',
  missing: 'MISSING  ',
  failed: 'FAILED   ',
  skipped: 'skipped  ',
};

/** A line for each step, its differences below it, and what became of all. */
export function textReport(run: ReplayRun, steps: readonly ReplayStep[]): string {
  const lines = [
    `Replay ${run.runId}: ${run.title}`,
    `To ${run.to}, seed ${run.seed}${run.startedAt === null ? '' : `, ${new Date(run.startedAt).toISOString()}`}`,
    ...run.notes.map(note => `Note: ${note}`),
    '',
    ...steps.flatMap(stepLines),
    '',
    run.summary,
  ];
  return `${lines.join('\n')}\n`;
}

function stepLines(step: ReplayStep): string[] {
  const reason = isDifferent(step) && step.reason !== '' ? `  ${oneLine(step.reason)}` : '';
  const head = `${VERDICTS[step.verdict]}  ${stepTitle(step)}${reason}`;
  return [head, ...step.differences.flatMap(differenceLines)];
}

function differenceLines({ layer, where, expected, met, meaning }: ReplayStep['differences'][number]): string[] {
  const place = where === '' ? layer : `${layer}, ${where}`;
  const lines = [`             ${place}: ${oneLine(meaning)}`];
  if (expected !== '' || met !== '') {
    lines.push(`               expected ${oneLine(expected)}`, `               met      ${oneLine(met)}`);
  }
  return lines;
}

/** What a partner sent never breaks a line, nor does it say something to a terminal. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, character =>
    character === '\n' || character === '\r' || character === '\t'
      ? ' '
      : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
