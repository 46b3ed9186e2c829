import type { ErrorGroup } from '../../../core/contract/exchange.ts';
import { type StatusCode, statusCode } from '../../../core/ocpi/status-codes.ts';
import { spokenAs, type Version } from '../../../core/ocpi/versions.ts';
import { errorsExplained } from '../../texts/en/errors-explained.ts';
import type { FailureGroup } from './groups.ts';

type Explained = keyof typeof errorsExplained;

/** A text of the page by its key, or a sentence of the protocol's own, which is English in every language. */
export type Words = { readonly key: Explained } | { readonly english: string };

export type Blamed = 'us' | 'them' | 'hub' | 'between' | 'either';

export interface Meaning {
  readonly words: Words;
  /** Versions it holds for, where it is not the same in all that were spoken. */
  readonly version: string | undefined;
}

export interface Explanation {
  readonly meanings: readonly Meaning[];
  readonly blamed: Blamed;
  readonly advice: readonly Words[];
}

/** Where no version was agreed yet, codes are read as the middle one defines them: it has all of 2.1.1's. */
const UNAGREED: Version = '2.2.1';

type Failed = Pick<FailureGroup, 'layer' | 'code' | 'direction' | 'versions'>;

/** What a group of failures means, who is probably at fault, and what to try. */
export function explain(failed: Failed): Explanation {
  if (failed.layer === 'ocpi') return explainOcpi(failed);
  const { code, direction, layer } = failed;
  const known = layer === 'network' ? ['other'] : [code.startsWith('5') ? '5xx' : '4xx'];
  const key = (what: 'means' | 'try'): Explained =>
    [code, ...known]
      .flatMap(one => [`${what}-${one}-${direction}`, `${what}-${one}`])
      .find((one): one is Explained => Object.hasOwn(errorsExplained, one)) ?? `${what}-other`;
  return {
    meanings: [{ words: { key: key('means') }, version: undefined }],
    blamed: layer === 'network' ? blamedForNetwork(code, direction) : blamedForHttp(code, direction),
    advice: [{ key: key('try') }],
  };
}

/** In a few words, for the list; in the newest version that was spoken. */
export function meaningOf(failed: Failed): Words {
  return explain(failed).meanings[0]?.words ?? { key: 'means-other' };
}

function explainOcpi({ code, direction, versions }: Failed): Explanation {
  const number = Number(code);
  const read = new Map<string, { status: StatusCode; versions: string[] }>();
  for (const version of versions) {
    const status = statusCode(number, (version === null ? undefined : spokenAs(version)) ?? UNAGREED);
    const same = read.get(status.meaning) ?? { status, versions: [] };
    if (version !== null) same.versions.push(version);
    read.set(status.meaning, same);
  }
  const found = [...read.values()];
  const [newest] = found;
  // These speak of "our" side, as whoever asked would: here it was the partner who asked.
  const own = direction === 'in' && (number === 3001 || number === 3003) ? (`try-${number}-in` as const) : undefined;
  return {
    meanings: found.map(({ status, versions: of }) => ({
      words: { english: status.meaning },
      version: found.length === 1 || of.length === 0 ? undefined : of.join(', '),
    })),
    blamed: newest === undefined ? 'either' : blamedForOcpi(newest.status, direction),
    advice: own ? [{ key: own }] : [...new Set(found.map(({ status }) => status.advice))].map(english => ({ english })),
  };
}

type Direction = ErrorGroup['direction'];

function asker(direction: Direction): Blamed {
  return direction === 'out' ? 'us' : 'them';
}

function answerer(direction: Direction): Blamed {
  return direction === 'out' ? 'them' : 'us';
}

function blamedForOcpi({ code, family }: StatusCode, direction: Direction): Blamed {
  // The answering side could not use what the asking side told it; which of them is wrong, it cannot know.
  if (code === 3002 || code === 3003) return 'either';
  if (code === 3001 || code === 4001 || family === 'client') return asker(direction);
  return family === 'hub' ? 'hub' : answerer(direction);
}

function blamedForHttp(code: string, direction: Direction): Blamed {
  if (code === '404' || code === '405' || code === '501') return 'either';
  return code.startsWith('5') ? answerer(direction) : asker(direction);
}

const OUR_CALL: Readonly<Record<string, Blamed>> = {
  refused: 'them',
  timeout: 'them',
  cut: 'them',
  reset: 'them',
  malformed: 'them',
  unreachable: 'between',
  proxy: 'us',
  cancelled: 'us',
  interrupted: 'us',
};

const THEIR_CALL: Readonly<Record<string, Blamed>> = {
  timeout: 'them',
  malformed: 'them',
  'too-large': 'them',
  cancelled: 'them',
  cut: 'between',
  reset: 'between',
  interrupted: 'us',
};

function blamedForNetwork(code: string, direction: Direction): Blamed {
  return (direction === 'out' ? OUR_CALL : THEIR_CALL)[code] ?? 'either';
}
