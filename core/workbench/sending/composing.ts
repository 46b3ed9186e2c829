import { requestHeaders } from '../../client/request-headers.ts';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { SendInput } from '../../contract/sending.ts';
import { checkOutgoing, completeHeaders, targetOf } from '../../http/outgoing.ts';
import { writePlaceholder } from '../../http/placeholder.ts';
import type { WireRequest } from '../../http/wire.ts';
import { defaultForm, type SentForm, writeAuthorization } from '../../ocpi/authorization.ts';
import { type CatalogueEntry, entryById, isPlaceholder } from '../../ocpi/catalogue.ts';
import type { Finding } from '../../ocpi/findings.ts';
import { parsePartyId } from '../../ocpi/party-id.ts';
import type { RawHeaders } from '../../ocpi/raw-headers.ts';
import type { Routing } from '../../ocpi/routing.ts';
import { appendQuery, appendSegments } from '../../ocpi/urls.ts';
import { urlFor } from '../calls.ts';
import { USER_AGENT } from '../user-agent.ts';
import { judgeRequest } from './judging.ts';
import { baseOf, nameOf } from './operations.ts';
import { readParty, routingOf, type SendContext } from './routing.ts';

/** A request as it would leave, with placeholders where tokens stand. */
export interface Composed {
  readonly context: SendContext;
  readonly entry: CatalogueEntry;
  readonly request: WireRequest;
  readonly routing: Routing | undefined;
  readonly correlationId: string | undefined;
  /** Placeholders of the path that have no value. */
  readonly missing: readonly string[];
  readonly findings: readonly Finding[];
}

export interface ComposingParts {
  readonly context: SendContext;
  /** The token we call the partner with now, as the sealed table knows it; undefined where there is none. */
  readonly token: { readonly id: string; readonly value: string } | undefined;
  readonly newId: () => string;
}

/** Puts together what was asked for; nothing of it has to be right (`findings` say what is not), as long as it is HTTP. */
export function compose(input: SendInput, { context, token, newId }: ComposingParts): Outcome<Composed> {
  const { link, version } = context;
  const entry = entryById(input.operation);
  if (entry === undefined || !entry.versions.includes(version)) {
    const message = `OCPI ${version} has no operation "${input.operation}"`;
    return failed(
      'INVALID_INPUT',
      message,
      `wb send ${link.name} --list shows what there is; another URL or method may be given.`,
    );
  }
  const to = readParty(input.toParty);
  if (!to.ok) return to;
  const from = readParty(input.fromParty);
  if (!from.ok) return from;
  const called = { module: entry.module, side: entry.interface, list: entry.items !== undefined };
  const routing = routingOf(context, { ...called, from: from.value ?? ownerIn(input.params), to: to.value });
  const target = urlOf(input, context, entry);
  if (!target.ok) return target;
  const { url, missing } = target.value;
  const method = input.method ?? entry.method;
  const body = new TextEncoder().encode(input.body ?? '');
  const ids = version === '2.1.1' ? {} : { requestId: newId(), correlationId: newId() };
  const lines = requestHeaders({
    operation: entry.id,
    version,
    routing,
    ids,
    hasBody: body.length > 0,
    userAgent: USER_AGENT,
    extra: input.headers?.map(([name, value]): [string, string] => [name, value]),
  });
  // An empty value takes ours away; there is nothing else it could be good for.
  const headers = [...authorization(context, token, input.headers), ...lines].filter(([, value]) => value !== '');
  const given = { method, url, headers, body };
  const problem = checkOutgoing(given);
  if (problem !== undefined) return failed('INVALID_INPUT', problem.message, problem.advice);
  const request = { ...given, headers: completeHeaders(given, targetOf(url)) };
  return done({
    context,
    entry,
    request,
    routing,
    correlationId: ids.correlationId,
    missing,
    findings: judgeRequest({ input, entry, version, request }),
  });
}

function ownerIn(params: SendInput['params']) {
  const { country_code: country, party_id: party } = params ?? {};
  return country === undefined || party === undefined ? undefined : parsePartyId(`${country}-${party}`);
}

/** The token in the form the partner takes it, unless a header of the operator's own stands for it. */
function authorization(
  { link, version }: SendContext,
  token: ComposingParts['token'],
  given: SendInput['headers'] = [],
): RawHeaders {
  if (token === undefined || given.some(([name]) => name.toLowerCase() === 'authorization')) return [];
  const { tokenForm } = link.settings;
  const form: SentForm = tokenForm === 'auto' ? (link.learnedForm ?? defaultForm(version)) : tokenForm;
  const length = writeAuthorization(token.value, form).length - 'Token '.length;
  return [['Authorization', `Token ${writePlaceholder({ id: token.id, form, length })}`]];
}

function urlOf(
  { url: given, params = {}, query = {} }: SendInput,
  context: SendContext,
  entry: CatalogueEntry,
): Outcome<{ readonly url: string; readonly missing: readonly string[] }> {
  if (given !== undefined) return done({ url: given, missing: [] });
  const base = baseOf(context, entry);
  if (base === undefined) {
    const { name } = context.link;
    return entry.base === 'given-url' || entry.base === 'version-url'
      ? failed('INVALID_INPUT', `${entry.words}: its URL comes from a message`, 'Give it (--url).')
      : failed(
          'NOT_FOUND',
          `${name} offers no ${entry.module} as ${entry.interface.toLowerCase()}`,
          `wb link show ${name} lists its endpoints; --url sends it elsewhere.`,
        );
  }
  const missing = entry.path
    .filter(isPlaceholder)
    .map(nameOf)
    .filter(name => params[name] === undefined);
  const segments = entry.path.map(segment => (isPlaceholder(segment) ? (params[nameOf(segment)] ?? segment) : segment));
  const url = appendQuery(appendSegments(base, ...segments), query);
  return done({ url: urlFor(context.link, { operation: entry.id, url }), missing });
}
