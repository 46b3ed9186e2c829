import type { ReplaySummary } from '../../../../core/contract/replay.ts';

/** Earlier ones of the same title, newest first; those to the same partner before the rest. */
export function comparable(replays: readonly ReplaySummary[], replay: ReplaySummary): readonly ReplaySummary[] {
  const earlier = replays.filter(
    ({ runId, title, state }) => runId < replay.runId && title === replay.title && state !== 'running',
  );
  const same = ({ to }: ReplaySummary) => to === replay.to;
  return [...earlier.filter(same), ...earlier.filter(one => !same(one))];
}
