import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { PricedBill } from '../../contract/price.ts';
import type { BookEntry, Books } from '../../history/books/books.ts';
import { type Bill, billIn, billOf, locationIn, tariffsIn } from '../../insight/money/bill-text.ts';
import { creditedId, creditOf } from '../../insight/money/credit.ts';
import { connectorTariffs, inOrderFor, namedTariffs, startOf } from '../../insight/money/known-tariffs.ts';
import { type Zone, zoneFor } from '../../insight/money/zone.ts';
import { priceBill, tariffsWithin } from '../../insight/tariff/price-bill.ts';
import { idIn, objectIn, whereaboutsOf } from '../../insight/transactions/fields.ts';
import { ciEqual } from '../../ocpi/ci-string.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { isVersion } from '../../ocpi/versions.ts';
import { createKnownObjects, isOf, type KnownObjects, objectOf, ownerOf, type Whose } from './known-objects.ts';
import type { BillAsked, PriceQuestion } from './money-messages.ts';

interface FoundBill extends Bill {
  readonly whose: Whose;
}

interface FoundTariffs {
  readonly tariffs: readonly JsonObject[];
  readonly from: 'within' | 'asked' | 'stored';
  /** Ids of those that are known only as they were later. */
  readonly later: readonly string[];
}

/** What a session or CDR ought to cost. Without books nothing is known but what the question holds. */
export function priceAsked({ bill: asked, ...given }: PriceQuestion, books: Books | undefined): Outcome<PricedBill> {
  const found = findBill(asked, books);
  if (!found.ok) return found;
  const bill = found.value;
  const known = books && createKnownObjects(books);
  const location = locationOf(bill, known);
  const tariffs = tariffsFor(bill, { asked: given.tariffs, known, location: location?.object });
  if (!tariffs.ok) return tariffs;
  const zone = zoneAsked(bill, given, location);
  if (!zone.ok) return zone;
  const priced = priceBill({
    bill: bill.bill,
    kind: bill.kind,
    version: bill.version,
    tariffs: tariffs.value.tariffs,
    tariffsFrom: tariffs.value.from,
    zone: zone.value,
  });
  if (!priced.ok) return priced;
  return done(withLaterTariffs({ ...priced.value, credit: creditIn(bill, books) }, tariffs.value.later));
}

function findBill(asked: BillAsked, books: Books | undefined): Outcome<FoundBill> {
  if ('text' in asked) return foundOf(billIn(asked.text, asked.version), undefined);
  if ('object' in asked) {
    const { object, kind, version, of } = asked;
    return foundOf(billOf(object, { kind, ...(version === undefined ? {} : { version }) }), of);
  }
  const kinds = asked.kind === undefined ? (['cdr', 'session'] as const) : [asked.kind];
  const of = 'of' in asked ? asked.of : undefined;
  const party = 'of' in asked ? asked.party : undefined;
  const entries = kinds.flatMap(kind =>
    (books?.named({ module: moduleOf(kind), id: asked.id, party, of }) ?? []).map(entry => ({ kind, entry })),
  );
  const [only] = entries;
  // What was copied to our own data is the same, wherever it is taken from.
  const others = entries.filter(({ entry }) => only !== undefined && whoeversText(entry) !== whoeversText(only.entry));
  if (only === undefined) return unknownBill(asked, kinds);
  if (others.length > 0) {
    const places = entries.map(({ entry }) => placeOf(entry)).join(', ');
    return failed('INVALID_INPUT', `"${asked.id}" is known in several places: ${places}`, 'Say of which link it is.');
  }
  const { entry, kind } = only;
  const version = isVersion(entry.version) ? { version: entry.version } : {};
  return foundOf(billOf(objectOf(entry.text), { kind, ...version }), entry.linkId ?? 'own');
}

function foundOf(read: Outcome<Bill>, whose: Whose): Outcome<FoundBill> {
  return read.ok ? done({ ...read.value, whose }) : read;
}

function unknownBill({ id }: { readonly id: string }, kinds: readonly Bill['kind'][]): Outcome<never> {
  const what = kinds.map(kind => (kind === 'cdr' ? 'CDR' : 'session')).join(' or ');
  return failed('NOT_FOUND', `no ${what} "${id}" is known`, 'Pull it from the partner first, or give it as JSON.');
}

function moduleOf(kind: Bill['kind']): 'cdrs' | 'sessions' {
  return kind === 'cdr' ? 'cdrs' : 'sessions';
}

/** But for whose it is: that is another one in a copy. */
function whoeversText({ module, text }: BookEntry): string {
  const isOwner = (name: string) => name === 'country_code' || name === 'party_id';
  return `${module} ${JSON.stringify(objectOf(text), (name, value: unknown) => (isOwner(name) ? undefined : value))}`;
}

function placeOf({ module, link, linkId, party }: BookEntry): string {
  const owner = party === '' ? '' : `, ${party.toUpperCase()}`;
  return linkId === null ? `our own ${module}${owner}` : `${module} of ${link ?? 'a removed link'}${owner}`;
}

function locationOf({ bill, whose }: FoundBill, known: KnownObjects | undefined) {
  const id = whereaboutsOf(bill).location;
  if (id === undefined) return undefined;
  return known?.location({ id, party: ownerOf(bill), whose, at: startOf(bill) });
}

function tariffsFor(
  { bill, whose }: FoundBill,
  {
    asked,
    known,
    location,
  }: {
    readonly asked: string | undefined;
    readonly known: KnownObjects | undefined;
    readonly location: JsonObject | undefined;
  },
): Outcome<FoundTariffs> {
  if (asked !== undefined) {
    const read = tariffsIn(asked);
    return read.ok ? done({ tariffs: read.value, from: 'asked', later: [] }) : read;
  }
  const within = tariffsWithin(bill);
  if (within.length > 0 || known === undefined) return done({ tariffs: within, from: 'within', later: [] });
  // 2.1.1 has the location in it, as it was when the charge began.
  const places = [objectIn(bill, 'location'), ...(location === undefined ? [] : [location])];
  const ids =
    [namedTariffs(bill), ...places.map(place => connectorTariffs(bill, place))].find(one => one.length > 0) ?? [];
  const found = ids.flatMap(id => known.tariff({ id, party: ownerOf(bill), whose, at: startOf(bill) }) ?? []);
  return done({
    tariffs: inOrderFor(
      bill,
      found.map(({ object }) => object),
    ),
    from: 'stored',
    later: found.filter(({ isLater }) => isLater).map(({ object }) => idIn(object, 'id') ?? ''),
  });
}

function zoneAsked(
  { bill }: FoundBill,
  { location: text, timeZone }: Pick<PriceQuestion, 'location' | 'timeZone'>,
  known: ReturnType<typeof locationOf>,
): Outcome<Zone> {
  const given = text === undefined ? undefined : locationIn(text);
  if (given !== undefined && !given.ok) return given;
  return zoneFor({
    bill,
    asked: timeZone,
    given: given?.value,
    known: known && {
      location: known.object,
      whose: known.entry.linkId === null ? 'of our own data' : `of ${known.entry.link ?? 'a removed link'}`,
    },
  });
}

function creditIn({ bill, kind, whose }: FoundBill, books: Books | undefined): PricedBill['credit'] {
  if (kind !== 'cdr') return null;
  const ownId = idIn(bill, 'id') ?? '';
  const reference = creditedId(bill);
  const party = ownerOf(bill);
  const [original] =
    reference === undefined || books === undefined ? [] : preferred(books, { reference, party, whose });
  const credits = (books?.creditsOf(reference ?? ownId, whose) ?? [])
    .map(({ text }) => objectOf(text))
    .filter(isJsonObject);
  const others = new Map(credits.map(credit => [(idIn(credit, 'id') ?? '').toLowerCase(), credit]));
  others.delete(ownId.toLowerCase());
  const ofParty = [...others.values()].filter(credit => isSameOwner(ownerOf(credit), party));
  return creditOf({ bill, original: original && objectOf(original.text), credits: ofParty });
}

function preferred(
  books: Books,
  {
    reference,
    party,
    whose,
  }: { readonly reference: string; readonly party: string | undefined; readonly whose: Whose },
): readonly BookEntry[] {
  const entries = books.named({ module: 'cdrs', id: reference, party });
  const own = entries.filter(entry => isOf(entry, whose));
  return own.length > 0 ? own : entries;
}

function isSameOwner(left: string | undefined, right: string | undefined): boolean {
  return left === undefined || right === undefined || ciEqual(left, right);
}

/** Whether a price was another one at the start of the session nobody can tell. */
function withLaterTariffs(bill: PricedBill, later: readonly string[]): PricedBill {
  if (later.length === 0) return bill;
  const sentence = `What tariff ${later.join(', ')} was at the start is not known: it was told or changed later.`;
  const departs = bill.departures.length > 0;
  return {
    ...bill,
    doubts: [...bill.doubts, { code: 'tariff-later', sentence, matters: departs }],
    ...(departs ? { verdict: 'unsure' as const, sentence: `${bill.sentence} ${sentence}` } : {}),
  };
}
