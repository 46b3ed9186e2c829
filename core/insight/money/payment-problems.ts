import type { Amount } from '../../contract/price.ts';
import { idIn } from '../transactions/fields.ts';
import { amountOf, differenceOf, isLess, paid, size, sumOf, written } from './amounts.ts';
import { creditedId } from './credit.ts';
import type { PaymentGroup } from './payment-groups.ts';
import { invoicedIds, invoicedKey, momentOf, newestOf, type Told } from './payment-pieces.ts';

export interface PaymentProblem {
  readonly code: string;
  readonly sentence: string;
}

/** A payment with what is already told of it. */
export interface Judged {
  readonly group: PaymentGroup;
  readonly currency: string | null;
  readonly preauthorized: string | undefined;
  readonly billed: Amount | null;
  readonly captured: Amount | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export interface Judgement {
  readonly problems: readonly PaymentProblem[];
  /** More is due, and there is still time for it. */
  readonly isOpen: boolean;
}

const HOUR = 3_600_000;
/** After so many hours what is due next counts as missing. */
const PATIENCE_HOURS = 24;

/** What is missing or does not fit together. */
export function judgePayment(judged: Judged): Judgement {
  const problems = [...courseProblems(judged), ...amountProblems(judged), ...invoiceProblems(judged)];
  const next = dueNext(judged);
  if (next === undefined) return { problems, isOpen: false };
  if (judged.now - next.since < PATIENCE_HOURS * HOUR) return { problems, isOpen: true };
  return { problems: [next.missing, ...problems], isOpen: false };
}

interface Due {
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly missing: PaymentProblem;
}

/** What has to come next, and since when it is waited for. */
function dueNext({ group, billed }: Judged): Due | undefined {
  const { preauthorizations, sessions, cdrs, confirmations } = group;
  if (confirmations.length > 0) return undefined;
  const newest = (told: readonly Told[]) => Math.max(...told.map(momentOf));
  if (cdrs.length > 0) {
    // Without an invoice of the operator it is the provider of the terminal who makes one, and nobody has to be told.
    const isInvoiced = cdrs.some(({ object }) => idIn(object, 'invoice_reference_id') !== undefined);
    const isFree = billed !== null && Number(paid(billed).amount) === 0;
    if (!isInvoiced || isFree || group.reference === null) return undefined;
    const sentence = `No confirmation of a capture came within ${PATIENCE_HOURS} hours of CDR ${idsOf(cdrs)}.`;
    return { since: newest(cdrs), missing: { code: 'no-confirmation', sentence } };
  }
  if (sessions.length > 0) {
    const over = sessions.filter(({ object }) => idIn(object, 'status') === 'COMPLETED');
    if (sessions.every(({ object }) => idIn(object, 'status') === 'INVALID')) return undefined;
    const sentence = `No CDR came within ${PATIENCE_HOURS} hours of the end of session ${idsOf(sessions)}.`;
    // A session may go on for as long as it likes.
    const since = over.length > 0 ? newest(over) : Number.POSITIVE_INFINITY;
    return { since, missing: { code: 'no-cdr', sentence } };
  }
  if (preauthorizations.length === 0) return undefined;
  const sentence = `No session came within ${PATIENCE_HOURS} hours of START_SESSION: what was reserved is to be released.`;
  return {
    since: Math.max(...preauthorizations.map(({ at }) => at)),
    missing: { code: 'no-session', sentence },
  };
}

function* courseProblems({ group }: Judged): Generator<PaymentProblem> {
  const { reference, sessions, cdrs, confirmations, invoices } = group;
  if (reference === null && invoices.length === 0) {
    const what = confirmations.length > 0 ? `Confirmation ${idsOf(confirmations)}` : describe(group);
    yield { code: 'no-reference', sentence: `${what} has no authorization_reference: nothing can be matched with it.` };
  }
  if (confirmations.length > 0 && cdrs.length === 0) {
    const sentence = `Confirmation ${idsOf(confirmations)} tells of a capture, and no CDR has its authorization_reference.`;
    yield { code: 'no-cdr', sentence };
  }
  if (reference === null) return;
  const twice = idsNamedTwice(sessions);
  if (twice !== undefined) {
    yield { code: 'two-sessions', sentence: `Sessions ${twice} have the same authorization_reference.` };
  }
  const credited = new Set(cdrs.flatMap(({ object }) => creditedId(object)?.toLowerCase() ?? []));
  const standing = cdrs.filter(
    ({ object }) => creditedId(object) === undefined && !credited.has((idIn(object, 'id') ?? '').toLowerCase()),
  );
  const billedTwice = idsNamedTwice(standing);
  if (billedTwice !== undefined) {
    yield {
      code: 'billed-twice',
      sentence: `CDRs ${billedTwice} bill the same payment, and none of them takes another back.`,
    };
  }
  const captures = confirmations.filter(({ object }) => idIn(object, 'capture_status_code') === 'SUCCESS');
  const capturedTwice = idsNamedTwice(captures);
  if (capturedTwice !== undefined) {
    yield { code: 'captured-twice', sentence: `Confirmations ${capturedTwice} each tell of a capture in full.` };
  }
}

function* amountProblems({ group, currency, preauthorized, billed, captured }: Judged): Generator<PaymentProblem> {
  const { confirmations, cdrs } = group;
  const last = newestOf(confirmations)?.object ?? {};
  const status = idIn(last, 'capture_status_code');
  const said = idIn(last, 'capture_status_message');
  const because = said === undefined ? '' : `: ${said}`;
  if (status === 'FAILED') yield { code: 'capture-failed', sentence: `Nothing was captured${because}.` };
  if (status === 'PARTIAL_SUCCESS') yield { code: 'captured-in-part', sentence: `Only a part was captured${because}.` };
  const currencies = [...new Set([...cdrs, ...confirmations].flatMap(({ object }) => idIn(object, 'currency') ?? []))];
  if (currencies.length > 1) {
    yield { code: 'currencies-differ', sentence: `Amounts are told in ${currencies.join(' and ')}.` };
    return;
  }
  if (billed === null) return;
  const difference = captured === null ? undefined : differenceOf(captured, billed);
  if (captured !== null && difference !== undefined) {
    const [one, other] =
      captured.after !== null && billed.after !== null
        ? [captured.after, billed.after]
        : [captured.before, billed.before];
    const how = isLess(difference, '0') ? 'too little' : 'too much';
    yield {
      code: 'captured-differs',
      sentence: `${written(one, currency)} captured, ${written(other, currency)} billed: ${written(size(difference), currency)} ${how}.`,
    };
  }
  const due = paid(billed);
  if (preauthorized !== undefined && isLess(preauthorized, due.amount)) {
    yield {
      code: 'preauthorized-less',
      sentence: `${written(preauthorized, currency)} preauthorized, ${written(due.amount, currency)} billed: the card may refuse the rest.`,
    };
  }
}

function* invoiceProblems({ group }: Judged): Generator<PaymentProblem> {
  const { invoices, cdrs, unknownCdrs } = group;
  if (unknownCdrs.length > 0) {
    const which = `Invoice record ${idsOf(invoices)} names ${unknownCdrs.length === 1 ? 'CDR' : 'CDRs'}`;
    yield { code: 'unknown-cdr', sentence: `${which} ${unknownCdrs.join(', ')}, which nobody knows.` };
  }
  for (const { object } of cdrs) {
    const id = idIn(object, 'id') ?? '';
    const naming = invoices.filter(invoice =>
      invoicedIds(invoice.object).some(one => invoicedKey(one) === invoicedKey(id)),
    );
    const twice = idsNamedTwice(naming);
    if (twice !== undefined)
      yield { code: 'invoiced-twice', sentence: `CDR ${id} stands in the invoice records ${twice}.` };
    const reference = idIn(object, 'invoice_reference_id');
    const [invoice] = naming;
    const invoiceId = invoice && idIn(invoice.object, 'invoice_id');
    if (reference !== undefined && invoiceId !== undefined && reference.toLowerCase() !== invoiceId.toLowerCase()) {
      const sentence = `CDR ${id} says it will be on invoice ${reference}, and stands on ${invoiceId}.`;
      yield { code: 'other-invoice', sentence };
    }
    const [only] = invoices;
    if (naming.length === 0 && only !== undefined && creditedId(object) === undefined) {
      const sentence = `Invoice record ${idIn(only.object, 'id') ?? ''} is of invoice ${reference ?? ''}, and leaves out CDR ${id}.`;
      if (reference !== undefined) yield { code: 'left-out', sentence };
    }
  }
}

function idsNamedTwice(told: readonly Told[]): string | undefined {
  const ids = [
    ...new Map(told.map(({ object }) => [(idIn(object, 'id') ?? '').toLowerCase(), idIn(object, 'id') ?? ''])).values(),
  ];
  return ids.length > 1 ? ids.join(' and ') : undefined;
}

function idsOf(told: readonly Told[]): string {
  return [...new Set(told.map(({ object }) => idIn(object, 'id') ?? 'without an id'))].join(', ');
}

function describe({ sessions, cdrs }: PaymentGroup): string {
  return cdrs.length > 0 ? `CDR ${idsOf(cdrs)} of an AD_HOC_USER` : `Session ${idsOf(sessions)} of an AD_HOC_USER`;
}

/** Sum of all captures; null where there is no confirmation that tells one. */
export function capturedOf(confirmations: readonly Told[]): Amount | null {
  if (confirmations.length === 0) return null;
  const amounts = confirmations.map(({ object }) =>
    idIn(object, 'capture_status_code') === 'FAILED' ? { before: '0', after: '0' } : amountOf(object['total_costs']),
  );
  return amounts.every(amount => amount !== undefined) ? sumOf(amounts) : null;
}
