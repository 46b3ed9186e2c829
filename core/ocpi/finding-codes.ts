import type { Severity } from './findings.ts';

interface KnownFinding {
  readonly severity: Severity;
  /** Section or trap of the digest. */
  readonly section: string;
  /** One sentence: what this means. */
  readonly meaning: string;
  /** What to try. */
  readonly advice: string;
}

/** Every finding the workbench can write. Codes are stable: exports and other people's scripts name them. */
export const FINDING_CODES = {
  'authorization.form': {
    severity: 'warning',
    section: '1.2, T2',
    meaning: 'The token was right, but not written in the form this OCPI version asks for.',
    advice: 'Tell the partner which form the version wants, or keep the form that works on this link.',
  },
} as const satisfies Record<string, KnownFinding>;

export type FindingCode = keyof typeof FINDING_CODES;
