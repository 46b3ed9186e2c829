/**
 * JSON on one line. What stands for a broken character is written as an escape: readers take a file in which it stands as it is
 * for binary data.
 */
export function jsonText(value: unknown): string {
  return escaped(JSON.stringify(value));
}

/** The same for JSON that is a text already. */
export function escaped(json: string): string {
  return json.includes('\ufffd') ? json.replaceAll('\ufffd', '\\ufffd') : json;
}
