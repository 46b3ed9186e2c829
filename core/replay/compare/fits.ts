import type { RewriteKind } from '../../contract/rewrite-kind.ts';
import { entryById } from '../../ocpi/catalogue.ts';
import { ciEqual } from '../../ocpi/ci-string.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import { pathParams } from '../../ocpi/path-params.ts';
import { splitPath } from '../../ocpi/urls.ts';
import type { Plan } from '../plan.ts';
import { type ExpectedMessage, expectedRequest } from '../rebase/expected.ts';
import type { RequestStep, SpokenExchange } from '../recording.ts';
import { readBody } from './body.ts';

/** Whose object it is says nothing of which step it is; that another party is named is told as a difference. */
const PARTIES = new Set(['country_code', 'party_id']);
/** Ids at the top of a posted object by which two of a kind are told apart. */
const TELLING: ReadonlySet<RewriteKind> = new Set(['session', 'cdr', 'reservation', 'confirmation', 'capture']);
const NO_PARAMS: Readonly<Record<string, string>> = {};

/**
 * Whether a request of the partner is the one a step waits for: the same operation, and the ids in its path (of what is posted:
 * of the session, CDR, reservation) are those of the step, as far as they are known by now. A result has to come to the
 * response_url of the step.
 */
export function fits(plan: Plan, step: RequestStep, arrived: SpokenExchange): boolean {
  if (step.spoken.operation !== arrived.operation) return false;
  const entry = entryById(arrived.operation);
  // An unknown operation is told by its method and path alone.
  if (entry === undefined) return sameUnknown(step.spoken, arrived);
  const expected = expectedRequest(plan, step);
  if (entry.base === 'given-url') return sameTarget(expected, arrived);
  const params = [pathParams(entry, expected.url), pathParams(entry, arrived.url)] as const;
  for (const [name, value] of Object.entries(params[0] ?? NO_PARAMS)) {
    if (PARTIES.has(name) || isFree(expected, name)) continue;
    if (!ciEqual(value, params[1][name] ?? '')) return false;
  }
  return arrived.method !== 'POST' || samePosted(expected, arrived);
}

function sameUnknown(recorded: SpokenExchange, arrived: SpokenExchange): boolean {
  return recorded.method === arrived.method && splitPath(recorded.url).path === splitPath(arrived.url).path;
}

function sameTarget(expected: ExpectedMessage, arrived: SpokenExchange): boolean {
  return splitPath(expected.url).path === splitPath(arrived.url).path;
}

function samePosted(expected: ExpectedMessage, arrived: SpokenExchange): boolean {
  const body = readBody(arrived.request);
  if (body.kind !== 'json' || !isJsonObject(body.json)) return true;
  const { json } = body;
  return expected.marks.every(({ pointer, kind, to }) => {
    const name = /^\/([^/]+)$/.exec(pointer)?.[1];
    if (name === undefined || to === undefined || !TELLING.has(kind)) return true;
    const value = json[name];
    // What is missing or of another type is told as a difference.
    return (typeof value !== 'string' && typeof value !== 'number') || ciEqual(to, String(value));
  });
}

function isFree({ marks }: ExpectedMessage, name: string): boolean {
  return marks.some(({ pointer, to, kind }) => kind !== 'party' && pointer === `url/${name}` && to === undefined);
}
