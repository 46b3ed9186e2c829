import { type PageContent, parsed, textAt } from './page-reading.ts';

/** Gives an item of a page as JSON; undefined where it is none. To be asked in the order of the page. */
export type ItemParser = (index: number) => unknown;

/** Items parsed at once: the parser recognizes neighbours as alike. More would only live longer in memory. */
const MOST_AT_ONCE = 16;
/** And no more than so many bytes, unless one alone is larger. */
const MOST_BYTES = 64 * 1024;

/**
 * Parses the items that are asked for. Once several neighbours were, the next ones are parsed together with the one that
 * is: on a page of news nearly all are, on a page of old acquaintances hardly one, and then nothing is parsed in vain.
 */
export function createItemParser(content: PageContent): ItemParser {
  const { items } = content;
  let ahead: readonly unknown[] = [];
  let from = 0;
  let last = -1;
  let run = 0;

  /** Where to stop: as many as were asked for in a row, as far as they are small. */
  const endFrom = (index: number): number => {
    const { offsets, stride, count } = items;
    const most = Math.min(count, index + Math.min(run, MOST_AT_ONCE));
    const limit = (offsets[index * stride] as number) + MOST_BYTES;
    let end = index + 1;
    while (end < most && (offsets[end * stride + 1] as number) <= limit) end++;
    return end;
  };

  const textOf = (index: number, end: number) => {
    const { offsets, stride } = items;
    return textAt(content, offsets[index * stride] as number, offsets[(end - 1) * stride + 1] as number);
  };

  /** What stands between items is a comma: together they are a list exactly if each of them is JSON. */
  const lookAhead = (index: number, end: number): boolean => {
    const list = parsed(`[${textOf(index, end)}]`);
    if (!Array.isArray(list) || list.length !== end - index) return false;
    ahead = list;
    from = index;
    return true;
  };

  return index => {
    run = index === last + 1 ? run + 1 : 1;
    last = index;
    if (index - from < ahead.length) return ahead[index - from];
    const end = endFrom(index);
    return end > index + 1 && lookAhead(index, end) ? ahead[0] : parsed(textOf(index, index + 1));
  };
}
