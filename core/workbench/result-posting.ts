import type { Call } from '../client/call.ts';
import type { Link } from '../contract/link.ts';
import type { FlowAnswer, FlowCall, OutgoingToken } from '../flows/registration/ports.ts';
import { createTalk } from '../flows/talk.ts';
import type { History } from '../history/history.ts';
import { finding } from '../ocpi/findings.ts';
import type { LaterResult, LaterResults } from '../server/later-results.ts';
import { wireSettingsOf } from './calls.ts';
import type { PlatformDesk } from './platform.ts';
import { routingOf } from './sending/routing.ts';

export interface ResultPostingOptions {
  readonly history: Pick<History, 'links'>;
  readonly platform: Pick<PlatformDesk, 'config'>;
  readonly call: Call;
  /** With the token of the link. */
  readonly flowCall: (call: FlowCall) => Promise<FlowAnswer>;
  readonly outgoingToken: (linkId: number) => OutgoingToken | undefined;
  readonly onTrouble: (what: string, error: unknown) => void;
}

/** What came of posting one; no exchanges where nothing left. */
export type ResultSent = Pick<FlowAnswer, 'ok' | 'reason' | 'exchangeIds' | 'httpStatus' | 'ocpiStatus' | 'data'>;

/** Posts what came of commands and charging profiles, each once: OCPI knows no repetition (digest 6.6). */
export interface ResultPosting extends LaterResults {
  /** As `post`, and what came of it; never rejects for anything the partner does. */
  send(result: LaterResult): Promise<ResultSent>;
  /** Nothing is sent any more; what is under way is cancelled, and waited for. */
  close(): Promise<void>;
}

/**
 * A result goes out on the wire of its link, with its token only where the response_url is at a host the link is known to
 * have: whoever names a URL must not be able to send our token anywhere.
 */
export function createResultPosting(options: ResultPostingOptions): ResultPosting {
  const { history, platform, call, flowCall, outgoingToken, onTrouble } = options;
  const { links } = history;
  const underWay = new Set<Promise<unknown>>();
  const stop = new AbortController();

  const send = async ({ linkId, version, operation, url, body, ...result }: LaterResult): Promise<ResultSent> => {
    const link = links.get(linkId);
    if (link === undefined || !takesResults(link)) return unsent('the link lets no result out');
    const module = operation === 'commands.result' ? 'commands' : 'chargingprofiles';
    const ownParties = platform.config().parties;
    const routing = result.routing ?? routingOf({ link, version, ownParties }, { module, side: 'SENDER' });
    const post = {
      operation,
      method: 'POST',
      url,
      version,
      body,
      signal: stop.signal,
      ...(routing !== undefined && { routing }),
    };
    if (!isAtPartner(link, url)) return call({ ...post, linkId, settings: wireSettingsOf(link.settings) });
    const talk = createTalk({ ports: { call: flowCall, outgoingToken }, link, version });
    return (await talk(post)) ?? unsent(`there is no readable token to call ${link.name} with`);
  };

  const begin = (result: LaterResult): Promise<ResultSent> => {
    const sent = send(result).finally(() => underWay.delete(sent));
    underWay.add(sent);
    return sent;
  };

  /** What did not leave has no exchange to tell of it. */
  const beginUnheard = (result: LaterResult) => {
    begin(result).then(
      ({ ok, exchangeIds, reason }) => {
        if (!ok && exchangeIds.length === 0) onTrouble('posting a result', new Error(reason));
      },
      (error: unknown) => onTrouble('posting a result', error),
    );
  };

  return {
    judge({ linkId, url }) {
      const link = links.get(linkId);
      if (link === undefined) return [];
      const { origin } = new URL(url);
      if (!takesResults(link)) {
        return [finding('response-url.withheld', { met: `a result for ${origin}`, expected: 'an unlocked link' })];
      }
      if (isAtPartner(link, url)) return [];
      return [finding('response-url.foreign', { met: origin, expected: originsOf(link).join(', ') || 'a known host' })];
    },
    post(result) {
      const link = links.get(result.linkId);
      // That nothing follows was told with the command already.
      if (!stop.signal.aborted && link !== undefined && takesResults(link)) beginUnheard(result);
    },
    send: begin,
    async close() {
      stop.abort(new Error('the workbench closes'));
      await Promise.allSettled(underWay);
    },
  };
}

/** A link that is only looked at, or was ended meanwhile, lets no POST out. */
function takesResults({ readOnly, state }: Link): boolean {
  return !readOnly && (state === 'registered' || state === 'adopted');
}

function unsent(reason: string): ResultSent {
  return { ok: false, reason, exchangeIds: [] };
}

function originsOf({ versionsUrl, endpoints }: Link): string[] {
  const urls = [versionsUrl, ...endpoints.map(({ url }) => url)];
  return [...new Set(urls.flatMap(url => URL.parse(url ?? '')?.origin ?? []))];
}

function isAtPartner(link: Link, url: string): boolean {
  return originsOf(link).includes(new URL(url).origin);
}
