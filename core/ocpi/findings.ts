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

export const DETECTOR_VERSION = 4;
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

/** Marks that turn the direction of all that follows, also of our own words around a quote. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Long values are quoted by their beginning and their length; marks of direction are written out (`\u202e`). */
export function shorten(text: string, longest = LONGEST_QUOTE): string {
  const quoted = text
    .slice(0, longest)
    .replace(DIRECTION, mark => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return text.length <= longest ? quoted : `${quoted}… (${text.length} characters)`;
}

export function worstOf(findings: readonly Finding[]): Severity | undefined {
  if (findings.some(({ severity }) => severity === 'error')) return 'error';
  if (findings.some(({ severity }) => severity === 'warning')) return 'warning';
  return findings.length > 0 ? 'note' : undefined;
}
