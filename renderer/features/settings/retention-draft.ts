import { MOST_DAYS, type Retention } from '../../../core/contract/storage.ts';

/** The bounds as typed; empty: none of that kind. */
export type RetentionDraft = Readonly<Record<keyof Retention, string>>;

/** What is typed as a size counts these. */
const MEGABYTE = 1_000_000;

export function draftOf({ age, count, size }: Retention): RetentionDraft {
  return { age: String(age ?? ''), count: String(count ?? ''), size: size === null ? '' : String(size / MEGABYTE) };
}

/** Undefined where it is no bound. */
export function readBound(kind: keyof Retention, text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const number = Number(text) * (kind === 'size' ? MEGABYTE : 1);
  if (!(number > 0) || (kind === 'age' && number > MOST_DAYS)) return undefined;
  const bound = kind === 'size' ? Math.round(number) : number;
  return kind === 'age' || (Number.isSafeInteger(bound) && bound > 0) ? bound : undefined;
}

/** Undefined where any of them is none. */
export function readRetention(draft: RetentionDraft): Retention | undefined {
  const [age, count, size] = [
    readBound('age', draft.age),
    readBound('count', draft.count),
    readBound('size', draft.size),
  ];
  return age === undefined || count === undefined || size === undefined ? undefined : { age, count, size };
}

/** Whether more goes than did before. */
export function isTighter(wanted: Retention, now: Retention): boolean {
  const less = (kind: keyof Retention) =>
    (wanted[kind] ?? Number.POSITIVE_INFINITY) < (now[kind] ?? Number.POSITIVE_INFINITY);
  return less('age') || less('count') || less('size');
}

export function isSame(wanted: Retention, now: Retention): boolean {
  return wanted.age === now.age && wanted.count === now.count && wanted.size === now.size;
}
