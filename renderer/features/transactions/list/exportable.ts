import { parseFilter, type TokenKind } from '../../../ui/filter-text.ts';

/** What narrows charges and exchanges alike. */
const ALIKE: ReadonlySet<string> = new Set(['link', 'since', 'until']);

/** Whether a filter of charges means the same for exchanges: their states and problems are no condition of an export. */
export function exportable(q: string, kinds: readonly TokenKind[]): boolean {
  const { tokens, words, problems } = parseFilter(q, kinds);
  return words === '' && problems.length === 0 && tokens.every(({ name }) => ALIKE.has(name));
}
