import { done, failed, type Outcome } from '../../contract/failure.ts';
import { entryById } from '../../ocpi/catalogue.ts';
import { customPlace, endpointFor } from '../rebase/endpoints.ts';
import type { Step } from '../recording.ts';
import type { Surroundings } from '../surroundings.ts';

export interface TargetSteps {
  readonly steps: readonly Step[];
  readonly notes: readonly string[];
}

/** Without what the target has no endpoint for; fails where nothing of ours is left. */
export function targetSteps(steps: readonly Step[], surroundings: Surroundings): Outcome<TargetSteps> {
  // What it offers is known once we have registered with it.
  if (surroundings.endpoints.length === 0 && steps.some(step => step.kind === 'flow' && step.flow === 'register')) {
    return done({ steps, notes: [] });
  }
  const left = new Map<string, number[]>();
  const kept = steps.filter(step => {
    const lacking = lackingFor(step, surroundings);
    if (lacking === undefined) return true;
    left.set(lacking, [...(left.get(lacking) ?? []), step.no]);
    return false;
  });
  const sent = (list: readonly Step[]) => list.some(step => step.kind === 'request' && step.by === 'us');
  if (kept.length === 0 || (sent(steps) && !sent(kept))) {
    const what = [...left.keys()].join(', ');
    const message = `nothing of this can be sent to ${surroundings.link}: it offers no ${what}`;
    return failed('NOT_FOUND', message, 'Choose a link whose partner is in that role, or play the other side.');
  }
  const notes = Array.from(left, ([lacking, numbers]) => {
    const which =
      numbers.length === 1 ? `Step ${numbers[0]} is` : `${numbers.length} steps (from ${numbers[0]} on) are`;
    return `${which} left out: ${surroundings.link} offers no ${lacking}.`;
  });
  return done({ steps: kept, notes });
}

function lackingFor(step: Step, surroundings: Surroundings): string | undefined {
  if (step.kind === 'flow' || step.by === 'them') return undefined;
  const { operation, url } = step.spoken;
  const entry = entryById(operation);
  if (entry === undefined) return customPlace(surroundings, url) === undefined ? 'custom module in its URL' : undefined;
  if (entry.base === 'given-url') return undefined;
  if (entry.base === 'versions-url') return surroundings.versionsUrl === undefined ? 'versions' : undefined;
  if (entry.base !== 'endpoint') return entry.module;
  if (endpointFor(surroundings, entry) !== undefined) return undefined;
  return entry.interface === 'NONE' ? entry.module : `${entry.module} (${entry.interface})`;
}
