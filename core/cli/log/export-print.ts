import type { LogExported, LogPreview, RedactedKind } from '../../contract/session-log.ts';
import { plainText } from '../../session-log/read/plain-text.ts';
import { printLine, table } from '../terminal.ts';

export function summarise(exported: LogExported, print: (text: string) => void): void {
  const { path, bytes, counts, redacted, notes } = exported;
  print(`${path ?? 'standard output'}: ${countsText(counts)}; ${bytes.toLocaleString('en')} bytes`);
  printRedacted(redacted, print);
  for (const note of notes) print(plainText(note));
}

export function printPreview({ counts, links, from, to, bytes, redacted, notes }: LogPreview): void {
  printLine(`${countsText(counts)}; bodies of ${bytes.toLocaleString('en')} bytes`);
  if (links.length > 0) printLine(`links: ${links.join(', ')}`);
  if (from !== null) printLine(`from ${from} to ${to}`);
  printRedacted(redacted, printLine);
  for (const note of notes) printLine(plainText(note));
}

const WORDS: Readonly<Record<keyof LogPreview['counts'], readonly [one: string, many: string]>> = {
  exchanges: ['exchange', 'exchanges'],
  links: ['link', 'links'],
  rules: ['fault rule', 'fault rules'],
  runs: ['run', 'runs'],
  findings: ['finding', 'findings'],
  notes: ['note', 'notes'],
  objects: ['object', 'objects'],
  revisions: ['earlier revision', 'earlier revisions'],
};

function countsText(counts: LogPreview['counts']): string {
  const told = Object.entries(WORDS).flatMap(([name, [one, many]]) => {
    const count = counts[name as keyof LogPreview['counts']];
    if (count === 0 && name !== 'exchanges') return [];
    return [`${count.toLocaleString('en')} ${count === 1 ? one : many}`];
  });
  return told.join(', ');
}

function printRedacted(redacted: readonly RedactedKind[], print: (text: string) => void): void {
  if (redacted.length === 0) return;
  print('replaced:');
  const lines = redacted.map(({ group, kind, values, places, example }) => [
    `  ${group}`,
    kind,
    `${values} ${values === 1 ? 'value' : 'values'}`,
    `in ${places} ${places === 1 ? 'place' : 'places'}`,
    example === null ? '' : plainText(`${example.from} -> ${example.to}`),
  ]);
  print(table(lines));
}
