import type { Clock } from '../../clock.ts';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { OwnModuleName } from '../../contract/own.ts';
import type { PushMethod } from '../../contract/sending.ts';
import type { PushItem } from '../../flows/push/push.ts';
import { type PushedThing, type PushPlace, placeOf, thingOf } from '../../flows/push/thing.ts';
import { addressFindings } from '../../ocpi/addressed-object.ts';
import { type Finding, worstOf } from '../../ocpi/findings.ts';
import { findPart } from '../../ocpi/object-part.ts';
import { formatPartyId, type PartyId, samePartyId } from '../../ocpi/party-id.ts';
import type { OwnTexts } from './own-texts.ts';
import { mustEndpoint, ownPartyOf, routingOf, type SendContext } from './routing.ts';

export interface PushPlanning {
  readonly context: SendContext;
  readonly own: OwnTexts;
  readonly module: OwnModuleName;
  readonly method: PushMethod;
  /** Of ours, for objects that do not say whose they are. */
  readonly party: PartyId | undefined;
  /** `EVSE1/1` */
  readonly part: string | undefined;
  readonly unchecked: boolean;
  readonly clock: Clock;
}

/** Milliseconds after which partners get their turn while many objects are looked at. */
const TURN = 4;
const MOST_NAMED = 3;

/** What leaves for each of these texts, or why nothing does: everything is looked at before anything is sent. */
export async function planPush(texts: Iterable<string>, planning: PushPlanning): Promise<Outcome<PushItem[]>> {
  const { clock, unchecked } = planning;
  const items: PushItem[] = [];
  const wrong: string[] = [];
  let refused = 0;
  let turn = clock.elapsed();
  for (const text of texts) {
    const planned = planOne(text, planning);
    if (!planned.ok) return planned;
    const { item, findings } = planned.value;
    items.push(item);
    const error =
      unchecked || worstOf(findings) !== 'error' ? undefined : findings.find(one => one.severity === 'error');
    if (error !== undefined && ++refused <= MOST_NAMED) {
      wrong.push(
        `${item.id}: ${error.code} at ${error.pointer || 'the body'}: ${error.met}, expected ${error.expected}`,
      );
    }
    if (clock.elapsed() - turn > TURN) {
      await new Promise<void>(resolve => setImmediate(resolve));
      turn = clock.elapsed();
    }
  }
  if (refused > 0) {
    const more = refused > wrong.length ? `; ${refused - wrong.length} more have errors` : '';
    return failed(
      'INVALID_INPUT',
      `nothing was sent: ${wrong.join('; ')}${more}`,
      '--unchecked sends them all the same.',
    );
  }
  return done(items);
}

function planOne(
  text: string,
  planning: PushPlanning,
): Outcome<{ readonly item: PushItem; readonly findings: readonly Finding[] }> {
  const { context, module, method, part } = planning;
  const json: unknown = JSON.parse(text);
  const usual = planning.party ?? ownPartyOf(context, { module, side: 'RECEIVER' });
  if (usual === undefined) throw new Error('a platform has at least one party');
  const read = thingOf(json, { module, owner: usual, ...(part === undefined ? {} : { part: part.split('/') }) });
  if (!read.ok)
    return failed('INVALID_INPUT', `an object ${read.reason}`, `Of ${module} that is what its URL is made of.`);
  const { thing, steps } = read;
  const cut = findPart(text, steps);
  if ('missing' in cut) {
    const { list, id } = cut.missing;
    return failed('INVALID_INPUT', `${thing.ids[0]} has no ${id} in ${list}`, 'Name a part that it holds.');
  }
  const placed = placeFor(context, thing, method);
  if (!placed.ok) return placed;
  const { place, url } = placed.value;
  const { version } = context;
  const body = cut.text;
  const value: unknown = steps.length === 0 ? json : JSON.parse(body);
  const found = method === 'DELETE' ? [] : (place.entry.request?.[version]?.(value, { version }).findings ?? []);
  const { path } = place.entry;
  const findings =
    method === 'DELETE' ? found : [...found, ...addressFindings({ path, params: place.params, object: value })];
  const item = itemOf(planning, { thing, place, url, method, text: method === 'DELETE' ? undefined : body });
  return done({ item, findings });
}

interface Placed {
  readonly place: PushPlace;
  readonly url: string;
}

/** Where a thing is pushed, or why it cannot be. */
export function placeFor(context: SendContext, thing: PushedThing, method: PushMethod | 'GET'): Outcome<Placed> {
  const { version } = context;
  const place = placeOf(thing, method, version);
  if (place === undefined) {
    const what = thing.what === undefined ? thing.module : `${thing.module} (${thing.what})`;
    return failed(
      'INVALID_INPUT',
      `OCPI ${version} has no ${method} of ${what}`,
      'wb send takes any method to any URL.',
    );
  }
  const endpoint = mustEndpoint(context, place.entry);
  return endpoint.ok ? done({ place, url: place.url(endpoint.value) }) : endpoint;
}

interface Leaving extends Placed {
  readonly thing: PushedThing;
  readonly method: PushMethod;
  readonly text: string | undefined;
}

/** One push, with what mends a PATCH that fails because the object is not there. */
export function itemOf(
  { context, own }: Pick<PushPlanning, 'context' | 'own'>,
  { thing, place, url, method, text }: Leaving,
): PushItem {
  const { module, owner, ids } = thing;
  const ours = context.ownParties.some(party => samePartyId(party, owner));
  const routing = routingOf(context, { module, side: place.entry.interface, ...(ours ? { from: owner } : {}) });
  const id = ids.length === 0 ? formatPartyId(owner) : ids.join('/');
  const routed = routing === undefined ? {} : { routing };
  const item = { id, operation: place.entry.id, method, url, ...(text === undefined ? {} : { text }), ...routed };
  if (method !== 'PATCH') return item;
  const back = placeFor(context, thing, 'GET');
  const whole = (): Outcome<PushItem> => {
    const put = placeFor(context, thing, 'PUT');
    if (!put.ok) return put;
    const entire = own.whole(thing);
    if (entire === undefined) return failed('NOT_FOUND', `${id} is not among our own ${module}`, 'wb own set adds it.');
    return done({
      id,
      operation: put.value.place.entry.id,
      method: 'PUT',
      url: put.value.url,
      text: entire,
      ...routed,
    });
  };
  return {
    ...item,
    whole,
    ...(back.ok ? { readBack: { operation: back.value.place.entry.id, url: back.value.url } } : {}),
  };
}
