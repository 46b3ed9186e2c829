import type { ReplayDifference } from '../../contract/replay.ts';
import type { KnownFinding } from '../../ocpi/finding-codes/known-finding.ts';
import { FINDING_CODES } from '../../ocpi/finding-codes.ts';
import { difference } from './difference.ts';

/** Codes beside the recorded exchange, and beside today's: all of the same detectors. */
export interface FoundTwice {
  readonly before: readonly string[];
  readonly now: readonly string[];
}

/** Codes that say nothing of the partner when something is replayed, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  'push.again': 'what is done again was sent before; a message too many is told as one',
  'posted.again': 'what is done again was posted before; a message too many is told as one',
  'posted.changed': 'what is done again was posted before, under the same id where it cannot be another one',
  'cdr.again': 'what is done again was posted before; a message too many is told as one',
  'cdr.changed': 'what is done again was posted before, under the same id where it cannot be another one',
  'objects.updated-without-change': 'it compares with lists of before, which are no part of what is replayed',
  'objects.changed-without-update': 'it compares with lists of before, which are no part of what is replayed',
  'locations.vanished': 'it compares with lists of before, which are no part of what is replayed',
  'id.case-changed': 'it compares with messages of before; that an id is written in another case is told by itself',
  'push.late': 'at another speed than the recorded one, times of the flow are not those at which its messages come',
  'history.body-decoded': 'it says how the exchange is kept',
  'registration.suspended': 'it says how the link stands here',
  'registration.old-public-url': 'it says how the link stands here',
  'response-url.withheld': 'it says how the link stands here',
};

const KNOWN: Readonly<Record<string, KnownFinding>> = FINDING_CODES;

/** Findings of today that were not beside the recorded exchange. More of a code that was there count as the same. */
export function newFindings({ before, now }: FoundTwice): ReplayDifference[] {
  const known = new Set(before);
  return [...new Set(now)]
    .filter(code => !known.has(code) && !Object.hasOwn(LEFT_OUT, code))
    .map(code =>
      difference({
        layer: 'finding',
        where: '',
        expected: 'no such finding',
        met: code,
        meaning: KNOWN[code]?.meaning ?? `The finding ${code} was not beside the recorded exchange.`,
      }),
    );
}
