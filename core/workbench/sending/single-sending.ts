import type { Call } from '../../client/call.ts';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { SendInput, SendPreview } from '../../contract/sending.ts';
import type { TalkPorts } from '../../flows/talk.ts';
import type { History } from '../../history/history.ts';
import type { Sealer } from '../../http/sealing.ts';
import type { WireRequest } from '../../http/wire.ts';
import { operationAt } from '../../traffic-import/operation.ts';
import { wireSettingsOf } from '../calls.ts';
import type { LinkDesk } from '../link-desk.ts';
import type { PlatformDesk } from '../platform.ts';
import { tokenOfLink, withTokens } from '../request-again.ts';
import { refusal, strayFrom } from '../resend-rules.ts';
import type { RunDesk } from '../run-desk.ts';
import { type Composed, compose } from './composing.ts';
import { contextOf } from './routing.ts';
import { viewOf } from './views.ts';

export interface SingleSendingOptions {
  readonly history: History;
  readonly platform: PlatformDesk;
  readonly links: LinkDesk;
  readonly sealer: Sealer;
  readonly call: Call;
  readonly newId: () => string;
  readonly runs: Pick<RunDesk, 'busyWith'>;
  readonly ports: Pick<TalkPorts, 'outgoingToken'>;
}

/** Any request of the catalogue, right or deliberately wrong. */
export interface SingleSending {
  preview(input: SendInput): Outcome<SendPreview>;
  /** The id of the exchange once it has ended, however it did; `signal` ends it. */
  send(input: SendInput, signal?: AbortSignal): Promise<Outcome<number>>;
}

export function createSingleSending(options: SingleSendingOptions): SingleSending {
  const { history, platform, links, sealer, call, newId } = options;

  const composed = (input: SendInput): Outcome<Composed> => {
    const found = links.find(input.name);
    if (!found.ok) return found;
    const context = contextOf(found.value, platform.config().parties);
    if (!context.ok) return context;
    const value = options.ports.outgoingToken(found.value.id)?.value;
    const token = value === undefined ? undefined : { id: history.tokens.idOf(value), value };
    return compose(input, { context: context.value, token, newId });
  };

  /** What was typed in the clear is sealed first, so that a token is known as one wherever it came from. */
  const sealed = (request: WireRequest): WireRequest => ({
    ...request,
    url: sealer.text(request.url),
    headers: sealer.headers(request.headers),
    body: Buffer.from(sealer.text(Buffer.from(request.body).toString('latin1')), 'latin1'),
  });

  return {
    preview: input => {
      const made = composed(input);
      if (!made.ok) return made;
      const { request, findings } = made.value;
      const { method, url, headers, body } = sealed(request);
      return done({
        method,
        url,
        headers: headers.map(([name, value]): [string, string] => [name, value]),
        body: body.length === 0 ? null : Buffer.from(body).toString('utf8'),
        findings: findings.map(viewOf),
      });
    },
    send: async (input, signal) => {
      const made = composed(input);
      if (!made.ok) return made;
      const { context, entry, request, routing, correlationId, missing } = made.value;
      const { link, version } = context;
      if (missing.length > 0) {
        const names = missing.join(', ');
        return failed(
          'INVALID_INPUT',
          `${entry.words}: no value for ${names}`,
          `Give one (--param ${missing[0]}=...).`,
        );
      }
      const { method, url } = request;
      const asUsual = input.method === undefined && input.url === undefined;
      const operation = asUsual
        ? entry.id
        : (operationAt(link.endpoints, { method, url, version })?.entry.id ?? 'unknown');
      const { confirmed } = input;
      const what = `a ${method} of ${entry.words} is sent`;
      const leaving = { link, method, url, operation, toPartner: true, what, confirmed };
      const refused =
        refusal(leaving, options.runs.busyWith) ?? strayFrom(history, { link, request: sealed(request), confirmed });
      if (refused !== undefined) return refused;
      const filled = withTokens(request, id => tokenOfLink(history, link, id));
      if (!filled.ok) return filled;
      const { headers, body } = filled.value;
      const answer = await call({
        linkId: link.id,
        operation,
        method,
        url: filled.value.url,
        version,
        asGiven: { headers, body },
        settings: wireSettingsOf(link.settings),
        ...(signal === undefined ? {} : { signal }),
        ...(routing === undefined ? {} : { routing }),
        ...(correlationId === undefined ? {} : { correlationId }),
      });
      const [id] = answer.exchangeIds;
      if (id !== undefined) return done(id);
      if (answer.ended.how === 'unsendable') return failed('INVALID_INPUT', answer.reason, answer.ended.advice);
      return failed(
        'OPERATION_FAILED',
        answer.reason,
        'The traffic shows it once it has left; disarm the rule to see it at once.',
      );
    },
  };
}
