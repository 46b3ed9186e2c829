import type { LogDifference } from '../../contract/log-diff.ts';
import type { ReplayDifference } from '../../contract/replay.ts';
import type { KnownFinding } from '../../ocpi/finding-codes/known-finding.ts';
import { FINDING_CODES } from '../../ocpi/finding-codes.ts';
import type { RawHeaders } from '../../ocpi/raw-headers.ts';
import { bounded, difference } from '../../replay/compare/difference.ts';
import { compareEndings, tellsOfAnswer } from '../../replay/compare/endings.ts';
import { compareAnswered, compareAsked, groundOf } from '../../replay/compare/messages.ts';
import type { SpokenExchange } from '../../replay/recording.ts';
import type { ExchangeLine } from '../format/records.ts';
import { type Renamed, type RenamingOptions, rename } from './renaming.ts';
import { spokenOf } from './spoken.ts';

export interface PairOptions extends RenamingOptions {
  /** Measured numbers and times have to be the same too. */
  readonly strict: boolean;
}

/** Lines that proxies and load balancers add on the way; of both sides of one exchange they say nothing. */
const ON_THE_WAY = /^(?:x-forwarded-.*|forwarded|x-real-ip|via)$/i;
const KNOWN: Readonly<Record<string, KnownFinding>> = FINDING_CODES;

/**
 * What two exchanges that are one do not have in common, by its meaning: how they ended, HTTP, headers that mean something, OCPI,
 * the objects field by field, findings. Of two runs of a flow it says nothing that times are others, that ids are consistently
 * others, that measured numbers are (unless `strict`); of both sides of one exchange bodies have to be the same but for
 * pseudonyms and tokens, and findings are each side's own.
 */
export function comparePair(a: ExchangeLine, b: ExchangeLine, options: PairOptions): LogDifference[] {
  const { view } = options;
  const strict = options.strict || view === 'both-sides';
  const version = b.version ?? a.version ?? '2.2.1';
  const [ours, met] = withoutReceipts([spoken(a, view), spoken(b, view)], strict);
  const renamed = rename(ours, met, { ...options, version });
  const { recorded } = renamed;
  const told = tellsOfAnswer(recorded) && tellsOfAnswer(met);
  const endings = told ? compareEndings(recorded, met) : [];
  const ground = { version, recorded, met, strict, shiftMs: 0 };
  const asked = compareAsked({
    recorded,
    met,
    expected: renamed.request,
    ground: groundOf({ ...ground, side: 'request', marks: renamed.request.marks }),
    partyNow: renamed.party,
    sender: 'B',
  });
  const answered =
    renamed.answer === undefined || met.answer === undefined
      ? []
      : compareAnswered({
          recorded,
          met,
          expected: renamed.answer,
          answer: met.answer,
          ground: inOneFlow(groundOf({ ...ground, side: 'answer', marks: renamed.answerMarks }), view),
          partyNow: renamed.party,
          whole: endings.length === 0,
        });
  const all = [
    ...endings.map(ending => (view === 'both-sides' ? { ...ending, meaning: OTHER_END } : ending)),
    ...asked,
    ...answered,
  ];
  const times = strict ? timeDifferences(renamed, { view, told: new Set(all.map(({ where }) => where)) }) : [];
  const findings = view === 'same-side' ? findingDifferences(recorded, met) : [];
  return bounded([...all, ...times, ...findings]).flatMap(logDifference);
}

const OTHER_END = 'The two sides saw another end of it.';

/** What one side answered is the very list the other one got. */
function inOneFlow<T extends { readonly page: boolean }>(ground: T, view: PairOptions['view']): T {
  return view === 'both-sides' ? { ...ground, page: false } : ground;
}

function spoken(line: ExchangeLine, view: PairOptions['view']): SpokenExchange {
  const made = spokenOf(line);
  if (view === 'same-side') return made;
  const bare = (headers: RawHeaders): RawHeaders => headers.filter(([name]) => !ON_THE_WAY.test(name));
  return {
    ...made,
    request: { ...made.request, headers: bare(made.request.headers) },
    answer: made.answer && { ...made.answer, headers: bare(made.answer.headers) },
  };
}

const TIME = /"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z"/g;
/** Longer answers tell more than that something was taken. */
const LONGEST_RECEIPT = 300;

/**
 * Most answers to writes say that it was taken and when, and nothing else: where two of them are the same word for word, nobody
 * needs to look into them.
 */
function withoutReceipts(
  [a, b]: readonly [SpokenExchange, SpokenExchange],
  strict: boolean,
): [SpokenExchange, SpokenExchange] {
  const texts = [a.answer?.text, b.answer?.text] as const;
  if (texts[0] === undefined || texts[1] === undefined || texts[0].length > LONGEST_RECEIPT) return [a, b];
  if (texts[0].includes('"data"')) return [a, b];
  const bare = (text: string) => (strict ? text : text.replaceAll(TIME, '""'));
  if (bare(texts[0]) !== bare(texts[1])) return [a, b];
  const unread = (one: SpokenExchange): SpokenExchange => ({
    ...one,
    answer: one.answer && { ...one.answer, text: undefined },
  });
  return [unread(a), unread(b)];
}

function timeDifferences(
  { otherTimes }: Renamed,
  { view, told }: { readonly view: PairOptions['view']; readonly told: ReadonlySet<string> },
): ReplayDifference[] {
  return otherTimes()
    .filter(({ where }) => !told.has(where) && (view === 'both-sides' || where !== 'answer/timestamp'))
    .map(({ where, a, b }) =>
      difference({ layer: 'object', where, expected: a, met: b, meaning: 'The time is another one.' }),
    );
}

function findingDifferences(a: SpokenExchange, b: SpokenExchange): ReplayDifference[] {
  const [before, now] = [new Set(a.findings), new Set(b.findings)];
  const meaningOf = (code: string) => KNOWN[code]?.meaning ?? `The finding ${code}.`;
  const only = (codes: ReadonlySet<string>, others: ReadonlySet<string>) =>
    [...codes].filter(code => !others.has(code));
  return [
    ...only(before, now).map(code => ({ expected: code, met: 'no such finding', meaning: meaningOf(code) })),
    ...only(now, before).map(code => ({ expected: 'no such finding', met: code, meaning: meaningOf(code) })),
  ].map(details => difference({ layer: 'finding', where: '', ...details }));
}

function logDifference({ layer, where, expected, met, meaning }: ReplayDifference): LogDifference[] {
  // Durations and the expectations of scenarios are not compared here.
  if (layer === 'time' || layer === 'assertion') return [];
  return [{ layer, where, a: expected, b: met, meaning }];
}
