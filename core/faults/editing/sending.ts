import * as z from 'zod';
import type { Draft, RequestMessage } from '../draft.ts';
import type { Altered, Using } from '../kind.ts';
import { milliseconds } from '../wire-words.ts';
import { altered, nothing, onRequest } from './altered.ts';

/** An hour: what comes later belongs to another day. */
export const Delay = z.int().min(0).max(3_600_000);

const GONE = 'an earlier rule keeps the request back already';

type AlterRequest<P> = (draft: Draft, using: Using<P>) => Altered;

/** Of requests that nobody has kept back yet. */
export function onLeaving<P>(
  alter: (message: RequestMessage, draft: Draft, using: Using<P>) => Altered,
): AlterRequest<P> {
  return onRequest((message, draft, using) =>
    draft.withheld || draft.later !== undefined ? nothing(GONE) : alter(message, draft, using),
  );
}

/** The request leaves so much later, as if it had left at once. */
export function leavesLater(draft: Draft, ms: number): Altered {
  return altered({ ...draft, later: { ms } }, `the request was kept back for ${milliseconds(ms)}`);
}

/** The request is sent again, so many times, each so long after the one before. */
export function sentAgain(draft: Draft, { times, ms }: { readonly times: number; readonly ms: number }): Altered {
  const again = [...(draft.again ?? []), ...Array.from({ length: times }, () => ms)];
  const words = times === 1 ? 'once more' : `${times} times more`;
  return altered(
    { ...draft, again },
    `the request was sent ${words}, ${milliseconds(ms)} later${times > 1 ? ' each' : ''}`,
  );
}
