import type { CheckContext, Checker } from './check.ts';
import { type Finding, finding } from './findings.ts';
import { jsonFault } from './json-fault.ts';
import { withNumberTexts } from './json-text.ts';

/** What a partner sent: the text as it stands, what a responder may trust of it, and what was noticed. */
export interface Received<T> {
  /** As sent, a byte order mark included; bytes that are not UTF-8 stand as U+FFFD. */
  readonly text: string;
  /** Coerced where the digest's stance is to warn; absent when what was sent has to be rejected. */
  readonly view?: T;
  readonly findings: readonly Finding[];
}

const NO_FINDINGS: readonly Finding[] = Object.freeze([]);
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** Bytes of a body (content encoding removed) as text; what is not UTF-8 is replaced and found. */
export function receiveText(bytes: Uint8Array): { readonly text: string; readonly findings: readonly Finding[] } {
  try {
    return { text: strict.decode(bytes), findings: NO_FINDINGS };
  } catch {
    const met = `${bytes.length} bytes that are not UTF-8`;
    return { text: lenient.decode(bytes), findings: [finding('body.utf8', { met, expected: 'UTF-8' })] };
  }
}

/**
 * A JSON body as a JSON value. The view is absent for an empty body (`body.empty`) and for what is not JSON (`body.json`,
 * with line and column); JSON `null` is a view of null. Never throws.
 */
export function receiveJson(body: Uint8Array | string): Received<unknown> {
  const { text, findings: before } =
    typeof body === 'string' ? { text: body, findings: NO_FINDINGS } : receiveText(body);
  const findings = [...before];
  const marked = text.charCodeAt(0) === 0xfeff;
  if (marked) findings.push(finding('body.bom', { met: 'a byte order mark', expected: 'JSON from the first byte on' }));
  const json = marked ? text.slice(1) : text;
  if (json.trim() === '') {
    const met = text === '' ? 'an empty body' : 'a body of white space';
    return { text, findings: [...findings, finding('body.empty', { met, expected: 'JSON' })] };
  }
  try {
    return { text, view: JSON.parse(json) as unknown, findings };
  } catch {
    return { text, findings: [...findings, notJson(json)] };
  }
}

/** A JSON body checked against a type: reading and checking in one. Findings show numbers as they are written (T45). */
export function receive<T>(body: Uint8Array | string, checker: Checker<T>, context: CheckContext): Received<T> {
  const { text, view: json, findings } = receiveJson(body);
  if (json === undefined) return { text, findings };
  const checked = checker(json, context);
  const shown = context.pointer ? checked.findings : withNumberTexts(checked.findings, text);
  const all = findings.length === 0 ? shown : [...findings, ...shown];
  return { text, ...(checked.view !== undefined && { view: checked.view }), findings: all };
}

function notJson(text: string): Finding {
  if (/^\s*<(?:!doctype|html|\?xml|[a-z]+[\s>])/i.test(text)) {
    return finding('body.json', {
      met: `${/html/i.test(text.slice(0, 300)) ? 'HTML' : 'XML'}: ${text.trim()}`,
      expected: 'JSON',
    });
  }
  const fault = jsonFault(text);
  if (!fault) return finding('body.json', { met: 'nested too deeply', expected: 'JSON' });
  const met = `line ${fault.line}, column ${fault.column}: ${fault.met}`;
  return finding('body.json', { met, expected: fault.expected });
}
