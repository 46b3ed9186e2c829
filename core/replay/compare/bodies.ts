import type { ReplayDifference } from '../../contract/replay.ts';
import { describeJson } from '../../ocpi/json-value.ts';
import type { SpokenMessage } from '../recording.ts';
import { type Body, type Oddity, readBody } from './body.ts';
import { bodyPlace, difference, type Side } from './difference.ts';

/** JSON on both sides. */
export interface JsonPair {
  readonly expected: unknown;
  readonly met: unknown;
}

export interface BodiesRead {
  /** Where both can be compared as JSON. */
  readonly json?: JsonPair;
  readonly differences: readonly ReplayDifference[];
}

const ODDITIES: Readonly<Record<Oddity, string>> = {
  bom: 'The body begins with a byte order mark.',
  'not-utf8': 'The body holds bytes that are not UTF-8.',
};
const NAMES_TWICE = 'A name stands twice in one object, and readers take one or the other value.';

/** Whether two bodies are of one nature: both JSON, written alike; both none; both a page of HTML. */
export function readBodies(side: Side, expected: SpokenMessage, met: SpokenMessage): BodiesRead {
  const [before, now] = [readBody(expected), readBody(met)];
  if (before.kind === 'hidden' || now.kind === 'hidden') return { differences: [] };
  if (before.kind === 'json' && now.kind === 'json') {
    const told = (met: string, meaning: string) =>
      difference({ layer: 'object', where: bodyPlace(side, ''), expected: 'JSON as before', met, meaning });
    const differences = [...now.oddities]
      .filter(oddity => !before.oddities.has(oddity))
      .map(oddity => told('so written', ODDITIES[oddity]));
    const twice = now.twice();
    if (twice.length > 0 && before.twice().length === 0) differences.push(told(twice.join(', '), NAMES_TWICE));
    return { json: { expected: before.json, met: now.json }, differences };
  }
  const words = [wordsOf(before), wordsOf(now)] as const;
  if (words[0] === words[1]) return { differences: [] };
  const details = { expected: shownOf(before), met: shownOf(now) };
  const meaning = `The body is ${words[1]}; it was ${words[0]}.`;
  return { differences: [difference({ layer: 'object', where: bodyPlace(side, ''), ...details, meaning })] };
}

function wordsOf(body: Body): string {
  if (body.kind === 'none') return 'empty';
  if (body.kind === 'no-text') return 'no text that can be decoded';
  if (body.kind === 'no-json') return body.what === 'text' ? 'no JSON' : `a page of ${body.what}`;
  return 'JSON';
}

function shownOf(body: Body): string {
  if (body.kind === 'no-json') return body.why;
  return body.kind === 'json' ? describeJson(body.json) : wordsOf(body);
}
