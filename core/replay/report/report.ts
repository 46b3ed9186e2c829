import type { ReplayRun, ReplayStep } from '../../contract/replay.ts';
import { junitReport } from './junit.ts';
import { textReport } from './text.ts';

export type ReportFormat = 'text' | 'json' | 'junit';

export interface Reported {
  readonly run: ReplayRun;
  readonly steps: readonly ReplayStep[];
  readonly format: ReportFormat;
}

/**
 * A replay as others read it. `text`: for people. `json`: the run with its steps, kept stable. `junit`: a test suite with a test
 * case for each step, as continuous integration reads it. Ends with a line feed.
 */
export function writeReport({ run, steps, format }: Reported): string {
  if (format === 'json') return `${JSON.stringify({ run, steps }, null, 2)}\n`;
  return format === 'junit' ? junitReport(run, steps) : textReport(run, steps);
}
