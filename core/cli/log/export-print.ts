import type { LogExport, LogExported, LogPreview, RedactedKind } from '../../contract/session-log.ts';
import { plainText } from '../../session-log/read/plain-text.ts';
import { printLine, table } from '../terminal.ts';

export function summarise(exported: LogExported, asked: LogExport, print: (text: string) => void): void {
  const { path, bytes, counts, rows, redacted, notes } = exported;
  const held = rows === undefined ? countsText(counts) : rowsText(rows, asked);
  print(`${path ?? 'standard output'}: ${held}; ${bytes.toLocaleString('en')} bytes`);
  printRedacted(redacted, print);
  for (const note of notes) print(plainText(note));
}

export function printPreview(preview: LogPreview, asked: LogExport): void {
  const { counts, links, from, to, bytes, redacted, notes } = preview;
  const { format, table: of = 'exchanges' } = asked;
  const isTable = format === 'jsonl' || format === 'csv';
  // How many charges there will be is only known when they were put together.
  const rows = of === 'transactions' ? 'charges' : rowsText(counts[of], asked);
  printLine(`${isTable ? rows : countsText(counts)}; bodies of ${bytes.toLocaleString('en')} bytes`);
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

function rowsText(rows: number, { table: of = 'exchanges' }: LogExport): string {
  const [one, many] = of === 'transactions' ? ['charge', 'charges'] : WORDS[of];
  return `${rows.toLocaleString('en')} ${rows === 1 ? one : many}`;
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
