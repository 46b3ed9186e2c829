import type { LogExport } from '../../../contract/session-log.ts';

const ENDINGS = {
  ocpilog: '.ocpilog',
  har: '.har',
  postman: '.postman_collection.json',
  curl: '.sh',
  jsonl: '.jsonl',
  csv: '.csv',
} as const;

/** What a file should be called: `ocpi-acme-2026-11-22.ocpilog`. `now`: milliseconds since the epoch. */
export function fileNameFor(
  { scope, format, table }: Pick<ReturnType<typeof LogExport.parse>, 'scope' | 'format' | 'table'>,
  now: number,
): string {
  const about = [
    scope.link,
    scope.transaction === undefined ? undefined : `transaction-${scope.transaction}`,
    scope.runId === undefined ? undefined : `run-${scope.runId}`,
    format === 'jsonl' || format === 'csv' ? table : undefined,
  ];
  const named = about
    .flatMap(part => (part === undefined ? [] : [part.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '')]))
    .filter(part => part !== '');
  return `${['ocpi', ...named, new Date(now).toISOString().slice(0, 10)].join('-')}${ENDINGS[format]}`;
}
