import { type Finding, finding } from './findings.ts';
import { hasControlCharacters } from './text-rules.ts';
import { atLeast22, type Version } from './versions.ts';

/** How a token is written when we send it. */
export type SentForm = 'raw' | 'base64';

/** How a token was written in an Authorization header (digest 1.2, T1, T2). */
export type WrittenForm = 'raw' | 'base64' | 'base64+lf' | 'base64url' | 'base64-unpadded' | 'double-base64';

/** One reading of the header's parameter; which of them is right only a comparison with known tokens can tell (T2). */
export interface TokenCandidate {
  readonly token: string;
  readonly form: WrittenForm;
}

export type AuthorizationRead =
  /** There is no Authorization header. */
  | { readonly kind: 'none'; readonly findings: readonly Finding[] }
  /** There is one, but no token can be read from it: 401. */
  | { readonly kind: 'unusable'; readonly findings: readonly Finding[] }
  | {
      readonly kind: 'candidates';
      /** What stands behind the keyword, a secret. */
      readonly parameter: string;
      /** Likeliest first: raw, strict Base64, tolerant readings, double Base64. Tokens are distinct. */
      readonly candidates: readonly TokenCandidate[];
      /** What is already certain; the form is judged with `formFindings` once a candidate matched. */
      readonly findings: readonly Finding[];
    };

const POINTER = 'header:Authorization';
const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:([ \t]+)(.*))?$/s;
const STRICT_BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const TOLERANT_BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The form each version asks for: raw on 2.1.1, Base64 from 2.2 on (digest 1.2). */
export function defaultForm(version: Version): SentForm {
  return atLeast22(version) ? 'base64' : 'raw';
}

/** The value of an Authorization header. The token is encoded as UTF-8 first; nothing is ever appended to it (T1). */
export function writeAuthorization(token: string, form: SentForm): string {
  return `Token ${form === 'raw' ? token : encodeBase64(token)}`;
}

/**
 * Reads every plausible token out of the Authorization headers of a request, without knowing which tokens exist.
 * Findings never quote the parameter.
 */
export function readAuthorization(headerValues: readonly string[]): AuthorizationRead {
  const [value] = headerValues;
  if (value === undefined) {
    return {
      kind: 'none',
      findings: [finding('authorization.missing', { pointer: POINTER, met: 'no header', expected: 'Token ...' })],
    };
  }
  const findings: Finding[] = [];
  if (headerValues.length > 1) {
    const met = `${headerValues.length} headers`;
    findings.push(finding('authorization.repeated', { pointer: POINTER, met, expected: 'one header' }));
    // Which of two different tokens is meant cannot be guessed without trusting either.
    if (headerValues.some(other => other !== value)) return { kind: 'unusable', findings };
  }
  const [, scheme = '', space = '', rest = ''] = HEADER.exec(value.trim()) ?? [];
  if (scheme.toLowerCase() !== 'token') {
    const met = rest === '' ? 'no keyword' : `the keyword ${scheme}`;
    findings.push(finding('authorization.scheme', { pointer: POINTER, met, expected: 'the keyword Token' }));
    return { kind: 'unusable', findings };
  }
  if (scheme !== 'Token') {
    findings.push(finding('authorization.scheme-case', { pointer: POINTER, met: scheme, expected: 'Token' }));
  }
  const parameter = rest.trim();
  if (parameter === '') {
    findings.push(finding('authorization.no-token', { pointer: POINTER, met: 'no token', expected: 'Token ...' }));
    return { kind: 'unusable', findings };
  }
  if (space !== ' ') {
    const met = space.includes('\t') ? 'a tab' : `${space.length} blanks`;
    findings.push(finding('authorization.spacing', { pointer: POINTER, met, expected: 'one blank' }));
  }
  return { kind: 'candidates', parameter, candidates: readCandidates(parameter), findings };
}

/** What the form of a token that matched says about its sender; empty for the form the version asks for. */
export function formFindings(form: WrittenForm, version: Version): Finding[] {
  if (form === 'base64+lf') {
    return [finding('authorization.line-feed', { pointer: POINTER, met: form, expected: defaultForm(version) })];
  }
  if (form === defaultForm(version)) return [];
  return [finding('authorization.form', { pointer: POINTER, met: form, expected: defaultForm(version) })];
}

function readCandidates(parameter: string): TokenCandidate[] {
  const candidates: TokenCandidate[] = [];
  const add = (token: string, form: WrittenForm) => {
    if (token === '' || hasControlCharacters(token)) return;
    if (!candidates.some(known => known.token === token)) candidates.push({ token, form });
  };
  add(parameter, 'raw');
  // Some encoders wrap their lines; the breaks arrive as blanks.
  const compact = parameter.replace(/\s+/g, '');
  const decoded = decodeTolerant(compact);
  if (decoded === undefined) return candidates;
  const form = encodedForm(compact);
  add(decoded, form);
  const bare = decoded.trim();
  if (bare !== decoded) add(bare, 'base64+lf');
  const twice = decodeTolerant(bare);
  if (twice !== undefined) add(twice.trim(), 'double-base64');
  return candidates;
}

function encodedForm(encoded: string): WrittenForm {
  if (STRICT_BASE64.test(encoded)) return 'base64';
  return /[-_]/.test(encoded) ? 'base64url' : 'base64-unpadded';
}

/** Undefined for what is not Base64 of UTF-8 text in any spelling. */
function decodeTolerant(encoded: string): string | undefined {
  if (!TOLERANT_BASE64.test(encoded)) return undefined;
  const digits = encoded.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
  if (digits.length % 4 === 1) return undefined;
  const bytes = Uint8Array.from(atob(digits), character => character.charCodeAt(0));
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Base64 (RFC 4648 section 4) of the text's UTF-8 bytes. */
function encodeBase64(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}
