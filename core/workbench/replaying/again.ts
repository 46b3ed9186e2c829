import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { Replays } from '../../history/replays.ts';
import { ReplayInput } from './replay-input.ts';

/**
 * Where an earlier replay is asked for again: its options, but for what is said anew. What was left out cannot be told from
 * what was said to be the standard, so only what differs from the standard counts as said. New ids are drawn anew unless a seed is
 * said: under those of the last time the partner would be told of the past again.
 */
export function again(replays: Pick<Replays, 'get'>, input: ReplayInput): Outcome<ReplayInput> {
  const { source } = input;
  if (source.kind !== 'again') return done(input);
  const kept = replays.get(source.runId);
  if (kept === undefined) {
    return failed('NOT_FOUND', `there is no replay ${source.runId}`, 'Name one of the replays that are listed.');
  }
  const { source: earlierSource, seed: _seed, ...earlier } = ReplayInput.parse(kept.options);
  const standard = ReplayInput.parse({ to: input.to, source: input.source });
  const { source: _, map, set, ...wanted } = input;
  const said = Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => value !== standard[name as keyof ReplayInput]),
  );
  return done(
    ReplayInput.parse({
      ...earlier,
      ...said,
      to: input.to,
      source: earlierSource,
      map: { ...earlier.map, ...map },
      set: { ...earlier.set, ...set },
    }),
  );
}
