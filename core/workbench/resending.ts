import type { Call } from '../client/call.ts';
import type { CurlCommand, Resend } from '../contract/exchange.ts';
import { done, failed, type Outcome } from '../contract/failure.ts';
import type { History } from '../history/history.ts';
import type { ExchangeRecord } from '../http/exchange.ts';
import type { Sealer } from '../http/sealing.ts';
import type { WireRequest } from '../http/wire.ts';
import { curlCommand } from '../traffic-import/curl-command.ts';
import { operationAt, operationOf } from '../traffic-import/operation.ts';
import { type CallingOurselves, ownUrl, sendToOurselves } from './calling-ourselves.ts';
import { wireSettingsOf } from './calls.ts';
import { asKept, refreshed, tokenOfLink, withTokens } from './request-again.ts';
import { linkOf, recorded, refusal, strayFrom, type Wanted } from './resend-rules.ts';

/** Recorded requests, sent again or written as a command. */
export interface Resending {
  /**
   * A call of ours goes to the partner on its link; a call of the partner's is made at our own server, as the partner made
   * it. Answers when the new exchange has ended.
   */
  resend(input: Resend): Promise<Outcome<{ id: number }>>;
  curl(input: { readonly id: number; readonly withToken?: boolean | undefined }): Outcome<CurlCommand>;
}

export interface ResendingOptions extends CallingOurselves {
  readonly sealer: Sealer;
  readonly call: Call;
  readonly busyWith: (linkId: number) => number | undefined;
}

export function createResending(options: ResendingOptions): Resending {
  const { history, sealer } = options;
  const marked = (id: number, origin: number): Outcome<{ id: number }> => {
    const stored = history.transaction(() => history.resent.mark(id, origin));
    return stored.ok ? done({ id }) : stored;
  };
  return {
    async resend(input) {
      const found = recorded(history, input.id);
      if (!found.ok) return found;
      const record = found.value;
      const owner = linkOf(history, record);
      if (!owner.ok) return owner;
      const link = owner.value;
      const request = edited(history, { record, input });
      // What was typed in the clear is sealed first, so that a token is known as one wherever it came from.
      const sealed: WireRequest = {
        ...request,
        url: sealer.text(request.url),
        headers: sealer.headers(request.headers),
        body: Buffer.from(sealer.text(Buffer.from(request.body).toString('latin1')), 'latin1'),
      };
      const wanted = {
        record,
        link,
        request: sealed,
        isEdited: input.edited !== undefined,
        confirmed: input.confirmed,
      };
      const refused = refusal(
        {
          link,
          method: sealed.method,
          url: sealed.url,
          operation: record.operation,
          toPartner: record.direction === 'out',
          what: `a ${sealed.method} is sent again`,
          confirmed: input.confirmed,
        },
        options.busyWith,
      );
      if (refused !== undefined) return refused;
      const sent =
        record.direction === 'out'
          ? await sendToPartner(options, wanted, request)
          : await sendToOurselves(options, wanted, request);
      return sent.ok ? marked(sent.value.id, input.id) : sent;
    },
    curl({ id, withToken = false }) {
      const found = recorded(history, id);
      if (!found.ok) return found;
      const record = found.value;
      const kept = asKept(record);
      const request = record.direction === 'in' ? { ...kept, url: ownUrl(options.platform, kept) } : kept;
      if (!withToken) return done(curlCommand(request));
      const filled = withTokens(request, token => {
        const value = history.tokens.value(token);
        if (value !== undefined) return done(value);
        return failed(
          'TOKEN_MISSING',
          `token ${token} is not kept, or cannot be read any more`,
          'Without the token the command has a variable in its place.',
        );
      });
      return filled.ok ? done(curlCommand(filled.value)) : filled;
    },
  };
}

function edited({ exchanges }: History, { record, input }: { record: ExchangeRecord; input: Resend }): WireRequest {
  const kept = asKept(record);
  const { edited: changed, id } = input;
  if (changed === undefined) return kept;
  const { method, url, headers, body } = changed;
  // What was not touched keeps its bytes, in whatever encoding they are.
  const untouched = body !== null && exchanges.get(id)?.request.body.text === body;
  const bytes = untouched ? kept.body : new Uint8Array(Buffer.from(body ?? '', 'utf8'));
  return { method, url, headers, body: bytes };
}

async function sendToPartner(
  options: ResendingOptions,
  wanted: Wanted,
  given: WireRequest,
): Promise<Outcome<{ id: number }>> {
  const { history, call, newId, clock } = options;
  const { record, link, isEdited } = wanted;
  const astray = strayFrom(history, wanted);
  if (astray !== undefined) return astray;
  const target = URL.parse(given.url);
  const headers = refreshed(given, {
    before: record.request,
    authority: target?.host ?? '',
    requestId: newId(),
    now: clock.now(),
  });
  const filled = withTokens({ ...given, headers }, id => tokenOfLink(history, link, id));
  if (!filled.ok) return filled;
  const { method, url, body, headers: lines } = filled.value;
  const version = record.version ?? link.version;
  const asked = isEdited ? { method, url, surely: true } : undefined;
  const found =
    asked &&
    ((version === undefined ? undefined : operationAt(link.endpoints, { method, url, version })) ?? operationOf(asked));
  const spoken = asked ? (found?.version ?? version) : version;
  const answer = await call({
    linkId: link.id,
    operation: asked ? (found?.entry.id ?? 'unknown') : record.operation,
    method,
    url,
    asGiven: { headers: lines, body },
    settings: wireSettingsOf(link.settings),
    ...(spoken === undefined ? {} : { version: spoken }),
    ...routingOf(record),
  });
  const [id] = answer.exchangeIds;
  if (id !== undefined) return done({ id });
  const advice = answer.ended.how === 'unsendable' ? answer.ended.advice : '';
  return failed('INVALID_INPUT', answer.reason, advice);
}

function routingOf({ correlationId }: ExchangeRecord): { correlationId?: string } {
  return correlationId === undefined ? {} : { correlationId };
}
