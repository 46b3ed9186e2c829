import type { ReplayStep } from '../../contract/replay.ts';

const KINDS: Readonly<Record<ReplayStep['kind'], string>> = {
  send: 'sent',
  await: 'awaited',
  flow: 'run',
  extra: 'came besides',
};

/** `3 sent  sessions, patch`. */
export function stepTitle({ no, kind, words, operation }: ReplayStep): string {
  return `${no} ${KINDS[kind]}: ${words === '' ? operation : words}`;
}

/** Verdicts that end a replay with exit code 1. */
export function isDifferent({ verdict }: ReplayStep): boolean {
  return verdict === 'different' || verdict === 'missing' || verdict === 'failed';
}
