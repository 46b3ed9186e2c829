import { readFileSync } from 'node:fs';
import { reasonOf } from '../client/reasons.ts';
import type { Wires } from '../client/wires.ts';
import type { Clock } from '../clock.ts';
import { done, failed, type Outcome } from '../contract/failure.ts';
import type { History } from '../history/history.ts';
import { checkOutgoing, targetOf } from '../http/outgoing.ts';
import { DEFAULT_WIRE_SETTINGS, type WireRequest, type WireSettings } from '../http/wire.ts';
import { headerValue } from '../ocpi/raw-headers.ts';
import { localUrlOf } from '../server/addresses.ts';
import type { PlatformDesk } from './platform.ts';
import type { Recording } from './recording.ts';
import { refreshed, tokenOfLink, withTokens } from './request-again.ts';
import type { Wanted } from './resend-rules.ts';
import type { Serving } from './serving.ts';

export interface CallingOurselves {
  readonly history: History;
  readonly platform: PlatformDesk;
  readonly serving: Pick<Serving, 'isOn'>;
  readonly recording: Recording;
  readonly wires: Wires;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Where we are reached on this machine; with TLS under the name that our certificate is for. */
function ownOrigin(platform: PlatformDesk): string {
  const { host, port, tls } = platform.config();
  if (tls === undefined) return localUrlOf({ host, port, tls: false });
  return new URL(platform.versionsUrl() ?? localUrlOf({ host, port, tls: true })).origin;
}

/** Of an incoming request the path is kept as it was asked for. */
export function ownUrl(platform: PlatformDesk, { url }: WireRequest): string {
  return url.startsWith('/') ? `${ownOrigin(platform)}${url}` : url;
}

/** As the partner did it, over real HTTP: recorded by our server, not as a call of ours. */
export async function sendToOurselves(
  options: CallingOurselves,
  wanted: Wanted,
  given: WireRequest,
): Promise<Outcome<{ id: number }>> {
  const { history, platform, serving, recording, wires, newId, clock } = options;
  const { record, link } = wanted;
  if (!serving.isOn()) {
    return failed(
      'NOT_SERVING',
      'a request of the partner is sent to our own server again, which is not on',
      'Start it: wb serve, or in the window.',
    );
  }
  const url = pathAt(platform, given.url);
  if (url === undefined) {
    return failed('INVALID_INPUT', `${given.url} is not at our own server`, `Use ${ownOrigin(platform)}.`);
  }
  const requestId = newId();
  const headers = refreshed(given, {
    before: record.request,
    authority: new URL(url).host,
    requestId,
    now: clock.now(),
  });
  const filled = withTokens({ ...given, url, headers }, id => tokenOfLink(history, link, id));
  if (!filled.ok) return filled;
  const idSent = headerValue(filled.value.headers, 'x-request-id');
  // Without an id the new exchange could not be told from others; 2.1.1 has none, and does not mind one.
  const outgoing = idSent
    ? filled.value
    : { ...filled.value, headers: [...filled.value.headers, ['X-Request-ID', requestId] as const] };
  const problem = checkOutgoing(outgoing);
  if (problem !== undefined) return failed('INVALID_INPUT', problem.message, problem.advice);
  const expected = recording.expectArrival(idSent || requestId);
  try {
    const { ended } = await wires.wireFor(ownWire(platform)).send(outgoing);
    if (expected.id !== undefined) return done({ id: expected.id });
    const why = ended.how === 'complete' ? 'somebody else answers there' : reasonOf(ended, url);
    return failed(
      'OPERATION_FAILED',
      `the request did not arrive at our own server: ${why}`,
      'wb doctor looks for the reason.',
    );
  } finally {
    expected.forget();
  }
}

function ownWire(platform: PlatformDesk): WireSettings {
  const { tls } = platform.config();
  return tls === undefined
    ? DEFAULT_WIRE_SETTINGS
    : { ...DEFAULT_WIRE_SETTINGS, ca: readFileSync(tls.certificate, 'utf8') };
}

/** The URL at our own server; undefined for one that leads elsewhere. */
function pathAt(platform: PlatformDesk, url: string): string | undefined {
  const own = ownOrigin(platform);
  if (url.startsWith('/')) return `${own}${url}`;
  const parsed = URL.parse(url);
  const origins = [own, URL.parse(platform.versionsUrl() ?? '')?.origin];
  if (parsed === null || !origins.includes(parsed.origin)) return undefined;
  return `${own}${targetOf(url).path}`;
}
