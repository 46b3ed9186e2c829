import type { Link } from '../../contract/link.ts';
import { readCdrLocation } from '../../ocpi/cdr-location-header.ts';
import type { Finding } from '../../ocpi/findings.ts';
import type { Routing } from '../../ocpi/routing.ts';
import type { Version } from '../../ocpi/versions.ts';
import { createTalk, type Talk, type TalkPorts } from '../talk.ts';

/** Everything a push does to the world. */
export interface PushPorts extends TalkPorts {
  /** What was found out about an answer after it was recorded. */
  noteAnswer(exchangeId: number, noted: { readonly findings: readonly Finding[] }): Promise<unknown>;
}

/** One object or part on its way to a partner. */
export interface PushCall {
  readonly link: Link;
  readonly version: Version;
  /** Catalogue id: `sessions.patch`. */
  readonly operation: string;
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  /** JSON, sent byte for byte; absent for DELETE. */
  readonly text?: string;
  readonly routing?: Routing;
  /** Of the run it belongs to, where it does. */
  readonly run?: { readonly runId: number; readonly signal?: AbortSignal };
  /** Goes on with what earlier calls learned; made anew unless given. */
  readonly talk?: Talk;
}

export interface PushedOne {
  /** HTTP 2xx and OCPI 1xxx. */
  readonly ok: boolean;
  readonly exchangeIds: readonly number[];
  /** The end of a sentence: "the partner answered HTTP 404 with 2003". */
  readonly reason: string;
  /** Absent where no answer came. */
  readonly httpStatus?: number;
  readonly ocpiStatus?: number;
  readonly findings: readonly Finding[];
  /** Where a posted CDR can be read back (T43). */
  readonly location?: string;
}

/** Pushes one object (digest 1.7, 1.8). Once: what fails is told, and never sent again by itself (1.11). */
export async function pushOne(ports: PushPorts, call: PushCall): Promise<PushedOne> {
  const { link, version, operation, method, url, text, routing, run } = call;
  const talk = call.talk ?? createTalk({ ports, link, version, ...(run === undefined ? {} : { run }) });
  const heard = await talk({
    operation,
    method,
    url,
    version,
    ...(text === undefined ? {} : { text }),
    ...(routing === undefined ? {} : { routing }),
  });
  if (heard === undefined) {
    const reason = `there is no readable token to call ${link.name} with`;
    return { ok: false, exchangeIds: [], reason, findings: [] };
  }
  const { ok, exchangeIds, reason, httpStatus, ocpiStatus, http, data } = heard;
  const stored =
    ok && operation === 'cdrs.post' && http !== undefined
      ? readCdrLocation({ headers: http.headers, data, requestUrl: url })
      : undefined;
  const last = exchangeIds.at(-1);
  const noted = [...heard.findings, ...(stored?.findings ?? [])];
  if (stored !== undefined && stored.findings.length > 0 && last !== undefined) {
    await ports.noteAnswer(last, { findings: noted });
  }
  return {
    ok,
    exchangeIds,
    reason,
    findings: noted,
    ...(httpStatus === undefined ? {} : { httpStatus }),
    ...(ocpiStatus === undefined ? {} : { ocpiStatus }),
    ...(stored?.url === undefined ? {} : { location: stored.url }),
  };
}
