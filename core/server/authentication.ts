import { formFindings, readAuthorization } from '../ocpi/authorization.ts';
import { type Finding, finding } from '../ocpi/findings.ts';
import type { Version } from '../ocpi/versions.ts';
import type { Authenticate, Caller } from './caller.ts';

/** What the Authorization headers of one request say. */
export type Identity =
  | { readonly known: true; readonly caller: Caller; findings(version: Version | undefined): readonly Finding[] }
  | {
      readonly known: false;
      /** For the status message: what was wrong, without the token. */
      readonly why: string;
      readonly findings: readonly Finding[];
    };

export interface AuthenticationParts {
  readonly authenticate: Authenticate;
  /** Identity changes whenever `authenticate` might answer differently. */
  readonly revision: () => unknown;
}

/** Most header values remembered at once; more of them means an attack or a test, and forgetting is harmless. */
const MOST_REMEMBERED = 1_000;

/** Tells callers by the values of their Authorization headers; successes are remembered until the revision changes. */
export function createAuthentication({ authenticate, revision }: AuthenticationParts) {
  const remembered = new Map<string, Identity>();
  let rememberedAt: unknown;

  return (values: readonly string[]): Identity => {
    const value = values.length === 1 ? values[0] : undefined;
    const now = revision();
    if (now !== rememberedAt) {
      remembered.clear();
      rememberedAt = now;
    }
    const before = value === undefined ? undefined : remembered.get(value);
    if (before !== undefined) return before;
    const identity = identify(values, authenticate);
    if (value !== undefined && identity.known) {
      if (remembered.size >= MOST_REMEMBERED) remembered.clear();
      remembered.set(value, identity);
    }
    return identity;
  };
}

function identify(values: readonly string[], authenticate: Authenticate): Identity {
  const read = readAuthorization(values);
  if (read.kind === 'none') return { known: false, why: 'No Authorization header.', findings: read.findings };
  if (read.kind === 'unusable')
    return { known: false, why: 'The Authorization header holds no usable token.', findings: read.findings };
  const caller = authenticate(read.candidates);
  if (caller === undefined) {
    const details = { pointer: 'header:Authorization', met: 'a token unknown here', expected: 'a valid token' };
    const findings = [...read.findings, finding('authorization.unknown', details)];
    return { known: false, why: 'This token is not known here.', findings };
  }
  const byVersion = new Map<Version | undefined, readonly Finding[]>();
  return {
    known: true,
    caller,
    // Which form is right depends on the version; the versions list belongs to none.
    findings: version => {
      let findings = byVersion.get(version);
      if (findings === undefined) {
        findings = version === undefined ? read.findings : [...read.findings, ...formFindings(caller.form, version)];
        byVersion.set(version, findings);
      }
      return findings;
    },
  };
}
