import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { PaymentMatch } from '../../contract/money.ts';
import type { Books } from '../../history/books/books.ts';
import { plainAmount } from '../../insight/money/amounts.ts';
import { matchPayments, type PaidAt } from '../../insight/money/payments.ts';
import { createKnownObjects } from './known-objects.ts';
import type { PaymentsQuestion } from './money-messages.ts';
import { gatherPayments } from './payments-gathering.ts';

/** A page of the payments at terminals that fit, newest first. `pause` gives others their turn and tells whether to stop. */
export async function matchedPayments(
  { link, since, until, state, reference, offset, limit, now }: PaymentsQuestion,
  { books, pause }: { readonly books: Books; readonly pause: () => Promise<boolean> },
): Promise<Outcome<{ count: number; rows: PaymentMatch[] }>> {
  const pieces = await gatherPayments(books, pause);
  if (pieces === undefined)
    return failed('OPERATION_FAILED', 'the payments were not looked for to the end', 'Try again.');
  const all = matchPayments(pieces, { now, preauthorizeAmount: preauthorizeAmounts(books) });
  const rows = all.filter(one => {
    const at = Date.parse(one.at);
    return (
      (link === undefined || one.link === link) &&
      (since === undefined || at >= since) &&
      (until === undefined || at < until) &&
      (state === undefined || one.state === state) &&
      (reference === undefined || one.reference?.toLowerCase() === reference.toLowerCase())
    );
  });
  return done({ count: rows.length, rows: rows.slice(offset, offset + limit) });
}

/** As it was at the moment of each payment. */
function preauthorizeAmounts(books: Books): (place: PaidAt) => string | undefined {
  const known = createKnownObjects(books);
  return ({ link, location, evse, connector, at }) => {
    if (location === undefined) return undefined;
    const place = { id: location, party: undefined, whose: undefined, link, at, evse, connector };
    return plainAmount(known.preauthorizeAmount(place));
  };
}
