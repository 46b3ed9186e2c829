/** Header lines in the order and the case in which they crossed the wire, duplicates included. */
export type RawHeaders = readonly (readonly [name: string, value: string])[];

/** Every value of a header, in order; names compare without regard to case. */
export function headerValues(headers: RawHeaders, name: string): string[] {
  const wanted = name.toLowerCase();
  return headers.filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value);
}

/** The first value of a header, or undefined. */
export function headerValue(headers: RawHeaders, name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (const [key, value] of headers) if (key.length === wanted.length && key.toLowerCase() === wanted) return value;
  return undefined;
}

/** Pairs from the flat `[name, value, name, value]` list that Node and undici hand out. */
export function pairHeaders(flat: readonly string[]): RawHeaders {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < flat.length; at += 2) pairs.push([flat[at] as string, flat[at + 1] as string]);
  return pairs;
}
