import type { PullSchedule } from '../contract/pulls.ts';
import { printJson, printLine, table } from './terminal.ts';

/** Pulls that are repeated, a line each; as JSON if asked. */
export function printSchedules(schedules: readonly PullSchedule[], json = false): void {
  if (json) printJson(schedules);
  else printLine(schedules.length === 0 ? 'Nothing is repeated.' : table(schedules.map(scheduleRow)));
}

function scheduleRow({ link, module, every, failures, nextAt }: PullSchedule): string[] {
  return [
    link,
    module,
    `every ${every / 1000} s`,
    failures === 0 ? '' : `failed ${failures} times`,
    nextAt === null ? 'while wb serve runs' : `next ${new Date(nextAt).toISOString()}`,
  ];
}
