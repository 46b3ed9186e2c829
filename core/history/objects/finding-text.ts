import { FINDING_CODES, type FindingCode } from '../../ocpi/finding-codes.ts';
import type { Finding } from '../../ocpi/findings.ts';

/** Code, pointer, met, expected; the severity only where it is not the code's own. */
type Compact = readonly [string, string, string, string, Finding['severity']?];

/** Findings of one object as short text; null for none. What the list of codes knows of them is not repeated. */
export function findingsToText(findings: readonly Finding[]): string | null {
  if (findings.length === 0) return null;
  const compact = findings.map(({ code, pointer, met, expected, severity }): Compact => {
    const usual = FINDING_CODES[code].severity === severity;
    return usual ? [code, pointer, met, expected] : [code, pointer, met, expected, severity];
  });
  return JSON.stringify(compact);
}

/** Codes that this workbench does not know any more are left out. */
export function findingsFromText(text: string | null, detector: number): Finding[] {
  if (text === null) return [];
  return (JSON.parse(text) as Compact[]).flatMap(([code, pointer, met, expected, severity]) => {
    if (!isKnown(code)) return [];
    const known = FINDING_CODES[code];
    return [{ severity: severity ?? known.severity, code, pointer, met, expected, section: known.section, detector }];
  });
}

function isKnown(code: string): code is FindingCode {
  return Object.hasOwn(FINDING_CODES, code);
}
