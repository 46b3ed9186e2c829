/** A credentials token as the history shows it. */
export interface SealedToken {
  /** The same for one token, however it is written; of tokens nobody knows, for one way of writing. */
  readonly id: string;
  /** `raw`, `base64`, `base64+lf`, ... `raw` also where the token is not known, so that no other form could be told. */
  readonly form: string;
  /** Characters it stands for. */
  readonly length: number;
}

// As core/http/placeholder.ts writes them.
const SEALED = /\{token:([\w-]+):([a-z0-9+-]+)(?:\.[a-z-]+)?:(\d+)\}/;
const ALL_SEALED = new RegExp(SEALED, 'g');
const LONGEST_STAND_IN = 1000;

/** The first one in a text; undefined where there is none. */
export function sealedTokenIn(text: string): SealedToken | undefined {
  if (!text.includes('{token:')) return undefined;
  const [, id, form, length] = SEALED.exec(text) ?? [];
  return id === undefined || form === undefined ? undefined : { id, form, length: Number(length) };
}

/** The text with tokens of the right length, so that what is checked is not the length of a placeholder. */
export function withStandIns(text: string): string {
  if (!text.includes('{token:')) return text;
  return text.replace(ALL_SEALED, (_whole, _id, _form, length: string) =>
    'x'.repeat(Math.min(Number(length), LONGEST_STAND_IN)),
  );
}
