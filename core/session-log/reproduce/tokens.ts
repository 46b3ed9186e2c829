import { createHash } from 'node:crypto';
import { dressAs } from '../../http/escapes.ts';
import { placeholderRanges, readPlaceholder } from '../../http/placeholder.ts';
import { writeForm } from '../../http/token-forms.ts';
import { readAuthorization } from '../../ocpi/authorization.ts';

/** Which token stands in an Authorization header: none, one of the recording (with the form it is written in), or another. */
export type TokenSeen =
  | { readonly kind: 'none' }
  | { readonly kind: 'known'; readonly id: string; readonly form: string }
  | { readonly kind: 'other' };

/** Tokens of a reproduction: those of a recording are sealed, so each gets a made one that is worth nothing elsewhere. */
export interface ReproducedTokens {
  /** The token that stands for a recorded one. */
  of(id: string): string;
  /** From now on this token stands for a recorded one: whoever is served has said so. */
  learn(id: string, token: string): void;
  /** Whose token the values of Authorization headers hold. */
  seen(authorization: readonly string[]): TokenSeen;
  /** Tokens in the place of their placeholders, in the form and escaping they had. */
  written(text: string): string;
  /** All that were handed out or learned, for sealing. */
  known(): readonly { readonly id: string; readonly token: string }[];
}

export interface TokenOptions {
  readonly seed: string;
  /** Recorded tokens with the length each has as it is, where that is known. */
  readonly lengths: ReadonlyMap<string, number>;
  /** What stands for one of them is given. */
  readonly given?: { readonly id: string; readonly token: string };
}

const USUAL_LENGTH = 36;

export function createReproducedTokens({ seed, lengths, given }: TokenOptions): ReproducedTokens {
  const tokens = new Map<string, string>();
  const ids = new Map<string, string>();
  let list: { readonly id: string; readonly token: string }[] = [];
  const keep = (id: string, token: string) => {
    tokens.set(id, token);
    ids.set(token, id);
    list = [...list.filter(one => one.token !== token), { id, token }];
    return token;
  };
  const of = (id: string): string =>
    tokens.get(id) ?? keep(id, madeToken(`${seed} ${id}`, lengths.get(id) ?? USUAL_LENGTH));
  if (given !== undefined) keep(given.id, given.token);
  for (const id of lengths.keys()) of(id);

  return {
    of,
    learn: (id, token) => {
      if (tokens.get(id) !== token) keep(id, token);
    },
    seen: authorization => {
      const read = readAuthorization(authorization);
      if (read.kind === 'none') return { kind: 'none' };
      if (read.kind === 'unusable') return { kind: 'other' };
      for (const { token, form } of read.candidates) {
        const id = ids.get(token);
        if (id !== undefined) return { kind: 'known', id, form };
      }
      return { kind: 'other' };
    },
    written: text => withTokens(text, of),
    known: () => list,
  };
}

/** Printable, without signs that any place would escape; the same for the same seed. */
export function madeToken(seed: string, length: number): string {
  let text = '';
  for (let round = 0; text.length < length; round++) {
    text += createHash('sha256').update(`${seed} ${round}`).digest('base64').replace(/[+/=]/g, '');
  }
  return text.slice(0, length);
}

/** How the first placeholder in a text reads: `ID form`; undefined where there is none. */
export function tokenMarkOf(text: string): { readonly id: string; readonly form: string } | undefined {
  const [range] = placeholderRanges(text);
  const found = range && readPlaceholder(text.slice(range.start, range.end));
  return found && { id: found.id, form: found.form };
}

/** Tells of every placeholder in a text how long the token behind it is, as far as its form shows that. */
export function tokenLengths(text: string, tell: (id: string, length: number, sure: boolean) => void): void {
  for (const { start, end } of placeholderRanges(text)) {
    const found = readPlaceholder(text.slice(start, end));
    if (found !== undefined) tell(found.id, longestOf(found), found.form === 'raw');
  }
}

/** The most characters a token may have whose written form has no more than the placeholder stands for. */
function longestOf({ form, length }: { form: string; length: number }): number {
  for (let characters = length; characters > 1; characters--) {
    const written = writeForm('x'.repeat(characters), form);
    if (written === undefined || written.length <= length) return characters;
  }
  return 1;
}

/** Unlike for a resend the tokens may be of another length than the recorded ones: each is written whole. */
function withTokens(text: string, tokenOf: (id: string) => string): string {
  let whole = '';
  let copied = 0;
  for (const { start, end } of placeholderRanges(text)) {
    const placeholder = text.slice(start, end);
    const found = readPlaceholder(placeholder);
    const written = found && writeForm(tokenOf(found.id), found.form);
    if (written === undefined) continue;
    const dress = /\.([a-z-]+):\d+\}$/.exec(placeholder)?.[1];
    whole += text.slice(copied, start) + (dress === undefined ? written : dressAs(dress, written));
    copied = end;
  }
  return whole + text.slice(copied);
}
