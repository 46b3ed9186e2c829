import { type Finding, worstOf } from '../../ocpi/findings.ts';
import { withNumberTexts } from '../../ocpi/json-text.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { type Routing, readRouting, swapRouting } from '../../ocpi/routing.ts';
import { statusCode } from '../../ocpi/status-codes.ts';
import { readUrl } from '../../ocpi/urls.ts';
import { atLeast22 } from '../../ocpi/versions.ts';
import type { Decided, Deciding } from '../deciding.ts';
import type { LaterResults } from '../later-results.ts';
import type { OcpiRequest, PlannedReply } from '../responder.ts';
import type { Simulation } from '../simulation.ts';
import { versionOf } from './object-answers.ts';
import { invalid } from './pushed-answers.ts';

/** What every call needs that is answered by decision: who decides, who plays, and where results go. */
export interface AnsweringParts {
  readonly deciding: Deciding;
  readonly simulation: () => Simulation;
  readonly results: LaterResults;
  readonly clock: { now(): number };
}

/** Seconds within which a result is promised. */
export const RESULT_WITHIN = 30;

export type Asked<T> =
  | ({ readonly ok: true; readonly findings: readonly Finding[] } & T)
  | { readonly ok: false; readonly reply: PlannedReply };

/** The body by the type of its catalogue entry; what cannot be used is answered with 200 and 2001 (digest 1.5). */
export function readAsked({ entry, version, body }: OcpiRequest): Asked<{ readonly object: JsonObject }> {
  const of = versionOf({ version });
  const checked = entry.request?.[of];
  if (!checked || !body) throw new Error(`${entry.id} has no body`);
  const { view, findings: found } = checked(body.view, { version: of });
  const findings = withNumberTexts(found, body.text);
  if (isJsonObject(view)) return { ok: true, object: view, findings };
  const worst = worstOf(findings);
  const why = findings.find(({ severity }) => severity === worst);
  return { ok: false, reply: invalid(findings, why) };
}

/** A response_url in a body that nobody can call is no better than none: 2001. */
export function readCallable(
  text: unknown,
  pointer: string,
): { readonly url?: string; readonly findings: readonly Finding[] } {
  const { url, findings } = readUrl(String(text), { pointer, severity: 'error' });
  return url === undefined ? { findings } : { url: String(text), findings: [] };
}

/** The routing of what is sent to the sender of this request later: its own, with the sides exchanged (digest 1.10). */
export function routingBack({ headers, version }: OcpiRequest): { readonly routing?: Routing } {
  if (version === undefined || !atLeast22(version)) return {};
  const { to, from } = swapRouting(readRouting(headers, { version, functional: true }));
  return to === undefined && from === undefined ? {} : { routing: { ...(to && { to }), ...(from && { from }) } };
}

/** Answers at once where nobody has to be asked. */
export function whenDecided(
  decided: Decided | Promise<Decided>,
  answer: (decided: Decided) => PlannedReply,
): PlannedReply | Promise<PlannedReply> {
  return decided instanceof Promise ? decided.then(answer) : answer(decided);
}

/** An OCPI code as the whole answer, HTTP 200 unless said (digest 1.5). */
export function coded(
  { code, message, status = 200 }: { readonly code: number; readonly message?: string; readonly status?: number },
  data?: unknown,
): PlannedReply {
  const { meaning } = statusCode(code, '2.3.0');
  const statusMessage = message ?? `${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}`;
  return { status, envelope: { statusCode: code, statusMessage, ...(data !== undefined && { data }) } };
}
