import { dressAs } from './escapes.ts';
import { writeForm } from './token-forms.ts';

/** What stands for a token wherever it is stored or shown (promise 3): `{token:ID:form:LENGTH}`. */
export interface Placeholder {
  /** Keyed HMAC of the token. */
  readonly id: string;
  /** How it was written, with the escaping after a dot when there was one: `base64`, `raw.json`, `base64.url`. */
  readonly form: string;
  /** Characters it stands for. Fewer than the form has when the text ended inside the token. */
  readonly length: number;
}

const PLACEHOLDER = /\{token:([\w-]+):([a-z0-9+-]+)(?:\.([a-z-]+))?:(\d+)\}/g;
const BEGINNING = '{token:';

export function writePlaceholder({ id, form, length }: Placeholder): string {
  return `{token:${id}:${form}:${length}}`;
}

/** What one placeholder says, the escaping left out; undefined for any other text. */
export function readPlaceholder(text: string): Placeholder | undefined {
  const [match] = text.matchAll(PLACEHOLDER);
  const [whole, id, form, , length] = match ?? [];
  return whole === text && id !== undefined && form !== undefined ? { id, form, length: Number(length) } : undefined;
}

/** Where placeholders already stand, so that sealing twice changes nothing. */
export function placeholderRanges(text: string): { readonly start: number; readonly end: number }[] {
  if (!text.includes(BEGINNING)) return [];
  return Array.from(text.matchAll(PLACEHOLDER), ({ index, 0: whole }) => ({ start: index, end: index + whole.length }));
}

/**
 * Puts tokens back in the place of their placeholders, in the form and escaping they had. A token that `tokenOf` does
 * not know keeps its placeholder. Exact for everything but odd escapings (`\u0041`), which come back as usual ones.
 */
export function unseal(text: string, tokenOf: (id: string) => string | undefined): string {
  if (!text.includes(BEGINNING)) return text;
  return text.replaceAll(PLACEHOLDER, (whole: string, id: string, form: string, dress: string | undefined, length) => {
    const token = tokenOf(id);
    const written = token === undefined ? undefined : writeForm(token, form);
    if (written === undefined) return whole;
    if (dress === 'other') return dressAs(dress, written);
    return (dress === undefined ? written : dressAs(dress, written)).slice(0, Number(length));
  });
}
