import { MESSAGE_FINDINGS } from '../../ocpi/finding-codes/messages.ts';
import { OBJECT_FINDINGS } from '../../ocpi/finding-codes/objects.ts';
import { VALUE_FINDINGS } from '../../ocpi/finding-codes/values.ts';
import { FINDING_CODES, type FindingCode } from '../../ocpi/finding-codes.ts';
import { DETECTOR_VERSION, type Finding } from '../../ocpi/findings.ts';
import type { Observed } from '../observed.ts';

/** What only a history of objects, the parties of a link or an operator's setting can tell. */
const NEEDS_MORE: ReadonlySet<string> = new Set<FindingCode>([
  'object.id-unusable',
  'posted.again',
  'posted.changed',
  'booking.request-unusable',
  'cdr.again',
  'cdr.changed',
  'party.not-announced',
  'response-url.missing',
  'response-url.foreign',
  'response-url.withheld',
  'response-url.unencoded',
  // Of bytes, where only text is kept.
  'body.utf8',
]);

/** Codes of which one exchange tells everything, so that what an older detector said of them is replaced. */
const OF_ONE_EXCHANGE: ReadonlySet<string> = new Set(
  [
    ...Object.keys(MESSAGE_FINDINGS),
    ...Object.keys(VALUE_FINDINGS),
    ...Object.keys(OBJECT_FINDINGS),
    ...Object.keys(FINDING_CODES).filter(code => /^(?:message-id|routing|versions|version-details)\./.test(code)),
  ].filter(code => !NEEDS_MORE.has(code)),
);

/**
 * What stands beside an exchange from now on. Findings of flows and runs, and those that decided the answer, stay; what this
 * version of the detector says replaces what older ones said of the same matters, unless part of a body is gone.
 */
export function merge({ findings: stored, request, response }: Observed, detected: readonly Finding[]): Finding[] {
  const partly = request.shortened || response?.shortened === true;
  const kept = stored.filter(
    ({ detector, code }) => partly || detector >= DETECTOR_VERSION || !OF_ONE_EXCHANGE.has(code),
  );
  return withoutDoubles([...kept, ...detected]);
}

/** Of two with the same code at the same place the first; it has perhaps met more than a detector sees. */
export function withoutDoubles(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ code, pointer }) => {
    const key = `${code} ${pointer}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
