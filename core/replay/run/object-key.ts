import { entryById } from '../../ocpi/catalogue.ts';
import type { ReadyRequest } from '../plan.ts';
import type { Step } from '../recording.ts';

/** Writes of an object that its owner names in the path: all of them may be under way beside those of other objects. */
const NAMED: ReadonlySet<string> = new Set(['PUT', 'PATCH', 'DELETE']);

/** The module of an operation, by its id; empty where it is unknown. */
export function moduleOfUse(operation: string): string {
  return entryById(operation)?.module ?? '';
}

/** Whether a step of ours may be under way beside others of the kind. */
export function mayOverlap(step: Step): boolean {
  if (step.kind === 'flow' || step.by !== 'us' || !NAMED.has(step.spoken.method)) return false;
  return entryById(step.spoken.operation)?.path[0] === '{country_code}';
}

/** What it is about: its URL up to the id of the object, so that a part of an object has the key of the whole. */
export function objectKeyOf({ operation, url }: ReadyRequest): string {
  const query = url.search(/[?#]/);
  const path = query === -1 ? url : url.slice(0, query);
  const places = entryById(operation)?.path ?? [];
  const at = places.findIndex(isObjectId);
  let end = path.endsWith('/') ? path.length - 1 : path.length;
  for (let behind = at === -1 ? 0 : places.length - 1 - at; behind > 0; behind--) end = path.lastIndexOf('/', end - 1);
  return path.slice(0, end).toLowerCase();
}

function isObjectId(place: string): boolean {
  return place.startsWith('{') && place !== '{country_code}' && place !== '{party_id}';
}
