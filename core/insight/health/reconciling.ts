import type { Notice } from '../../contract/health.ts';
import type { Judged } from './judged.ts';

/** An open notice, as it is kept. */
export type OpenNotice = Pick<Notice, 'id' | 'kind' | 'subject' | 'sentence'> & {
  /** Milliseconds since the epoch. */
  readonly since: number;
};

export interface Reconciled {
  /** To be opened. */
  readonly opened: readonly Judged[];
  /** Open still, with another sentence. */
  readonly reworded: readonly { readonly id: number; readonly sentence: string }[];
  /** Ids of those that are well again. */
  readonly ended: readonly number[];
}

/**
 * More of a kind than so many that are over at one look are one notice with their number: a partner's locations pulled for the
 * first time, a whole region out of order.
 */
export const MOST_AT_ONCE = 20;

/**
 * Open notices of one link against what was judged of it just now. What is over its threshold stays the notice it is until it
 * is well again; one that the operator has acknowledged stays quiet so. What is told as a number is not told one by one as long
 * as that stands; what goes over later is.
 */
export function reconcile(open: readonly OpenNotice[], judged: readonly Judged[]): Reconciled {
  const known = new Map(open.map(notice => [keyOf(notice), notice]));
  const opened: Judged[] = [];
  const reworded: { id: number; sentence: string }[] = [];
  const ended: number[] = [];
  for (const { one, isNew } of gathered(judged, known)) {
    const key = keyOf(one);
    const notice = known.get(key);
    known.delete(key);
    if (notice !== undefined && isNew) ended.push(notice.id);
    if (notice === undefined || isNew) {
      if (one.isOver) opened.push(one);
    } else if (notice.sentence !== one.sentence && one.isOver) reworded.push({ id: notice.id, sentence: one.sentence });
  }
  return { opened, reworded, ended: [...ended, ...[...known.values()].map(({ id }) => id)] };
}

interface Told {
  readonly one: Judged;
  /** A number that holds more than it did: whoever had seen it has not seen these. */
  readonly isNew: boolean;
}

/** Of what a partner sends twice, the first counts. */
function gathered(judged: readonly Judged[], open: ReadonlyMap<string, OpenNotice>): Told[] {
  const byKind = new Map<string, Map<string, Judged>>();
  for (const one of judged) {
    const ofKind = byKind.get(one.kind) ?? new Map<string, Judged>();
    byKind.set(one.kind, ofKind);
    const key = keyOf(one);
    if (!ofKind.has(key)) ofKind.set(key, one);
  }
  return [...byKind.values()].flatMap(ofKind => {
    const all = [...ofKind];
    const told = all.filter(([key]) => open.has(key)).map(([, one]) => one);
    const others = all.filter(([key]) => !open.has(key)).map(([, one]) => one);
    const number = open.get(keyOf({ kind: all[0]?.[1].kind ?? '', subject: '' }));
    const isOfNumber = ({ overSince }: Judged) =>
      number !== undefined && overSince !== undefined && overSince <= number.since;
    const fresh = others.filter(one => !isOfNumber(one));
    const isMany = fresh.length > MOST_AT_ONCE;
    const one = (said: Judged): Told => ({ one: said, isNew: false });
    if (isMany) return [...told.map(one), { one: numberOf(others), isNew: true }];
    const counted = others.filter(isOfNumber);
    return [...told, ...fresh, ...(counted.length > 0 ? [numberOf(counted)] : [])].map(one);
  });
}

/** Of kinds there may be many of. */
const WHAT_OF_MANY: Readonly<Partial<Record<Judged['kind'], string>>> = {
  'evse-out-of-order': 'EVSEs say OUTOFORDER',
  'evse-inoperative': 'EVSEs say INOPERATIVE',
  'evse-stuck': 'EVSEs have said the same for longer than the threshold',
  'availability-low': 'locations could be used for less of the time than the threshold',
};

function numberOf(many: readonly Judged[]): Judged {
  const [like] = many;
  if (like === undefined) throw new Error('there is no number of nothing');
  return {
    ...{ kind: like.kind, party: null, location: null, evse: null, subject: '', isOver: true },
    sentence: `${many.length} ${WHAT_OF_MANY[like.kind] ?? 'things are over the same threshold'}: so many at once that they are not told one by one.`,
  };
}

function keyOf({ kind, subject }: { readonly kind: string; readonly subject: string }): string {
  return `${kind} ${subject.toLowerCase()}`;
}
