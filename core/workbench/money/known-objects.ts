import type { BookEntry, Books } from '../../history/books/books.ts';
import { type KnownText, type ObjectThen, tariffsOfConnector, textAt } from '../../insight/money/known-tariffs.ts';
import { idIn } from '../../insight/transactions/fields.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';

/** Whose objects are looked for first: those of a link by its id, or our own; undefined: nobody's in particular. */
export type Whose = number | 'own' | undefined;

export interface Sought {
  readonly id: string;
  /** `NL-TNM`; undefined: whoever's. */
  readonly party: string | undefined;
  readonly whose: Whose;
  /** The name of a link whose objects come next, before our own and others'. */
  readonly link?: string | null;
  /** Milliseconds since the epoch; undefined: as it is now. */
  readonly at: number | undefined;
}

/** An object as it was at a moment. */
export interface Found extends ObjectThen {
  readonly entry: BookEntry;
}

/** Tariffs and locations that somebody told us of, or that are ours. */
export interface KnownObjects {
  tariff(sought: Sought): Found | undefined;
  location(sought: Sought): Found | undefined;
  /** What a card is to be charged to in advance at a connector; undefined where no tariff says. */
  preauthorizeAmount(
    at: Sought & { readonly evse: string | undefined; readonly connector: string | undefined },
  ): unknown;
}

interface Texts {
  readonly entry: BookEntry;
  readonly newest: readonly KnownText[];
  /** Newest first, the newest among them. */
  readonly all: () => readonly KnownText[];
}

/** Each object is looked up once, however many moments it is asked for: it lives as long as one question. */
export function createKnownObjects(books: Books): KnownObjects {
  const known = new Map<string, Texts | undefined>();
  const textsOf = (entry: BookEntry): Texts => {
    const newest = knownText(entry);
    let all: readonly KnownText[] | undefined;
    const read = () =>
      entry.object === null ? newest : [...newest, ...books.earlier(entry.object).flatMap(knownText)];
    return {
      entry,
      newest,
      all: () => {
        all ??= read();
        return all;
      },
    };
  };
  const entryOf = (module: 'tariffs' | 'locations', { id, party, whose, link }: Sought): BookEntry | undefined => {
    const entries = books.named({ module, id, party });
    const ofLink = link === undefined ? undefined : entries.find(one => one.link === link);
    const own = link === undefined ? undefined : entries.find(one => one.linkId === null);
    return entries.find(one => isOf(one, whose)) ?? ofLink ?? own ?? entries[0];
  };
  const find = (module: 'tariffs' | 'locations', sought: Sought): Found | undefined => {
    const { id, party, whose, link, at } = sought;
    const key = JSON.stringify([module, id, party, whose, link]);
    if (!known.has(key)) {
      const entry = entryOf(module, sought);
      known.set(key, entry && textsOf(entry));
    }
    const texts = known.get(key);
    if (texts === undefined) return undefined;
    const then = textAt(at === undefined ? texts.newest : texts.all(), at);
    return then && { ...then, entry: texts.entry };
  };
  const tariff = (sought: Sought) => find('tariffs', sought);
  const location = (sought: Sought) => find('locations', sought);
  return {
    tariff,
    location,
    preauthorizeAmount({ evse, connector, ...place }) {
      const found = location(place);
      if (found === undefined) return undefined;
      const party = ownerOf(found.object) ?? place.party;
      const tariffs = tariffsOfConnector(found.object, { evse, connector })
        .map(id => tariff({ ...place, id, party })?.object)
        .filter(isJsonObject);
      const adHoc = tariffs.find(one => idIn(one, 'type') === 'AD_HOC_PAYMENT');
      return (adHoc ?? tariffs.find(one => 'preauthorize_amount' in one))?.['preauthorize_amount'];
    },
  };
}

export function isOf({ linkId }: BookEntry, whose: Whose): boolean {
  return whose === 'own' ? linkId === null : linkId === whose;
}

function knownText({ text, changedAt }: Pick<BookEntry, 'text' | 'changedAt'>): KnownText[] {
  const object = objectOf(text);
  return object === undefined ? [] : [{ object, changedAt }];
}

/** The text of a stored object is JSON: it was read before it was stored. */
export function objectOf(text: string): JsonObject | undefined {
  const object: unknown = JSON.parse(text);
  return isJsonObject(object) ? object : undefined;
}

/** `NL-TNM`, as the object has it; undefined where it does not say whose it is (2.1.1). */
export function ownerOf(object: JsonObject): string | undefined {
  const [country, party] = [idIn(object, 'country_code'), idIn(object, 'party_id')];
  return country === undefined || party === undefined ? undefined : `${country}-${party}`;
}
