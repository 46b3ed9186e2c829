import type { Texts } from '../../texts/use-texts.ts';

const KNOWN = {
  looking: 'doing-looking',
  writing: 'doing-writing',
  fetching: 'doing-fetching',
  'checking the file': 'doing-checking',
  storing: 'doing-storing',
  removing: 'doing-removing',
} as const;

/** What the core says it is doing, in words of the page; its own where it says something new. */
export function doingWords(doing: string, t: Texts<'logs'>): string {
  return isKnown(doing) ? t(KNOWN[doing]) : doing;
}

function isKnown(doing: string): doing is keyof typeof KNOWN {
  return Object.hasOwn(KNOWN, doing);
}
