import { done, failed, type Outcome } from '../../contract/failure.ts';
import { OwnModuleName } from '../../contract/own.ts';
import type { PushedItem } from '../../contract/run.ts';
import type { PushMethod } from '../../contract/sending.ts';
import type { PushItem } from '../../flows/push/push.ts';
import type { PushedThing } from '../../flows/push/thing.ts';
import type { History } from '../../history/history.ts';
import { isPlaceholder } from '../../ocpi/catalogue.ts';
import { moduleOf } from '../../ocpi/modules.ts';
import { parsePartyId } from '../../ocpi/party-id.ts';
import { queryValue } from '../../ocpi/request-query.ts';
import { splitPath } from '../../ocpi/urls.ts';
import { operationAt } from '../../traffic-import/operation.ts';
import { asKept, tokenOfLink, withTokens } from '../request-again.ts';
import type { OwnTexts } from './own-texts.ts';
import { itemOf, placeFor } from './push-plan.ts';
import type { SendContext } from './routing.ts';

/** Of what was sent; undefined where nothing was, or its exchange is gone. */
export function moduleOfItem({ exchanges }: History, { exchangeIds: [id = 0] }: PushedItem): string | undefined {
  const operation = exchanges.record(id)?.operation.split('.', 1)[0];
  return operation === undefined ? undefined : moduleOf(operation);
}

export function notSent({ id }: PushedItem): Outcome<never> {
  return failed(
    'WRONG_STATE',
    `${id} was never sent, or its exchange is gone`,
    'Push it again from where it came from.',
  );
}

interface Again {
  readonly failure: PushedItem;
  readonly context: SendContext;
  readonly own: OwnTexts;
  /** With PUT of the whole object, of our own data. */
  readonly put: boolean;
}

/** What was sent, from the history: so it can be sent again after a restart too. */
export function itemAgain(history: History, { failure, context, own, put }: Again): Outcome<PushItem> {
  const [id = 0] = failure.exchangeIds;
  const record = history.exchanges.record(id);
  const view = history.exchanges.get(id);
  if (record === undefined || view === undefined) return notSent(failure);
  if (record.request.body.length < view.request.body.length) {
    const message = `${failure.id}: only a part of what was sent is kept`;
    return failed('WRONG_STATE', message, 'Push it again from where it came from.');
  }
  const { link, version } = context;
  const filled = withTokens(asKept(record), token => tokenOfLink(history, link, token));
  if (!filled.ok) return filled;
  const { method, url, body } = filled.value;
  const at = operationAt(link.endpoints, { method, url, version });
  const type = queryValue(splitPath(url).query, 'type');
  const found = at && thingAt(at.entry.id, at.entry.path, at.params);
  const thing = found && { ...found, ...(type === undefined ? {} : { type }) };
  if (thing !== undefined && (put || method === 'PATCH')) {
    const place = placeFor(context, thing, put ? 'PUT' : (method as PushMethod));
    if (!place.ok) return place;
    const text = put ? own.whole(thing) : Buffer.from(body).toString('utf8');
    if (text === undefined) {
      return failed(
        'NOT_FOUND',
        `${failure.id} is not among our own ${thing.module}`,
        'wb own set adds it; or push without --put.',
      );
    }
    return done(itemOf({ context, own }, { thing, ...place.value, method: put ? 'PUT' : 'PATCH', text }));
  }
  if (put) return failed('INVALID_INPUT', `${failure.id} has no PUT`, 'Push again without --put.');
  const { fromParty, toParty, operation } = record;
  const from = fromParty === undefined ? undefined : parsePartyId(fromParty);
  const to = toParty === undefined ? undefined : parsePartyId(toParty);
  return done({
    id: failure.id,
    operation,
    method,
    url,
    ...(body.length === 0 ? {} : { text: Buffer.from(body).toString('utf8') }),
    ...(from || to ? { routing: { ...(from && { from }), ...(to && { to }) } } : {}),
  });
}

/** The thing behind a URL, by the values of its path. */
function thingAt(
  id: string,
  path: readonly string[],
  params: Readonly<Record<string, string>>,
): PushedThing | undefined {
  const [module = '', operation = ''] = id.split('.', 2);
  const of = OwnModuleName.safeParse(module);
  const what = /-(evse|connector|calendar|location|terminal)$/.exec(operation)?.[1] as PushedThing['what'];
  const { country_code: countryCode, party_id: partyId } = params;
  if (!of.success || countryCode === undefined || partyId === undefined) return undefined;
  const names = path.filter(isPlaceholder).map(segment => segment.slice(1, -1));
  const ids = names.filter(name => name !== 'country_code' && name !== 'party_id').map(name => params[name] ?? '');
  return { module: of.data, ids, owner: { countryCode, partyId }, ...(what === undefined ? {} : { what }) };
}
