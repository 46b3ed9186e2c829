import type { BookEntry, Books, Glimpse } from '../../history/books/books.ts';
import {
  invoicedIds,
  invoicedKey,
  type PaymentPieces,
  type Preauthorization,
  preauthorizationIn,
  referenceOf,
  type Told,
  toldIn,
} from '../../insight/money/payment-pieces.ts';
import { objectOf } from './known-objects.ts';

const START = 'commands.start-session';
const TERMINAL = 'payments.post-terminal';
const CONFIRMATION = 'payments.post-confirmation';
const AD_HOC = Buffer.from('"AD_HOC_USER"');
const CREDIT = Buffer.from('"credit_reference_id"');
const REFERENCE = Buffer.from('"authorization_reference"');
const REFERENCE_VALUE = /^"authorization_reference"\s*:\s*"([^"]{1,100})"/;
const REFERENCE_BYTES = 200;
/** As many objects are looked at before whoever else asks gets an answer. */
const AT_ONCE = 2000;

/**
 * Everything of payments at terminals that stands in a database. Charges without a contract count where terminals are used at
 * all: they may be paid for in another way. Undefined where nobody wants to know any more.
 */
export async function gatherPayments(books: Books, pause: () => Promise<boolean>): Promise<PaymentPieces | undefined> {
  let looked = 0;
  let stopped = false;
  const turn = async () => {
    if (++looked % AT_ONCE === 0 && (await pause())) stopped = true;
    return stopped;
  };
  const collect = async (entries: Generator<BookEntry | undefined>): Promise<Told[]> => {
    const told: Told[] = [];
    for (const entry of entries) {
      if (await turn()) break;
      const object = entry && objectOf(entry.text);
      if (entry && object) told.push({ link: entry.link, object, at: entry.changedAt });
    }
    return told;
  };

  const preauthorizations: Preauthorization[] = [];
  const said: Record<'terminals' | 'confirmations', Told[]> = { terminals: [], confirmations: [] };
  for (const { observed } of books.exchanges([START, TERMINAL, CONFIRMATION], '2.3.0')) {
    if (await turn()) break;
    const ordered = observed.operation === START ? preauthorizationIn(observed) : undefined;
    const told = observed.operation === START ? undefined : toldIn(observed);
    if (ordered !== undefined) preauthorizations.push(ordered);
    if (told !== undefined) said[observed.operation === TERMINAL ? 'terminals' : 'confirmations'].push(told);
  }

  const terminals = [...(await collect(books.all('payments', 'terminals'))), ...said.terminals];
  const confirmations = [
    ...(await collect(books.all('payments', 'financial-advice-confirmations'))),
    ...said.confirmations,
  ];
  const invoices = await collect(books.all('invoicereconciliation'));
  const hasTerminals = terminals.length + confirmations.length + preauthorizations.length > 0;
  const references = new Set([
    ...confirmations.flatMap(({ object }) => referenceOf(object)?.toLowerCase() ?? []),
    ...preauthorizations.map(({ reference }) => reference.toLowerCase()),
  ]);
  const invoiced = new Set(invoices.flatMap(({ object }) => invoicedIds(object).map(invoicedKey)));
  const paidAtTerminal = ({ version, bytes }: Glimpse) => {
    if (!hasTerminals) return false;
    const text = viewed(bytes());
    if (version === '2.3.0' && text.includes(AD_HOC)) return true;
    return references.has(referenceAt(text) ?? '');
  };
  const sessions = await collect(books.all('sessions', undefined, paidAtTerminal));
  const cdrs = await collect(
    books.all(
      'cdrs',
      undefined,
      glimpse =>
        invoiced.has(invoicedKey(glimpse.id)) ||
        paidAtTerminal(glimpse) ||
        (hasTerminals && viewed(glimpse.bytes()).includes(CREDIT)),
    ),
  );
  return stopped ? undefined : { terminals, confirmations, invoices, preauthorizations, sessions, cdrs };
}

function referenceAt(text: Buffer): string | undefined {
  const at = text.indexOf(REFERENCE);
  if (at < 0) return undefined;
  return REFERENCE_VALUE.exec(text.subarray(at, at + REFERENCE_BYTES).toString('utf8'))?.[1]?.toLowerCase();
}

function viewed({ buffer, byteOffset, length }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, length);
}
