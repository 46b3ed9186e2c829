import { isJsonObject } from '../../ocpi/json-value.ts';
import type { RequestStep, SpokenExchange } from '../recording.ts';
import { readBody } from './body.ts';

/**
 * Of a step that stands for several messages, the recorded one that says most of what the one that came says: the same fields,
 * and the same words in them.
 */
export function nearest(step: RequestStep, met: SpokenExchange): SpokenExchange {
  const { spoken, also = [] } = step;
  return also.length === 0 ? spoken : ranked(step, met).best;
}

/** How much of what a message says the recorded one of a step says that is nearest to it: to be compared with that of other steps. */
export function likeness(step: RequestStep, met: SpokenExchange): number {
  return ranked(step, met).most;
}

function ranked({ spoken, also = [] }: RequestStep, met: SpokenExchange) {
  const wanted = fieldsOf(met);
  let best = spoken;
  let most = Number.NEGATIVE_INFINITY;
  for (const one of [spoken, ...also]) {
    const points = alike(fieldsOf(one), wanted) + (one.method === met.method ? 1000 : 0);
    if (points <= most) continue;
    best = one;
    most = points;
  }
  return { best, most };
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
