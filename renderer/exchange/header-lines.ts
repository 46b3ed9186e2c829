/** A header line as it is being written; an id of its own, for lines move, repeat and go. */
export interface HeaderLine {
  readonly id: number;
  readonly name: string;
  readonly value: string;
}

export function withHeader(
  lines: readonly HeaderLine[],
  id: number,
  change: Partial<Omit<HeaderLine, 'id'>>,
): readonly HeaderLine[] {
  return lines.map(line => (line.id === id ? { ...line, ...change } : line));
}

export function withNewHeader(lines: readonly HeaderLine[]): readonly HeaderLine[] {
  const id = Math.max(-1, ...lines.map(line => line.id)) + 1;
  return [...lines, { id, name: '', value: '' }];
}

export function withoutHeader(lines: readonly HeaderLine[], id: number): readonly HeaderLine[] {
  return lines.filter(line => line.id !== id);
}

/** What is sent of them: lines without a name are none. */
export function sentHeaders(lines: readonly HeaderLine[]): [name: string, value: string][] {
  return lines
    .filter(({ name }) => name.trim() !== '')
    .map(({ name, value }): [string, string] => [name.trim(), value]);
}
