import type { RewriteKind } from '../../contract/rewrite-kind.ts';
import { entryById } from '../../ocpi/catalogue.ts';
import type { Happened } from '../ports.ts';
import type { SpokenExchange } from '../recording.ts';
import type { Course } from './course.ts';
import { moduleOfUse } from './object-key.ts';
import { counted } from './words.ts';

/** What belongs to one flow alone; a location or a token is everybody's. */
const OF_THE_FLOW: ReadonlySet<RewriteKind> = new Set([
  'session',
  'cdr',
  'authorization_reference',
  'reservation',
  'confirmation',
  'capture',
]);
const WHERE_PUSHED: Readonly<Partial<Record<string, RewriteKind>>> = {
  locations: 'location',
  tariffs: 'tariff',
  tokens: 'token',
};

/**
 * What came and nobody had expected: writes of the partner about something of this flow become steps of their own. Whatever
 * else it did meanwhile is its own affair, and only counted.
 */
export function tellExtras(course: Course): readonly string[] {
  const { plan, pool, ledger } = course;
  const modules = new Set(
    plan.steps.flatMap(step => (step.kind === 'flow' ? [] : [moduleOfUse(step.spoken.operation)])),
  );
  const ids = boundIds(course);
  let others = 0;
  for (const happened of pool.rest()) {
    if (isOfFlow(happened.spoken, { modules, ids })) ledger.extra(extraOf(happened));
    else others++;
  }
  const notes: string[] = [];
  if (others > 0) notes.push(`${counted(others, 'other request')} of the partner came meanwhile, not of this flow.`);
  if (pool.dropped() > 0) notes.push(`${counted(pool.dropped(), 'request')} of the partner came that were too many.`);
  return notes;
}

function boundIds({ plan }: Course): ReadonlySet<string> {
  const kinds = new Set(OF_THE_FLOW);
  for (const step of plan.steps) {
    if (step.kind === 'flow' || step.by !== 'them') continue;
    const kind = WHERE_PUSHED[moduleOfUse(step.spoken.operation)];
    if (kind !== undefined) kinds.add(kind);
  }
  const ids = new Set<string>();
  for (const { kind, to } of plan.mapping.entries()) if (kinds.has(kind)) ids.add(to.toLowerCase());
  return ids;
}

interface Flow {
  readonly modules: ReadonlySet<string>;
  readonly ids: ReadonlySet<string>;
}

function isOfFlow({ operation, method, url, request }: SpokenExchange, { modules, ids }: Flow): boolean {
  if (method === 'GET' || method === 'HEAD' || !modules.has(moduleOfUse(operation))) return false;
  // Our response_urls are handed out by flows alone.
  if (entryById(operation)?.base === 'given-url' || operation.endsWith('.result')) return true;
  const path = (url.split(/[?#]/, 1)[0] ?? '').split('/').map(decoded);
  return [...path, ...idsIn(request.text)].some(one => ids.has(one.toLowerCase()));
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const NAMING = ['id', 'session_id', 'authorization_reference', 'reservation_id'] as const;

function idsIn(text: string | undefined): string[] {
  if (text === undefined) return [];
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return [];
    const named: Readonly<Record<string, unknown>> = { ...value };
    return NAMING.flatMap(name => (typeof named[name] === 'string' ? [named[name]] : []));
  } catch {
    return [];
  }
}

function extraOf({ exchangeIds, spoken }: Happened) {
  const { operation, method, url, startedAt, durationMs } = spoken;
  const words = entryById(operation)?.words ?? `${method} ${url}`;
  const meaning = `The partner sent something that was not expected: ${words}.`;
  return {
    operation,
    words,
    verdict: 'different' as const,
    reason: meaning.replace(/\.$/, ''),
    startedAt,
    endedAt: startedAt + (durationMs ?? 0),
    exchangeIds,
    differences: [{ layer: 'extra' as const, where: '', expected: 'nothing', met: `${method} ${url}`, meaning }],
  };
}
