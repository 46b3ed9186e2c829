import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaymentPieces } from '../../../core/insight/money/payment-pieces.ts';
import { matchPayments } from '../../../core/insight/money/payments.ts';
import { cdr, confirmation, HOUR, invoice, minute, NOON, pieces, session, told } from './pieces.ts';

const later = NOON + 48 * HOUR;
const matched = (changes: Partial<PaymentPieces> = {}, now = later, amount: string | undefined = '50') =>
  matchPayments(pieces(changes), { now, preauthorizeAmount: () => amount });
const problems = (...asked: Parameters<typeof matched>) => matched(...asked).flatMap(one => one.problems);
const codes = (...asked: Parameters<typeof matched>) => problems(...asked).map(({ code }) => code);

describe('a payment at a terminal', () => {
  it('is one with its preauthorization, session, CDR, capture and invoice', () => {
    expect(matched({ invoices: [told(invoice())] })).toEqual([
      {
        reference: 'REF1',
        link: 'acme',
        transaction: 7,
        terminal: 'T1',
        at: minute(60),
        currency: 'EUR',
        preauthorized: '50',
        session: 'S1',
        cdrs: ['D1'],
        billed: { before: '10', after: '12.1' },
        confirmation: { id: 'F1', status: 'SUCCESS', captured: { before: '10', after: '12.1' } },
        invoice: { id: 'R1', reference: 'I-2026-7' },
        state: 'matched',
        problems: [],
      },
    ]);
  });

  it('is one whoever holds its parts: ours and a partner’s, in any spelling of the reference, in the old shape of prices', () => {
    const old = confirmation({ authorization_reference: 'ref1', total_costs: { excl_vat: 10, incl_vat: 12.1 } });
    const ours = { sessions: [told(session(), null)], cdrs: [told(cdr(), null)], confirmations: [told(old)] };
    expect(matched({ ...ours, preauthorizations: [] })).toMatchObject([{ state: 'matched', link: 'acme' }]);
    const allOurs = { ...ours, confirmations: [told(old, null)], preauthorizations: [] };
    expect(matched(allOurs)).toMatchObject([{ state: 'matched', link: null, transaction: null }]);
  });

  it('counts once what is ours as well, because it was copied', () => {
    const rows = matched({
      cdrs: [told(cdr()), told(cdr(), null)],
      sessions: [told(session(), null), told(session())],
    });
    expect(rows).toMatchObject([{ state: 'matched', cdrs: ['D1'], billed: { after: '12.1' } }]);
  });

  it('counts a credit once as well, with the reference or without it, and keeps the invoice with what was copied', () => {
    const second = cdr({ id: 'D2' });
    for (const authorization_reference of ['REF1', undefined]) {
      const credit = cdr({
        ...{ id: 'D1-C', credit: true, credit_reference_id: 'D1', authorization_reference },
        total_cost: amount(-10, -2.1),
      });
      const copied = [cdr(), credit, second];
      const both = [...copied.map(one => told(one, null)), ...copied.map(one => told(one))];
      expect(matched({ cdrs: both })).toMatchObject([{ state: 'matched', billed: { before: '10', after: '12.1' } }]);
    }
    const cdrs = [told(cdr()), told(cdr(), null)];
    for (const invoices of [[told(invoice(), null)], [told(invoice()), told(invoice(), null)]]) {
      expect(matched({ cdrs, invoices })).toMatchObject([
        { reference: 'REF1', state: 'matched', invoice: { id: 'R1' } },
      ]);
    }
    const nameless = cdr({ authorization_reference: undefined });
    const alone = { sessions: [], confirmations: [], preauthorizations: [] };
    expect(matched({ ...alone, cdrs: [told(nameless, null), told(nameless)] })).toMatchObject([{ link: 'acme' }]);
    expect(matched({ ...alone, cdrs: [told(nameless, 'other'), told(nameless)] })).toHaveLength(2);
    const unknown = [told(invoice({ cdrs: ['D9'] })), told(invoice({ cdrs: ['D9'] }), null)];
    expect(matched({ invoices: unknown })).toHaveLength(2);
  });

  it('of two partners with the same reference are two', () => {
    const theirs = { cdrs: [told(cdr()), told(cdr(), 'other')], confirmations: [told(confirmation())] };
    expect(matched({ ...theirs, sessions: [], preauthorizations: [] }, NOON).map(({ link }) => link)).toEqual([
      'acme',
      'other',
    ]);
  });

  it('names the one terminal that was given the EVSE, else the location, and none where several were', () => {
    const terminals = (...lists: object[]) =>
      matched({ terminals: lists.map((list, at) => told({ terminal_id: `T${at}`, ...list })) })[0]?.terminal;
    expect(terminals({ location_ids: ['l1'] }, { evse_uids: ['E1'] })).toBe('T1');
    expect(terminals({ location_ids: ['L1'] }, { location_ids: ['L2'] })).toBe('T0');
    expect(terminals({ location_ids: ['L1'] }, { location_ids: ['L1'] })).toBeNull();
    expect(terminals()).toBeNull();
  });

  it('is preauthorized by the tariff in its CDR before any that is known otherwise', () => {
    const within = cdr({ tariffs: [{ id: 'AD', preauthorize_amount: 25 }] });
    expect(matched({ cdrs: [told(within)] })[0]?.preauthorized).toBe('25');
    expect(matchPayments(pieces(), { now: later, preauthorizeAmount: () => undefined })[0]?.preauthorized).toBeNull();
  });
});

describe('what is due next', () => {
  const waiting: readonly (readonly [string, Partial<PaymentPieces>, string])[] = [
    ['a session after START_SESSION', { sessions: [], cdrs: [], confirmations: [] }, 'no-session'],
    ['a CDR after the session', { cdrs: [], confirmations: [] }, 'no-cdr'],
    [
      'a confirmation after a CDR that will be on an invoice of the operator',
      { cdrs: [told(cdr({ invoice_reference_id: 'I-1' }))], confirmations: [] },
      'no-confirmation',
    ],
  ];

  it.each(waiting)('is %s: awaited for a day, and missing from then on', (_what, changes, code) => {
    expect(matched(changes, NOON + HOUR)).toMatchObject([{ state: 'open', problems: [] }]);
    expect(matched(changes, later)).toMatchObject([{ state: 'unmatched' }]);
    expect(codes(changes, later)).toEqual([code]);
  });

  it('is nothing while the session goes on, after an invalid one, and after a CDR without cost', () => {
    const only = (status: string) => ({ sessions: [told(session({ status }))], cdrs: [], confirmations: [] });
    expect(matched(only('ACTIVE'))).toMatchObject([{ state: 'open' }]);
    expect(matched(only('INVALID'))).toMatchObject([{ state: 'matched' }]);
    const free = cdr({ invoice_reference_id: 'I-1', total_cost: { before_taxes: 0, taxes: [] } });
    expect(matched({ cdrs: [told(free)], confirmations: [] })).toMatchObject([{ state: 'matched' }]);
    // The provider of the terminal makes the invoice: nobody has to be told of the capture.
    expect(matched({ cdrs: [told(cdr())], confirmations: [] })).toMatchObject([
      { state: 'matched', confirmation: null },
    ]);
  });
});

describe('what does not fit together is told with its reason', () => {
  const captured = (before: number, tax: number, more: object = {}) =>
    told(confirmation({ total_costs: { before_taxes: before, taxes: [{ name: 'VAT', amount: tax }] }, ...more }));

  it('another amount captured than billed, by how much', () => {
    const sentences = problems({ confirmations: [captured(10.5, 2.205)] }).map(({ sentence }) => sentence);
    expect(sentences).toEqual(['12.705 EUR captured, 12.10 EUR billed: 0.605 EUR too much.']);
    expect(problems({ confirmations: [captured(9, 1.89)] })[0]?.sentence).toContain('1.21 EUR too little');
    // Compared as both tell it: before taxes, where one tells nothing else.
    const plain = told(confirmation({ total_costs: { before_taxes: 10 } }));
    expect(codes({ confirmations: [plain] })).toEqual([]);
    expect(codes({ confirmations: [captured(10, 2.105)] })).toEqual([]);
  });

  it('a capture that failed, or was in part', () => {
    const failed = captured(10, 2.1, { capture_status_code: 'FAILED', capture_status_message: 'card declined' });
    expect(problems({ confirmations: [failed] })).toEqual([
      { code: 'capture-failed', sentence: 'Nothing was captured: card declined.' },
      { code: 'captured-differs', sentence: '0.00 EUR captured, 12.10 EUR billed: 12.10 EUR too little.' },
    ]);
    const part = captured(5, 1.05, { capture_status_code: 'PARTIAL_SUCCESS' });
    expect(codes({ confirmations: [part] })).toEqual(['captured-in-part', 'captured-differs']);
  });

  it('by the newest confirmation, in whatever order they are listed', () => {
    const first = captured(0, 0, { id: 'F0', capture_status_code: 'FAILED', last_updated: minute(31) });
    const again = captured(10, 2.1, { last_updated: minute(33) });
    for (const confirmations of [
      [first, again],
      [again, first],
    ]) {
      expect(matched({ confirmations })).toMatchObject([
        { state: 'matched', confirmation: { id: 'F1', status: 'SUCCESS' }, problems: [] },
      ]);
    }
  });

  it('by what a confirmation says last, if it is told again', () => {
    const first = captured(0, 0, { capture_status_code: 'FAILED', last_updated: minute(31) });
    const again = captured(10, 2.1, { last_updated: minute(33) });
    for (const confirmations of [
      [first, again],
      [again, first],
    ]) {
      expect(matched({ confirmations })).toMatchObject([{ state: 'matched', problems: [] }]);
    }
  });

  it('a confirmation without a CDR, and one without a reference', () => {
    const alone = { sessions: [], cdrs: [], preauthorizations: [] };
    expect(codes(alone)).toEqual(['no-cdr']);
    const nameless = confirmation({ authorization_reference: undefined });
    expect(matched({ ...alone, confirmations: [told(nameless)] }, NOON)).toMatchObject([
      { reference: null, state: 'unmatched', problems: [{ code: 'no-reference' }, { code: 'no-cdr' }] },
    ]);
    const bare = { ...alone, confirmations: [], cdrs: [told(cdr({ authorization_reference: undefined }))] };
    expect(problems(bare, NOON)[0]?.sentence).toMatch(/^CDR D1 of an AD_HOC_USER has no authorization_reference/);
  });

  it('less preauthorized than billed', () => {
    expect(problems({}, later, '12')).toEqual([
      {
        code: 'preauthorized-less',
        sentence: '12.00 EUR preauthorized, 12.10 EUR billed: the card may refuse the rest.',
      },
    ]);
  });

  it('two sessions, two CDRs and two captures of one payment; what was credited is none of them', () => {
    expect(codes({ sessions: [told(session()), told(session({ id: 'S2' }))] })).toEqual(['two-sessions']);
    const second = told(cdr({ id: 'D2' }));
    expect(codes({ cdrs: [told(cdr()), second] })).toEqual(['billed-twice', 'captured-differs']);
    const credit = cdr({ id: 'D1-C', credit: true, credit_reference_id: 'd1', total_cost: amount(-10, -2.1) });
    expect(matched({ cdrs: [told(cdr()), told(credit), second] })).toMatchObject([
      { state: 'matched', cdrs: ['D1', 'D1-C', 'D2'], billed: { before: '10', after: '12.1' } },
    ]);
    const twice = { confirmations: [told(confirmation()), told(confirmation({ id: 'F2' }))] };
    expect(codes(twice)).toEqual(['captured-twice', 'captured-differs']);
  });

  it('a credit CDR without the reference nets out all the same', () => {
    const credit = cdr({
      id: 'D1-C',
      authorization_reference: undefined,
      credit_reference_id: 'D1',
      total_cost: amount(-10, -2.1),
    });
    expect(matched({ cdrs: [told(cdr()), told(credit)] })).toMatchObject([
      { billed: { before: '0', after: '0' }, problems: [{ code: 'captured-differs' }] },
    ]);
  });

  it('amounts in two currencies', () => {
    expect(problems({ confirmations: [told(confirmation({ currency: 'SEK' }))] })).toEqual([
      { code: 'currencies-differ', sentence: 'Amounts are told in EUR and SEK.' },
    ]);
  });
});

describe('invoice records', () => {
  it('mean the CDRs of their own link, though another operator has one of the same id', () => {
    const theirs = cdr({ authorization_reference: 'REF2', total_cost: amount(99, 0) });
    const rows = (invoices: PaymentPieces['invoices']) =>
      matched({ cdrs: [told(cdr()), told(theirs, 'other')], invoices }).map(row => [row.reference, row.invoice?.id]);
    expect(rows([told(invoice())])).toEqual([
      ['REF1', 'R1'],
      ['REF2', undefined],
    ]);
    expect(rows([told(invoice(), 'other')])).toEqual([
      ['REF2', 'R1'],
      ['REF1', undefined],
    ]);
    expect(rows([told(invoice(), 'third')])[0]).toEqual([null, 'R1']);
    const numbered = [told(cdr({ invoice_reference_id: 'I-2026-7' }))];
    const ofOther = [told(invoice({ cdrs: ['D4'] }), 'other')];
    expect(matched({ cdrs: numbered, invoices: ofOther })).toMatchObject([
      { reference: null, link: 'other', problems: [{ code: 'unknown-cdr' }] },
      { reference: 'REF1', state: 'matched', invoice: null },
    ]);
    const credit = cdr({ id: 'C1', authorization_reference: undefined, credit_reference_id: 'D1' });
    const credited = matched({ cdrs: [told(cdr()), told(theirs, 'other'), told(credit, 'other')] });
    expect(credited.map(row => [row.reference, row.cdrs])).toEqual([
      ['REF1', ['D1']],
      ['REF2', ['D1', 'C1']],
    ]);
  });

  it('name CDRs by text or by object, and one that nobody knows is told', () => {
    const naming = (...cdrs: unknown[]) => ({ invoices: [told(invoice({ cdrs }))] });
    expect(codes(naming({ id: 'd1' }))).toEqual([]);
    expect(problems(naming('D1', 'D9'))).toEqual([
      { code: 'unknown-cdr', sentence: 'Invoice record R1 names CDR D9, which nobody knows.' },
    ]);
    const rows = matched(naming('D8', 'D9'));
    expect(rows[0]).toMatchObject({ reference: null, invoice: { id: 'R1' }, state: 'unmatched', cdrs: [] });
    expect(rows[0]?.problems[0]?.sentence).toBe('Invoice record R1 names CDRs D8, D9, which nobody knows.');
    expect(rows[1]).toMatchObject({ reference: 'REF1', state: 'matched', invoice: null });
  });

  it('of charges that nobody paid for at a terminal stand for themselves', () => {
    const plain = cdr({ id: 'D5', cdr_token: { type: 'RFID' }, authorization_reference: 'OTHER' });
    const rows = matched({ cdrs: [told(cdr()), told(plain)], invoices: [told(invoice({ cdrs: ['D5'] }))] });
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ reference: null, cdrs: ['D5'], state: 'matched', billed: { after: '12.1' } });
  });

  it('with a CDR twice, under another number, or without it', () => {
    const twice = [told(invoice()), told(invoice({ id: 'R2' }))];
    expect(codes({ invoices: twice })).toEqual(['invoiced-twice']);
    const named = (id: string) => [told(cdr({ invoice_reference_id: id }))];
    expect(codes({ cdrs: named('I-OTHER'), invoices: [told(invoice())] })).toEqual(['other-invoice']);
    expect(codes({ cdrs: named('i-2026-7'), invoices: [told(invoice({ cdrs: [] }))] })).toEqual(['left-out']);
  });

  it('cannot hold the end of a long credit CDR’s id', () => {
    const id = 'D'.repeat(39);
    const rows = matched({ cdrs: [told(cdr({ id }))], invoices: [told(invoice({ cdrs: [id.slice(0, 36)] }))] });
    expect(rows).toMatchObject([{ state: 'matched' }]);
  });
});

it('each CDR of a payment stands in one row, whatever order things are told in', () => {
  const reference = fc.constantFrom('A', 'B', 'C');
  const one = fc.record({ reference, id: fc.constantFrom('1', '2', '3', '4', '5'), own: fc.boolean() });
  fc.assert(
    fc.property(fc.uniqueArray(one, { selector: ({ id }) => id, maxLength: 5 }), fc.array(reference), (cdrs, paid) => {
      const all: Partial<PaymentPieces> = {
        preauthorizations: [],
        sessions: [],
        cdrs: cdrs.map(made =>
          told(cdr({ ...made, authorization_reference: made.reference }), made.own ? null : 'acme'),
        ),
        confirmations: paid.map((ref, at) => told(confirmation({ id: `F${at}`, authorization_reference: ref }))),
      };
      const rows = matched(all);
      expect(rows.flatMap(row => row.cdrs).toSorted()).toEqual(cdrs.map(({ id }) => id).toSorted());
      expect(new Set(rows.map(row => row.reference)).size).toBe(rows.length);
    }),
    { numRuns: 200 },
  );
});

function amount(before: number, tax: number) {
  return { before_taxes: before, taxes: [{ name: 'VAT', amount: tax }] };
}
