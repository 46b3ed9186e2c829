import type { Finding } from '../ocpi/findings.ts';
import { finding } from '../ocpi/findings.ts';
import { isJsonType } from '../ocpi/json-type.ts';
import type { Received } from '../ocpi/received.ts';
import { receiveJson } from '../ocpi/received.ts';
import type { Version } from '../ocpi/versions.ts';
import type { Identity } from './authentication.ts';
import type { Caller } from './caller.ts';
import { refusals } from './refusals.ts';
import type { RequestHead } from './request-head.ts';
import type { PlannedReply } from './responder.ts';
import type { Place, RoutedTarget, Served } from './routes.ts';

/** What can be told from a request's head: who calls, what is meant, and whether it is refused already. */
export interface Admission {
  /** Catalogue id, or `unknown`. */
  readonly operation: string;
  readonly version: Version | undefined;
  readonly caller: Caller | undefined;
  readonly findings: readonly Finding[];
  readonly query: string;
  /** Values of the path's placeholders; empty where nothing stands at the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly verdict:
    | { readonly kind: 'refused'; readonly reply: PlannedReply }
    | { readonly kind: 'admitted'; readonly caller: Caller; readonly place: Place; readonly served: Served };
}

export interface AdmissionRequest {
  readonly method: string;
  readonly target: string;
  readonly head: RequestHead;
  /** HTTP/1.1, where a Host header is obligatory. */
  readonly hostRequired: boolean;
}

export interface AdmissionParts {
  readonly route: (target: string) => RoutedTarget;
  readonly identify: (authorization: readonly string[]) => Identity;
  readonly versions: () => readonly Version[];
}

const BODY_METHODS: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);
const NO_FINDINGS: readonly Finding[] = [];
const NO_PARAMS: Admission['params'] = {};

/**
 * Judges a head in the order that gives nothing away: outside of OCPI 404; then the token, 401; then path, version,
 * registration, method.
 */
export function admit(request: AdmissionRequest, { route, identify, versions }: AdmissionParts): Admission {
  const { method, target, head } = request;
  const found = route(target);
  const place = found.route.kind === 'place' ? found.route : undefined;
  const served = place?.methods.get(method);
  const base = {
    operation: served?.entry.id ?? 'unknown',
    version: place?.version,
    query: found.query,
    params: place?.params ?? NO_PARAMS,
  };
  const refuse = (reply: PlannedReply, identity?: Identity): Admission => ({
    ...base,
    caller: identity?.known ? identity.caller : undefined,
    findings: identity?.known ? identity.findings(base.version) : NO_FINDINGS,
    verdict: { kind: 'refused', reply },
  });

  if (request.hostRequired && head.host === undefined) return refuse(refusals.withoutHost());
  if (found.route.kind === 'outside') return refuse(refusals.unknownPath(target));
  const named = identify(head.authorization);
  const byUrl = named.known || head.authorization.length > 0 ? undefined : identityByUrl(place, served);
  const identity = byUrl ?? named;
  if (!identity.known) return refuse(refusals.unauthorized(identity.why, identity.findings));
  const { caller } = identity;
  if (found.route.kind === 'malformed') return refuse(refusals.malformedPath(target), identity);
  if (found.route.kind === 'unknown') {
    const offered = found.route.below !== undefined && versions().includes(found.route.below);
    // Whether a module exists is nobody's business before the registration.
    if (offered && !caller.registered) return refuse(refusals.unregistered(), identity);
    return refuse(refusals.unknownPath(target), identity);
  }
  const { version, methods, allow } = found.route;
  if (version !== undefined && !versions().includes(version))
    return refuse(refusals.versionNotOffered(version, versions()), identity);
  if (!caller.registered && isFunctional(found.route)) return refuse(refusals.unregistered(), identity);
  const answering = methods.get(method);
  if (answering === undefined) return refuse(refusals.wrongMethod(method, allow), identity);
  return {
    ...base,
    caller,
    findings: identity.findings(version),
    verdict: { kind: 'admitted', caller, place: found.route, served: answering },
  };
}

/** Who was given this URL, where that is enough to tell (T5b). */
function identityByUrl(place: Place | undefined, served: Served | undefined): Identity | undefined {
  if (place?.version === undefined || served === undefined) return undefined;
  const caller = served.responder.callerByUrl?.[served.entry.id]?.(place.version, place.params);
  if (caller === undefined) return undefined;
  const details = { pointer: 'header:Authorization', met: 'no header', expected: 'Token ...' };
  return { known: true, caller, findings: () => [finding('result.unauthenticated', details)] };
}

function isFunctional({ methods }: Place): boolean {
  for (const { entry } of methods.values()) return entry.functional;
  return false;
}

export type BodyVerdict =
  | { readonly kind: 'refused'; readonly reply: PlannedReply }
  | { readonly kind: 'fine'; readonly body?: Received<unknown>; readonly findings: readonly Finding[] };

/** Judges the body of an admitted request; methods without one have theirs recorded and ignored. */
export function judgeBody(
  { method, head, bytes }: { method: string; head: RequestHead; bytes: Uint8Array },
  served: Served,
): BodyVerdict {
  if (!BODY_METHODS.has(method)) return { kind: 'fine', findings: NO_FINDINGS };
  const { request, bodyOptional } = served.entry;
  if (bytes.length === 0 && (request === undefined || bodyOptional)) return { kind: 'fine', findings: NO_FINDINGS };
  const encoding = head.contentEncoding?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity' && encoding !== '') return { kind: 'refused', reply: refusals.contentEncoding(encoding) };
  const stated = head.contentType?.trim();
  const findings: Finding[] = [];
  if (stated === undefined || stated === '') {
    const details = { pointer: 'header:Content-Type', met: 'no header', expected: 'application/json' };
    findings.push(finding('request.content-type.missing', details));
  } else if (!isJsonType(stated)) return { kind: 'refused', reply: refusals.contentType(stated) };
  const body = receiveJson(bytes);
  findings.push(...body.findings);
  if (body.view === undefined) return { kind: 'refused', reply: refusals.noJson(findings) };
  return { kind: 'fine', body, findings };
}
