import { splitPath } from '../../ocpi/urls.ts';
import type { RequestStep, SpokenExchange } from '../recording.ts';

/** So often at most one step's message is taken. */
const MOST = 1000;
const UPDATE = /^[a-z]+\.patch/;

interface Merging {
  readonly at: number;
  readonly also: SpokenExchange[];
  readonly alsoIds: number[];
}

/**
 * The partner's updates of one object that follow each other without a step of ours become one step, as it may send
 * another number of them; a change of the status begins a new one. What it asks for may come any number of times, or not at all.
 */
export function mergeUpdates(steps: readonly RequestStep[]): RequestStep[] {
  const merged: (RequestStep | undefined)[] = [];
  /** Steps that may still take more of the same, by what they are. */
  let open = new Map<string, Merging>();
  const statuses = new Map<string, string>();
  const all = new Map<number, Merging>();
  for (const step of steps) {
    if (step.by === 'us') {
      open = new Map();
      merged.push(step);
      continue;
    }
    const { spoken, exchangeId } = step;
    const key = keyOf(spoken);
    const object = objectOf(spoken);
    const status = statusIn(spoken);
    const changed = status !== undefined && statuses.get(object) !== status;
    if (status !== undefined) statuses.set(object, status);
    const into = key === undefined || changed ? undefined : open.get(key);
    if (into !== undefined) {
      into.also.push(spoken);
      if (exchangeId !== undefined) into.alsoIds.push(exchangeId);
      continue;
    }
    // A message of another kind about the object, a PUT after PATCHes, ends the run of them.
    for (const other of [...open.keys()]) if (other !== key && other.endsWith(` ${object}`)) open.delete(other);
    if (key !== undefined) {
      const merging = { at: merged.length, also: [], alsoIds: [] };
      open.set(key, merging);
      all.set(merging.at, merging);
    }
    merged.push(step);
  }
  return merged.flatMap((step, index) => {
    if (step === undefined) return [];
    const merging = all.get(index);
    if (merging === undefined) return step;
    const { also, alsoIds } = merging;
    return {
      ...step,
      ...(also.length > 0 && { also, alsoIds }),
      repeats: { least: step.spoken.method === 'GET' ? 0 : 1, most: Math.max(MOST, also.length + 1) },
    };
  });
}

/** Equal for messages of which another number may come; undefined where each is one of its own. */
function keyOf(spoken: SpokenExchange): string | undefined {
  const { operation, method } = spoken;
  if (method === 'GET') return `${operation} `;
  return UPDATE.test(operation) ? `${operation} ${objectOf(spoken)}` : undefined;
}

function objectOf({ url }: SpokenExchange): string {
  return splitPath(url).path.toLowerCase();
}

/** Only the object's own status tells where a charge is; lists within it have none. */
function statusIn({ request: { text } }: SpokenExchange): string | undefined {
  return text === undefined ? undefined : /"status"\s*:\s*"([A-Z]+)"/.exec(text)?.[1];
}
