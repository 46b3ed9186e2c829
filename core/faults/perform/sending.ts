import type { Clock } from '../../clock.ts';
import type { Play } from '../../http/line.ts';
import type { WireRequest } from '../../http/wire.ts';
import { type CatalogueEntry, entryById, isPlaceholder } from '../../ocpi/catalogue.ts';
import { formatPartyId, type PartyId } from '../../ocpi/party-id.ts';
import { decodeSegment, splitPath } from '../../ocpi/urls.ts';
import type { Version } from '../../ocpi/versions.ts';
import type { FaultEngine } from '../at-work.ts';
import type { Message } from '../draft.ts';
import { againWords, wireWords } from '../wire-words.ts';
import { isUsual } from './answering.ts';
import { guarded, type OnTrouble } from './guarded.ts';
import { leavingBody, playing } from './play.ts';

export interface SendingFaultsParts {
  readonly engine: FaultEngine;
  readonly clock: Clock;
  readonly ownVersionsUrl: () => string;
  readonly onTrouble: OnTrouble;
}

/** A request of ours, as the client tells of it. */
export interface MetOutgoing {
  readonly linkId: number | undefined;
  readonly operation: string;
  readonly version: Version | undefined;
  readonly request: WireRequest;
  readonly from: PartyId | undefined;
  readonly to: PartyId | undefined;
}

/** Binds the rules to the client: what they do to a request of ours, and how it leaves. */
export function createSendingFaults({ engine, clock, ownVersionsUrl, onTrouble }: SendingFaultsParts) {
  return {
    meet: ({ linkId, operation, version, request, from, to }: MetOutgoing) => {
      const entry = entryById(operation);
      const met = {
        ...(linkId === undefined ? {} : { linkId }),
        ...(to === undefined ? {} : { party: formatPartyId(to) }),
        facts: {
          direction: 'send',
          operation,
          ...(entry === undefined ? {} : { entry }),
          ...(version === undefined ? {} : { version }),
          request,
          params: entry === undefined ? {} : paramsOf(entry, request.url),
          ownVersionsUrl: ownVersionsUrl(),
          ...(from === undefined ? {} : { from: formatPartyId(from) }),
          ...(to === undefined ? {} : { to: formatPartyId(to) }),
          now: clock.now(),
        },
      } as const;
      const altered = guarded(() => engine.meet(met)?.alter({ side: 'send', ...request }), undefined, onTrouble);
      if (altered === undefined || altered.firings.length === 0) return undefined;
      const { draft, firings } = altered;
      const message = requestOf(draft.message, request);
      const { steps, withheld = false, later, again = [], handshake } = draft;
      const wire = wireWords(draft);
      // What is said of the steps is told by playing them; all else was decided before.
      const stepwise = playing({
        steps,
        body: message.body,
        clock,
        said: wireWords({ ...draft, steps: [], again: [] }),
      });
      const play: Play = async (line, head) => {
        const played = await stepwise(line, head);
        return { ...played, words: [...played.words, ...againWords(again)] };
      };
      return {
        message,
        leaves: { ...message, body: leavingBody(steps, message.body) ?? new Uint8Array() },
        usual: isUsual(draft),
        play,
        ...(handshake === undefined ? {} : { handshake }),
        withheld,
        ...(later === undefined ? {} : { later }),
        again,
        faults: { firings, intended: intendedOf(request), wire },
      };
    },
  };
}

/** A kind that makes an answer of a request is a bug: the request is left as it was. */
function requestOf(message: Message, original: WireRequest): WireRequest {
  if (message.side !== 'send') return original;
  const { method, url, headers, body } = message;
  return { method, url, headers, body };
}

function intendedOf({ method, url, headers, body }: WireRequest) {
  return { start: `${method} ${url}`, headers, body };
}

/** Values of the placeholders that the end of a URL has for an entry's path; none where it does not look like that path. */
function paramsOf({ path }: CatalogueEntry, url: string): Readonly<Record<string, string>> {
  const { segments } = splitPath(url);
  const tail = segments.slice(segments.length - path.length);
  if (path.length === 0 || tail.length < path.length) return {};
  const params: Record<string, string> = {};
  for (const [at, part] of path.entries()) {
    const segment = tail[at] ?? '';
    if (isPlaceholder(part)) params[part.slice(1, -1)] = decodeSegment(segment) ?? segment;
    else if (part !== segment) return {};
  }
  return params;
}
