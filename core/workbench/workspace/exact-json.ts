/** Stands for a number with its digits as they were written; `JSON.stringify` writes those. */
type RawNumber = object;

interface ExactJson {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): RawNumber;
}

/** Newer than the types that are at hand: the source of a number in a reviver, and its way back. */
const exact = JSON as unknown as ExactJson;

/** JSON in which numbers keep their digits. Throws what `JSON.parse` throws. */
export function parseExact(text: string): unknown {
  return exact.parse(text, (_, value, { source }) =>
    typeof value === 'number' && source !== undefined ? exact.rawJSON(source) : value,
  );
}

/** As it stands in a file that people compare line by line. */
export function prettyJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Members by name, at every depth: for what has no order of its own. */
export function sortedMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedMembers);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(
    entries.sort(([left], [right]) => (left < right ? -1 : 1)).map(([name, one]) => [name, sortedMembers(one)]),
  );
}
