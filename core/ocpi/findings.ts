import { FINDING_CODES, type FindingCode } from './finding-codes.ts';

export type Severity = 'error' | 'warning' | 'note';

/** Something worth knowing about what was received; what was received itself is never changed by it. */
export interface Finding {
  readonly severity: Severity;
  /** Stable, dotted, lower-case with dashes: `credentials.token.too-long`. */
  readonly code: FindingCode;
  /** JSON pointer into the body, or `header:NAME`, `status`, `url`; empty for the message as a whole. */
  readonly pointer: string;
  readonly met: string;
  readonly expected: string;
  /** Section or trap of the digest it rests on. */
  readonly section: string;
  /** Version of the detector that wrote it; old exchanges are recomputed when it grows. */
  readonly detector: number;
}

export const DETECTOR_VERSION = 1;
const LONGEST_QUOTE = 120;

export interface FindingDetails {
  readonly pointer?: string;
  readonly met: string;
  readonly expected: string;
  /** Only where the stance of the code is overridden for this case. */
  readonly severity?: Severity;
}

/** Builds a finding from its code; severity and section come from the list of codes. */
export function finding(code: FindingCode, details: FindingDetails): Finding {
  const known = FINDING_CODES[code];
  return {
    severity: details.severity ?? known.severity,
    code,
    pointer: details.pointer ?? '',
    met: shorten(details.met),
    expected: details.expected,
    section: known.section,
    detector: DETECTOR_VERSION,
  };
}

/** Long values are quoted by their beginning and their length. */
export function shorten(text: string, longest = LONGEST_QUOTE): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}… (${text.length} characters)`;
}

export function worstOf(findings: readonly Finding[]): Severity | undefined {
  if (findings.some(({ severity }) => severity === 'error')) return 'error';
  if (findings.some(({ severity }) => severity === 'warning')) return 'warning';
  return findings.length > 0 ? 'note' : undefined;
}
