import { isJsonObject } from '../../ocpi/json-value.ts';
import { atLeast22 } from '../../ocpi/versions.ts';
import { endOf, textIn } from '../flows/flow.ts';
import type { Reading } from '../reading.ts';
import type { Ordered } from './charge.ts';
import { bodyOf, idIn, numberIn, objectIn, pathOf, timeIn, wentWell, whereaboutsOf } from './fields.ts';
import { type Mention, present, type Tie, type Whereabouts } from './mention.ts';
import { correlationKey, referenceKey, reservationKey, sessionKey, urlKey } from './tie-keys.ts';
import { BEGINS_WITHIN_MS, sideOf, sideOfOrder } from './told-objects.ts';

/** Where the answer does not say how long to wait (T5), and in 2.1.1, which knows no such time. Milliseconds. */
const ASSUMED = 30_000;
const ASSUMED_211 = 120_000;
/** An order that begins a charge by itself; the others are about one that is there. */
const OPENING: ReadonlySet<string> = new Set(['START_SESSION', 'RESERVE_NOW']);

/** A command, or a request about a charging profile: answered at once, its result comes later (digest 6.6, 6.7). */
export function orderMention(reading: Reading): Mention {
  const { observed, entry, params, query } = reading;
  const body = bodyOf(reading);
  const profile = entry?.module === 'chargingprofiles';
  const what = profile ? (entry?.words ?? '') : (entry?.path.at(-1) ?? '');
  const session = params['session_id'] ?? idIn(body, 'session_id');
  const reservation = idIn(body, 'reservation_id');
  const reference = idIn(body, 'authorization_reference');
  const given = query.get('response_url') ?? textIn(body, 'response_url');
  const url = given === undefined || given === '' ? undefined : pathOf(given);
  const opens = OPENING.has(what);
  const expiry = timeIn(body, 'expiry_date');
  const at = observed.startedAt;
  const ties: Tie[] = [
    ...(url === undefined ? [] : [{ key: urlKey(url), why: 'its result came to its response_url' }]),
    ...(session === undefined ? [] : [{ key: sessionKey(undefined, session), why: 'it names the session' }]),
    ...(reservation === undefined ? [] : [{ key: reservationKey(reservation), why: 'the same reservation_id' }]),
    ...(reference === undefined ? [] : [{ key: referenceKey(reference), why: 'the same authorization_reference' }]),
    ...correlationTie(reading, 'given'),
  ];
  const order: Ordered = {
    exchangeId: observed.id,
    at,
    what,
    ...present({
      answer: answerIn(reading),
      url,
      due: dueOf(reading),
      expiry: what === 'RESERVE_NOW' ? expiry : undefined,
    }),
  };
  return {
    kind: profile ? 'profile' : 'command',
    side: sideOfOrder(reading),
    ties,
    ...(opens
      ? { near: { role: 'order', at, until: Math.max(at, expiry ?? at) + BEGINS_WITHIN_MS } }
      : session === undefined && reservation === undefined
        ? { near: { role: 'place', at, until: at } }
        : {}),
    where: whereOf(body),
    ...(reference === undefined ? {} : { reference }),
    ...(session === undefined ? {} : { sessionId: session }),
    loose: !opens,
    order,
  };
}

function whereOf(body: ReturnType<typeof bodyOf>): Whereabouts {
  const token = objectIn(body, 'token');
  return {
    ...whereaboutsOf(body),
    ...present<Whereabouts>({ token: idIn(token, 'uid'), contract: idIn(token, 'contract_id', 'auth_id') }),
  };
}

/** What was answered at once, in the shapes partners use (T4, T5). */
function answerIn({ answer }: Reading): string | undefined {
  const data = answer?.data;
  if (typeof data === 'string') return data;
  if (!isJsonObject(data)) return undefined;
  return (
    textIn(data, 'result') ??
    Object.values(data).flatMap(nested => (isJsonObject(nested) ? (textIn(nested, 'result') ?? []) : []))[0]
  );
}

function dueOf(reading: Reading): number | undefined {
  const { observed, answer } = reading;
  if (answerIn(reading) !== 'ACCEPTED') return undefined;
  const said = numberIn(objectIn({ data: answer?.data }, 'data'), 'timeout');
  const newer = observed.version === undefined || atLeast22(observed.version);
  return endOf(observed) + (newer ? (said === undefined ? ASSUMED : said * 1000) : ASSUMED_211);
}

/** What came to a response_url; it shows a charge only together with what was asked. */
export function resultMention(reading: Reading): Mention {
  const { observed, entry } = reading;
  const url = pathOf(reading.url);
  return {
    kind: 'result',
    side: sideOfOrder(reading),
    ties: [{ key: urlKey(url), why: 'it came to the response_url' }, ...correlationTie(reading, 'taken')],
    where: {},
    loose: true,
    ...(entry?.module === 'commands' ? { result: { exchangeId: observed.id, url, result: resultIn(reading) } } : {}),
  };
}

/** Bare, enveloped, or nested in the name of its type (T4, T5). */
export function resultIn({ body }: Reading): string {
  let read: unknown = body?.view;
  for (let depth = 0; depth < 3; depth++) {
    if (typeof read === 'string') return read;
    if (!isJsonObject(read)) break;
    const result = read['result'];
    if (typeof result === 'string') return result;
    read = read['data'] ?? Object.values(read).find(isJsonObject);
  }
  return '';
}

/** Whether a token may charge, asked in real time (digest 6.5). */
export function authorizationMention(reading: Reading): Mention {
  const { observed, params, answer } = reading;
  const body = bodyOf(reading);
  const said = objectIn({ data: answer?.data }, 'data');
  const token = objectIn(said, 'token');
  const reference = idIn(said, 'authorization_reference');
  const allowed = textIn(said, 'allowed');
  const evses = body['evse_uids'];
  const one: unknown = Array.isArray(evses) && evses.length === 1 ? evses[0] : undefined;
  const at = observed.startedAt;
  return {
    kind: 'authorization',
    side: sideOfOrder(reading),
    ties:
      reference === undefined
        ? []
        : [{ key: referenceKey(reference), why: 'its answer gave the authorization_reference' }],
    near: { role: 'authorization', at, until: endOf(observed) + BEGINS_WITHIN_MS },
    where: present<Whereabouts>({
      token: params['token_uid'],
      contract: idIn(token, 'contract_id', 'auth_id'),
      location: idIn(body, 'location_id'),
      evse: typeof one === 'string' ? one : undefined,
    }),
    ...(reference === undefined ? {} : { reference }),
    loose: false,
    authorized: { exchangeId: observed.id, at: endOf(observed), ...(allowed === undefined ? {} : { allowed }) },
  };
}

/** Wishes of the driver, and profiles that the operator tells of: they name the session in the path. */
export function aboutSession(reading: Reading, kind: 'preferences' | 'profile'): Mention {
  const session = reading.params['session_id'] ?? '';
  return {
    kind,
    side: kind === 'preferences' ? sideOf(reading) : sideOfOrder(reading),
    ties: session === '' ? [] : [{ key: sessionKey(undefined, session), why: 'it names the session' }],
    where: {},
    ...(session === '' ? {} : { sessionId: session }),
    loose: true,
  };
}

/** What a terminal took, or could not take (2.3.0, digest 6.10): it names what the charge began with. */
export function paymentMention(reading: Reading, object: ReturnType<typeof bodyOf>): Mention | undefined {
  const reference = idIn(object, 'authorization_reference');
  if (reference === undefined) return undefined;
  return {
    kind: 'payment',
    // Confirmations belong to the terminal's provider; the charger to the other side.
    side: sideOfOrder(reading),
    ties: [{ key: referenceKey(reference), why: 'the same authorization_reference' }],
    where: {},
    reference,
    loose: false,
    ...(wentWell(reading.observed) ? { confirms: true as const } : {}),
  };
}

/** Of little worth: some send the same one always. It ties only what nothing else does. */
function correlationTie({ observed }: Reading, only: 'given' | 'taken'): readonly Tie[] {
  const { correlationId } = observed;
  return correlationId === undefined
    ? []
    : [{ key: correlationKey(correlationId), why: 'the same X-Correlation-ID', only }];
}
