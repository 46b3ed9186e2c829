/** Bytes of UTF-8: what is left of a name has room for a number and an ending everywhere. */
const LONGEST = 80;
/** Devices, to some systems, whatever ending they have. */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

/**
 * A name for a file for each of these names, in their order, that every system takes: those that would be one file where
 * case and the writing of accents do not count get a number.
 */
export function fileNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map(name => {
    const safe = safeName(name);
    let chosen = safe;
    for (let number = 2; taken.has(folded(chosen)); number++) chosen = `${safe} ${number}`;
    taken.add(folded(chosen));
    return chosen;
  });
}

function folded(name: string): string {
  return name.normalize('NFKC').toUpperCase().toLowerCase();
}

function safeName(name: string): string {
  const written = name.normalize('NFC').replaceAll(/[^\p{L}\p{M}\p{N} ._-]/gu, '-');
  const cut = cutTo(written, LONGEST)
    .replace(/^[ .]+/, '')
    .replace(/[ .]+$/, '');
  if (cut === '') return 'unnamed';
  return RESERVED.test(cut) ? `_${cut}` : cut;
}

function cutTo(text: string, bytes: number): string {
  let length = 0;
  let kept = '';
  for (const character of text) {
    length += Buffer.byteLength(character);
    if (length > bytes) break;
    kept += character;
  }
  return kept;
}
