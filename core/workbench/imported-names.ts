import { LinkName } from '../contract/links.ts';

/** Of a link's name. */
export const LONGEST_LINK_NAME = 60;

/** What a link may be called after `text`: letters, digits, blanks, dots, dashes; `instead` where nothing of it is left. */
export function linkNameOf(text: string, { longest, instead }: { readonly longest: number; readonly instead: string }) {
  const clean = text
    .slice(0, 1000)
    .replaceAll(/[^\p{L}\p{N} ._-]+/gu, ' ')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .replaceAll(/ +/g, ' ')
    .slice(0, longest)
    // Half a character, where it was cut in its middle.
    .toWellFormed()
    .replaceAll('\ufffd', '')
    .trim();
  return LinkName.safeParse(clean).success ? clean : instead;
}

/** `name`, or with a number behind it where that is taken. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  let free = name;
  for (let number = 2; isTaken(free); number++) {
    const behind = ` ${number}`;
    free = `${name.slice(0, LONGEST_LINK_NAME - behind.length).toWellFormed()}${behind}`;
  }
  return free;
}

/** The last part of a path, of any system. */
export function fileNameOf(path: string): string {
  return path.replace(/[/\\]+$/, '').replace(/^.*[/\\]/s, '');
}
