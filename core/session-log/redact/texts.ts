import { moduleOf } from '../../ocpi/modules.ts';
import { applyEdits, type Edit } from './edits.ts';
import { EVSE, TOKEN } from './field-names.ts';
import { hostIn, isAddress } from './hosts.ts';
import { jsonPlaces } from './json-places.ts';
import type { ValueKind } from './kinds.ts';
import type { PlaceMemory } from './place-memory.ts';
import { jsonReading, percentReading, plusReading, type Reading, readings } from './readings.ts';
import { emailPlaces, hostPlaces, loosePlaces, type Place, phonePlaces, tokenPathPlaces } from './text-places.ts';
import { formPlaces, pathPlaces, queryRange } from './url-places.ts';
import type { Values } from './values.ts';

/** Texts of several kinds; what holds nothing to replace is handed back as it is. */
export interface Texts {
  /** Of people, about anything. */
  free(text: string): string;
  /**
   * A body or an object: JSON, broken JSON, a form, markup, anything. `module` tells whose `uid` stands at its root. `key`: what
   * was found while looking at the same text under this key is known.
   */
  document(text: string, module: string, key?: number): string;
  /** A request's target or absolute URL. */
  url(text: string, operation: string): string;
  /** A text that is one value. */
  value(kind: ValueKind, text: string): string;
  /** A host, perhaps with its port. */
  host(text: string): string;
  readonly looking: boolean;
  /** True where headers and URLs hold typed values of tokens' URLs at most. */
  readonly plain: boolean;
  /** Whether `free` would change a text; values that are told by their shape are collected. */
  holds(text: string): boolean;
  /** A request's target, of whose text `holds` is known to be false: its typed values. */
  target(url: string, operation: string): string;
}

type Syntax = (text: string) => Reading | undefined;

/** Escapes within escapes are followed this far: JSON in JSON in a URL. */
const DEEPEST = 3;
/** In any case of its first letter. */
const TOKENS = 'okens/';
const BEGINS_JSON = /^\ufeff?\s*[{["]/;
const FORM = /^[^\s{}<>"]{1,100}=[^\s{}<>"]*$/;
const BASE64 = /^[A-Za-z0-9+/]{16,}={0,2}$/;

/** `looking`: values are only collected, and every text stays as it is. */
export function createTexts(
  values: Values,
  { looking, memory }: { readonly looking: boolean; readonly memory: PlaceMemory },
): Texts {
  const personal = values.wants('personal');
  const hosts = values.wants('hosts');
  const plain = !hosts && !values.wants('parties');

  const placed = (text: string, { start, end, kind }: Place, syntaxes: readonly Syntax[] = []): Edit[] => {
    const edits = whole(text.slice(start, end), kind, syntaxes);
    return start === 0 || edits.length === 0 ? edits : moved(edits, start);
  };
  const whole = (written: string, kind: ValueKind, [syntax, ...others]: readonly Syntax[]): Edit[] => {
    const reading = syntax?.(written);
    if (reading) return reading.lift(whole(reading.text, kind, others));
    if (others.length > 0) return whole(written, kind, others);
    if (kind === 'host name' || kind === 'IP address') return hostEdit(written);
    const entry = values.add(kind, written);
    if (entry === undefined || looking) return [];
    return [{ start: 0, end: written.length, text: values.write(entry, written), entry }];
  };
  const hostEdit = (written: string): Edit[] => {
    const found = hostIn(written);
    const entry = found && values.add(isAddress(found.host) ? 'IP address' : 'host name', found.host);
    if (found === undefined || entry === undefined || looking) return [];
    const end = found.start + found.host.length;
    return [{ start: found.start, end, text: values.write(entry, found.host), entry }];
  };

  /** What stands there as it is: known values, and what is told by its shape. */
  const direct = (text: string, json: boolean): Edit[] => {
    const edits: Edit[] = [];
    if (!looking) {
      for (const { start, end, value } of values.finder.find(text, json)) {
        edits.push({ start, end, text: values.write(value, text.slice(start, end)), entry: value });
      }
    }
    if (personal) {
      for (const place of emailPlaces(text)) edits.push(...placed(text, place));
      for (const place of phonePlaces(text)) edits.push(...placed(text, place));
      for (const place of tokenPathPlaces(text)) edits.push(...placed(text, place, [percentReading]));
    }
    if (hosts) for (const place of hostPlaces(text)) edits.push(...placed(text, place));
    return edits;
  };

  /** The same, under every escape. */
  const sought = (text: string, json: boolean, depth = 0): Edit[] => {
    const unescaped = json ? jsonReading(text) : undefined;
    if (unescaped) return unescaped.lift(sought(unescaped.text, false, depth + 1));
    const edits = direct(text, json);
    if (depth === DEEPEST) return edits;
    for (const reading of readings(text)) edits.push(...reading.lift(sought(reading.text, false, depth + 1)));
    return edits;
  };

  const targetEdits = (url: string, operation: string): Edit[] => {
    const query = queryRange(url);
    const edits = query.start < query.end ? formEdits(url, query.start, query.end) : [];
    if (!plain || operation.startsWith('tokens.') || url.includes(TOKENS)) {
      for (const place of pathPlaces(url, operation)) edits.push(...placed(url, place, [percentReading]));
    }
    return edits;
  };

  const begun = (text: string, end: number): Edit[] => {
    const hit = looking ? undefined : values.finder.begun(text, end);
    if (hit === undefined) return [];
    const written = text.slice(hit.start, hit.end);
    const made = values.write(hit.value, written + hit.value.key.slice(written.length)).slice(0, written.length);
    return [{ start: hit.start, end: hit.end, text: made, entry: hit.value }];
  };
  /** Quotes are shortened by three dots (core/ocpi/findings.ts). */
  const shortened = (text: string): Edit[] => {
    const edits: Edit[] = [];
    for (let end = text.indexOf('…'); end !== -1; end = text.indexOf('…', end + 1)) edits.push(...begun(text, end));
    return edits;
  };

  /** Of the document that is being looked at: values that stand there without any escapes. */
  let plainPlaces: number[] = [];
  /** Something else stands there too. */
  let others = false;
  /** Collects a value of a document that is looked at. */
  const lookAt = (text: string, { start, end, kind }: Place): void => {
    const written = text.slice(start, end);
    if (kind === 'host name' || kind === 'IP address' || written.includes('\\')) {
      others = true;
      whole(written, kind, [jsonReading]);
      return;
    }
    const entry = values.add(kind, written);
    if (entry !== undefined) plainPlaces.push(start, end, entry.number);
  };

  const json = (text: string, root: number, edits: Edit[], depth: number, impersonal?: number[]): boolean =>
    jsonPlaces(text, root, {
      impersonal: start => void impersonal?.push(start),
      value: (start, end, kind) => {
        if (!values.takes(kind)) return;
        if (looking && depth === 0) lookAt(text, { start, end, kind });
        else edits.push(...placed(text, { start, end, kind }, [jsonReading]));
      },
      nested: (start, end) => {
        if (depth === DEEPEST) return;
        const reading = jsonReading(text.slice(start, end));
        if (reading === undefined) return;
        others = true;
        const inner: Edit[] = [];
        json(reading.text, root, inner, depth + 1);
        edits.push(...moved(reading.lift(inner), start));
      },
      packed: (start, end) => {
        edits.push(...moved(unpacked(text.slice(start, end)), start));
      },
    });

  /** Base64 of a text that names somebody, as signed meter values are: changed inside, as long as it was. */
  const unpacked = (written: string): Edit[] => {
    if (!BASE64.test(written) || written.length % 4 !== 0) return [];
    const bytes = Buffer.from(written, 'base64');
    const text = bytes.toString('utf8');
    if (!Buffer.from(text, 'utf8').equals(bytes)) return [];
    const { text: changed, made } = applyEdits(text, documentEdits(text, ''));
    others = true;
    const [first] = made;
    if (first === undefined) return [];
    return [
      { start: 0, end: written.length, text: Buffer.from(changed, 'utf8').toString('base64'), entry: first.entry },
    ];
  };

  const documentEdits = (text: string, module: string, key?: number): Edit[] => {
    const edits: Edit[] = [];
    const isJson = BEGINS_JSON.test(text);
    if (looking || key === undefined || !remembered(text, key, edits))
      edits.push(...typedEdits(text, module, isJson, key));
    edits.push(...sought(text, isJson));
    return edits;
  };
  const remembered = (text: string, key: number, edits: Edit[]): boolean =>
    memory.each({ key, length: text.length }, (start, end, number) => {
      const entry = values.numbered(number);
      if (entry !== undefined) edits.push({ start, end, text: values.write(entry, text.slice(start, end)), entry });
    });
  /** Values at their typed places, in whatever language the text is. */
  const typedEdits = (text: string, module: string, isJson: boolean, key?: number): Edit[] => {
    const edits: Edit[] = [];
    const root = moduleOf(module) === 'tokens' ? TOKEN : moduleOf(module) === 'locations' ? EVSE : 0;
    // In a text that breaks off, what came before the break is known by what it is part of.
    const impersonal: number[] = [];
    plainPlaces = [];
    others = false;
    if (isJson && json(text, root, edits, 0, impersonal)) {
      if (looking && key !== undefined && !others) memory.put({ key, length: text.length }, plainPlaces);
      return edits;
    }
    const nobodys = new Set(impersonal);
    for (const place of loosePlaces(text)) {
      if (!nobodys.has(place.start)) edits.push(...placed(text, place, [jsonReading]));
    }
    if (FORM.test(text)) edits.push(...formEdits(text, 0, text.length));
    edits.push(...begun(text, text.length));
    return edits;
  };

  const formEdits = (text: string, from: number, to: number): Edit[] => {
    const edits = formPlaces(text, from, to).flatMap(place => placed(text, place, [plusReading, percentReading]));
    const query = text.slice(from, to);
    const blanks = query.includes('+') ? plusReading(query) : undefined;
    if (blanks === undefined) return edits;
    const lifted = blanks.lift(sought(blanks.text, false));
    return [...edits, ...moved(lifted, from)];
  };

  const finished = (text: string, edits: readonly Edit[]): string => {
    if (looking || edits.length === 0) return text;
    const { text: changed, made } = applyEdits(text, edits);
    for (const { entry } of made) values.replaced(entry);
    return changed;
  };

  return {
    looking,
    plain,
    holds: text => sought(text, false).length > 0 || shortened(text).length > 0,
    target: (url, operation) => finished(url, targetEdits(url, operation)),
    free: text => (text === '' ? text : finished(text, [...sought(text, false), ...shortened(text)])),
    document: (text, module, key) => (text === '' ? text : finished(text, documentEdits(text, module, key))),
    url(text, operation) {
      return finished(text, [...targetEdits(text, operation), ...sought(text, false)]);
    },
    value: (kind, text) => finished(text, whole(text, kind, [])),
    host: text => finished(text, hosts ? hostEdit(text) : []),
  };
}

/** Edits of a part of a text as edits of the text. */
function moved(edits: readonly Edit[], by: number): Edit[] {
  return edits.map(edit => ({ ...edit, start: edit.start + by, end: edit.end + by }));
}
