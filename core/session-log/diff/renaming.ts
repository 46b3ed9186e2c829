import type { RewriteKind } from '../../contract/rewrite-kind.ts';
import type { RedactionGroup } from '../../contract/session-log.ts';
import { encodeSegment } from '../../ocpi/urls.ts';
import type { Version } from '../../ocpi/versions.ts';
import type { ExpectedMessage, MarkedPlace } from '../../replay/rebase/expected.ts';
import type { Mark } from '../../replay/rebase/marks.ts';
import { type ExchangeMarks, marksOf, targetOf } from '../../replay/rebase/message-marks.ts';
import { pathNow, queryNow } from '../../replay/rebase/request-url.ts';
import { mappedAs, splitParty, withValues } from '../../replay/rebase/value-now.ts';
import type { SpokenAnswer, SpokenExchange } from '../../replay/recording.ts';
import type { OneToOne } from './one-to-one.ts';
import { withNamesOf } from './pseudonyms.ts';

export interface RenamingOptions {
  readonly view: 'same-side' | 'both-sides';
  /** Redacted in either of the logs. */
  readonly redacted: ReadonlySet<RedactionGroup>;
  readonly names: OneToOne;
}

/** An exchange of the first log with what the second one calls things. */
export interface Renamed {
  readonly recorded: SpokenExchange;
  readonly request: ExpectedMessage;
  readonly answer: SpokenAnswer | undefined;
  readonly answerMarks: readonly MarkedPlace[];
  readonly party: (party: string) => string;
  /** Times of both, beside each other, that are not the same; `where` as differences have it. */
  otherTimes(): { readonly where: string; readonly a: string; readonly b: string }[];
}

/** Made anew for each message; that they are others says nothing. */
const ALWAYS_OTHER: ReadonlySet<RewriteKind> = new Set<RewriteKind>([
  'time',
  'response_url',
  'endpoint',
  'credentials-token',
  'request-id',
  'correlation-id',
]);
const PERSONAL: ReadonlySet<RewriteKind> = new Set<RewriteKind>(['token', 'contract']);

/**
 * Lays an exchange beside its like and gives it the names that are known by then, those of this one too. Of two runs of one flow
 * every id may be another one, as long as it is always the same; of the two sides of one exchange only what was redacted.
 */
export function rename(
  a: SpokenExchange,
  b: SpokenExchange,
  { version, view, redacted, names }: RenamingOptions & { readonly version: Version },
): Renamed {
  const recorded = withPseudonyms(a, b, { groups: redacted, names });
  const [then, now] = [marksOf(recorded, version), marksOf(b, version)];
  const may = (kind: RewriteKind) => {
    if (ALWAYS_OTHER.has(kind)) return false;
    if (kind === 'party') return redacted.has('parties');
    return view === 'same-side' || (PERSONAL.has(kind) && redacted.has('personal'));
  };
  const beside = (ours: readonly Mark[], theirs: readonly Mark[], placeOf: (mark: Mark) => string) => {
    const met = new Map(theirs.map(mark => [placeOf(mark), mark]));
    for (const mark of ours) {
      const there = met.get(placeOf(mark));
      if (there?.kind === mark.kind && may(mark.kind)) names.bind(mark.kind, mappedAs(mark), mappedAs(there));
    }
  };
  const field = (mark: Mark) => mark.field;
  const pointer = (mark: Mark) => mark.pointer;
  beside([...then.path.values()], [...now.path.values()], field);
  beside(queryMarks(then), queryMarks(now), field);
  beside(then.request, now.request, pointer);
  // What stands in a list is nobody's in particular.
  if (!then.lists) beside(then.answer, now.answer, pointer);

  const said = (mark: Mark): string => saidOf(mark, names.get(mark.kind, mappedAs(mark)));
  const placeOf = (mark: Mark, at: string): MarkedPlace => ({
    pointer: at,
    kind: mark.kind,
    from: saidOf(mark, undefined),
    to: said(mark),
  });
  const { text } = recorded.request;
  const inUrl = [...then.path.values(), ...queryMarks(then)];
  return {
    recorded,
    request: {
      operation: recorded.operation,
      method: recorded.method,
      url: urlOf(recorded, then, said),
      headers: recorded.request.headers,
      text: text === undefined ? undefined : withValues(text, then.request, said),
      marks: [
        ...inUrl.map(mark => placeOf(mark, `url/${mark.field}`)),
        ...then.request.map(mark => placeOf(mark, mark.pointer)),
      ],
    },
    answer: recorded.answer && {
      ...recorded.answer,
      ...(recorded.answer.text !== undefined && { text: withValues(recorded.answer.text, then.answer, said) }),
    },
    answerMarks: then.answer.map(mark => placeOf(mark, mark.pointer)),
    party: party => names.get('party', party) ?? party,
    otherTimes: () => [
      ...otherTimes(queryMarks(then), queryMarks(now), ({ field: name }) => `request:query:${name}`),
      ...otherTimes(then.request, now.request, mark => `request${mark.pointer}`),
      ...otherTimes(then.answer, now.answer, mark => `answer${mark.pointer}`),
    ],
  };
}

function withPseudonyms(
  a: SpokenExchange,
  b: SpokenExchange,
  options: { readonly groups: ReadonlySet<RedactionGroup>; readonly names: OneToOne },
): SpokenExchange {
  const renamed = (ours: string | undefined, theirs: string | undefined) =>
    ours === undefined || theirs === undefined || ours === theirs ? ours : withNamesOf(theirs, ours, options);
  return {
    ...a,
    request: { ...a.request, text: renamed(a.request.text, b.request.text) },
    answer: a.answer && { ...a.answer, text: renamed(a.answer.text, b.answer?.text) },
  };
}

function queryMarks({ query }: ExchangeMarks): Mark[] {
  return query.flatMap(({ mark }) => mark ?? []);
}

function urlOf({ url }: SpokenExchange, marks: ExchangeMarks, said: (mark: Mark) => string): string {
  if (marks.entry === undefined || marks.entry.base === 'given-url') return targetOf(url);
  const query = queryNow(marks, said);
  const path = pathNow(marks, said).map(segment => `/${encodeSegment(segment)}`);
  return `${path.join('')}${query === '' ? '' : `?${query}`}`;
}

/** What a place says; `to` as names are kept: with the EVSE of a connector, with both halves of a party. */
function saidOf(mark: Mark, to: string | undefined): string {
  const { kind, value, half } = mark;
  if (half !== undefined) {
    const [country, party] = splitParty(to ?? value);
    return half === 'country' ? country : party;
  }
  if (to === undefined) return value;
  return kind === 'connector' && mappedAs(mark) !== value ? to.slice(to.lastIndexOf('/') + 1) : to;
}

function otherTimes(
  ours: readonly Mark[],
  theirs: readonly Mark[],
  where: (mark: Mark) => string,
): { where: string; a: string; b: string }[] {
  const met = new Map(theirs.map(mark => [where(mark), mark.value]));
  return ours.flatMap(mark => {
    const there = met.get(where(mark));
    if (mark.kind !== 'time' || there === undefined || Date.parse(there) === Date.parse(mark.value)) return [];
    return there === mark.value ? [] : [{ where: where(mark), a: mark.value, b: there }];
  });
}
