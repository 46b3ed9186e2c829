import type { Severity } from '../findings.ts';

/** What the workbench knows about one kind of finding, whatever message it is met in. */
export interface KnownFinding {
  readonly severity: Severity;
  /** Section or trap of the digest. */
  readonly section: string;
  /** One sentence: what this means. */
  readonly meaning: string;
  /** What to try. */
  readonly advice: string;
}
