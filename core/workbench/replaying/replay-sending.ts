import type { CallRequest } from '../../client/call.ts';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { Link } from '../../contract/link.ts';
import { defaultForm } from '../../ocpi/authorization.ts';
import { entryById } from '../../ocpi/catalogue.ts';
import type { ReadyRequest } from '../../replay/plan.ts';
import type { Happened, ReplayPorts } from '../../replay/ports.ts';
import { urlFor, wireSettingsOf } from '../calls.ts';
import { refusal, strayFrom } from '../resend-rules.ts';
import type { Arrivals } from './arrivals.ts';
import type { BoundReplay } from './ports.ts';

export interface ReplaySending {
  readonly send: ReplayPorts['send'];
  close(): void;
}

interface Known extends Pick<CallRequest, 'settings' | 'token'> {
  readonly link: Link;
  /** Where its requests may go. */
  readonly origins: Set<string>;
}

/** Sends what a replay made, by the rules of any single request; what they refuse was not tried. */
export function createReplaySending(options: BoundReplay, { sent }: Pick<Arrivals, 'sent'>): ReplaySending {
  const { history, runs, call, outgoingToken, plan, runId, confirmed, clock } = options;
  const linkId = options.link.id;
  const { version } = plan.surroundings;
  /** Read anew once something changes: a flow in the middle of it gives other tokens. */
  let known: Known | undefined;
  const deaf = history.onChange(({ kind }) => {
    if (kind === 'links') known = undefined;
  });

  const know = (): Outcome<Known> => {
    if (known !== undefined) return done(known);
    const link = history.links.get(linkId);
    if (link === undefined) return failed('NOT_FOUND', 'the link was removed', 'Add it again.');
    const value = outgoingToken(linkId)?.value;
    if (value === undefined) {
      const advice = 'Register it, or enter the token it gave us.';
      return failed('TOKEN_MISSING', `there is no readable token to call ${link.name} with`, advice);
    }
    const { tokenForm } = link.settings;
    const form = tokenForm === 'auto' ? (link.learnedForm ?? defaultForm(version)) : tokenForm;
    known = { link, settings: wireSettingsOf(link.settings), token: { value, form }, origins: new Set() };
    return done(known);
  };

  const refused = ({ link, origins }: Known, { method, url, operation, headers }: ReadyRequest) => {
    const what = `a ${method} of ${entryById(operation)?.words ?? operation} is sent`;
    const leaving = { link, method, url, operation, toPartner: true, what, confirmed };
    const no = refusal(leaving, runs.busyWith);
    const origin = URL.parse(url)?.origin ?? url;
    if (no !== undefined || origins.has(origin)) return no;
    const stray = strayFrom(history, { link, request: { method, url, headers, body: new Uint8Array() }, confirmed });
    if (stray === undefined) origins.add(origin);
    return stray;
  };

  return {
    async send(request, signal) {
      const found = know();
      if (!found.ok) return found;
      const { link, settings, token } = found.value;
      const { operation, method, text, headers, routing, correlationId } = request;
      const no = refused(found.value, request);
      if (no !== undefined) return no;
      const url = urlFor(link, request);
      const answer = await call({
        linkId,
        runId,
        operation,
        method,
        url,
        version,
        settings,
        headers,
        signal,
        ...(token === undefined ? {} : { token }),
        ...(text === undefined ? {} : { text }),
        ...(routing === undefined ? {} : { routing }),
        ...(correlationId === undefined ? {} : { correlationId }),
      });
      const { exchangeIds } = answer;
      const last = exchangeIds.at(-1);
      if (last !== undefined) {
        const spoken = sent(last);
        if (spoken !== undefined) return done({ exchangeIds, spoken });
        const advice = 'Make room, or free the file, and try again.';
        return failed('DATABASE_UNUSABLE', 'the exchange could not be stored', advice);
      }
      const { ended } = answer;
      if (ended.how === 'unsendable') return failed('INVALID_INPUT', answer.reason, ended.advice);
      return done(keptBack({ ...request, url }, clock.now()));
    },
    close: deaf,
  };
}

/** A fault of ours keeps it back for a while: nothing has left yet, and nobody waits for the answer. */
function keptBack({ operation, method, url, headers, text, correlationId }: ReadyRequest, now: number): Happened {
  const length = text === undefined ? 0 : new TextEncoder().encode(text).length;
  return {
    exchangeIds: [],
    spoken: {
      operation,
      method,
      url,
      startedAt: now,
      durationMs: null,
      request: { headers, text, length, shortened: false },
      answer: undefined,
      ended: { how: 'withheld' },
      fromParty: undefined,
      toParty: undefined,
      requestId: undefined,
      correlationId,
      findings: [],
    },
  };
}
