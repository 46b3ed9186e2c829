import { isJsonObject } from '../../ocpi/json-value.ts';
import type { RequestStep, SpokenExchange } from '../recording.ts';
import { readBody } from './body.ts';

/**
 * Of a step that stands for several messages, the recorded one that says most of what the one that came says: the same fields,
 * and the same words in them.
 */
export function nearest(step: RequestStep, met: SpokenExchange): SpokenExchange {
  const { spoken, also = [] } = step;
  if (also.length === 0) return spoken;
  const wanted = fieldsOf(met);
  let best = spoken;
  let most = Number.NEGATIVE_INFINITY;
  for (const one of [spoken, ...also]) {
    const likeness = alike(fieldsOf(one), wanted) + (one.method === met.method ? 1000 : 0);
    if (likeness <= most) continue;
    best = one;
    most = likeness;
  }
  return best;
}

const known = new WeakMap<SpokenExchange, ReadonlyMap<string, unknown>>();

function fieldsOf(spoken: SpokenExchange): ReadonlyMap<string, unknown> {
  const seen = known.get(spoken);
  if (seen !== undefined) return seen;
  const body = readBody(spoken.request);
  const fields = new Map(body.kind === 'json' && isJsonObject(body.json) ? Object.entries(body.json) : []);
  known.set(spoken, fields);
  return fields;
}

/** Fields that both have count for it, those of one alone against it; words that are the same (a status) count more. */
function alike(recorded: ReadonlyMap<string, unknown>, met: ReadonlyMap<string, unknown>): number {
  let points = 0;
  for (const [name, value] of met) {
    if (!recorded.has(name)) points -= 2;
    else points += typeof value === 'string' && recorded.get(name) === value ? 3 : 1;
  }
  for (const name of recorded.keys()) if (!met.has(name)) points -= 2;
  return points;
}
