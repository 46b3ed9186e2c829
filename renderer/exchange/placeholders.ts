/** A piece of a text as it is stored: what crossed the wire, or what stands there in place of a token. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'token';
      readonly text: string;
      readonly id: string;
      /** `base64`, `raw.json`: how it was written, with its escaping after a dot. */
      readonly form: string;
      /** Characters it stands for. */
      readonly length: number;
    };

const PLACEHOLDER = /\{token:([\w-]+):([a-z0-9+-]+(?:\.[a-z-]+)?):(\d+)\}/g;

export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const found of text.matchAll(PLACEHOLDER)) {
    const [whole, id = '', form = '', length = ''] = found;
    if (found.index > at) pieces.push({ kind: 'text', text: text.slice(at, found.index) });
    pieces.push({ kind: 'token', text: whole, id, form, length: Number(length) });
    at = found.index + whole.length;
  }
  if (at < text.length) pieces.push({ kind: 'text', text: text.slice(at) });
  return pieces;
}
