import { writePlaceholder } from '../../http/placeholder.ts';
import { createTokenSearch, type KnownToken, type TokenSearch } from '../../http/token-search.ts';
import { createTokenProbe, type TokenProbe } from './token-probe.ts';

/**
 * Puts `{token:ID:form:LENGTH}` in the place of every known credentials token in a page (promise 3): some partner echoes
 * one in a name or a URL, and objects are kept and exported as they were sent. A page without any is handed back as it is.
 */
export function createPageSealing(): (bytes: Buffer, known: readonly KnownToken[]) => Buffer {
  let ids = '';
  let last: readonly KnownToken[] | undefined;
  let search: TokenSearch = createTokenSearch([]);
  let mayHold: TokenProbe = createTokenProbe([]);
  return (bytes, known) => {
    // On the way to another thread they become another array each time.
    const now = known === last ? ids : known.map(({ id }) => id).join();
    last = known;
    if (now !== ids) {
      ids = now;
      search = createTokenSearch(known);
      mayHold = createTokenProbe(known);
    }
    if (!mayHold(bytes)) return bytes;
    // Tokens are ASCII, so that a byte a character finds them in any UTF-8.
    const text = bytes.toString('latin1');
    let sealed = '';
    let copied = 0;
    for (const { start, end, id, form } of search.find(text)) {
      if (start < copied) continue;
      sealed += text.slice(copied, start) + writePlaceholder({ id, form, length: end - start });
      copied = end;
    }
    return copied === 0 ? bytes : Buffer.from(sealed + text.slice(copied), 'latin1');
  };
}
