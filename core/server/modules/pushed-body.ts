import { addressFindings } from '../../ocpi/addressed-object.ts';
import { type Finding, worstOf } from '../../ocpi/findings.ts';
import { withNumberTexts } from '../../ocpi/json-text.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import type { OcpiRequest, PlannedReply } from '../responder.ts';
import { versionOf } from './object-answers.ts';
import { invalid } from './pushed-answers.ts';

export type PushedBody =
  | { readonly ok: true; readonly object: JsonObject; readonly text: string; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly reply: PlannedReply };

/** An object of which the URL and the text tell two different things is not taken (digest 1.5, 1.8, T17a, T22). */
const DENIED: ReadonlySet<string> = new Set(['id.mismatch', 'party.mismatch']);

/**
 * Checks what was pushed by its catalogue entry and against its URL. Refused is only what cannot be used at all; what was
 * sent stands in the exchange either way. The text is as sent.
 */
export function readPushed({ entry, version, params, body }: OcpiRequest): PushedBody {
  const checked = entry.request?.[versionOf({ version })];
  if (!checked || !body) throw new Error(`${entry.id} has no body`);
  const json = body.view;
  const { view, findings: found } = checked(json, { version: versionOf({ version }) });
  const { path } = entry;
  const findings = [...withNumberTexts(found, body.text), ...addressFindings({ path, params, object: json })];
  if (view === undefined || !isJsonObject(json)) return { ok: false, reply: invalid(findings, firstOf(findings)) };
  const denied = findings.find(({ code }) => DENIED.has(code));
  if (denied) return { ok: false, reply: invalid(findings, denied) };
  return { ok: true, object: json, text: body.text.replace(/^\ufeff/, ''), findings };
}

function firstOf(findings: readonly Finding[]): Finding | undefined {
  const worst = worstOf(findings);
  return findings.find(({ severity }) => severity === worst);
}
