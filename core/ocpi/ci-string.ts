/** The key under which CiStrings compare: equal keys, equal values. What is stored and echoed stays as received (T27). */
export function ciKey(text: string): string {
  return text.toLowerCase();
}

export function ciEqual(left: string, right: string): boolean {
  return left === right || (left.length === right.length && ciKey(left) === ciKey(right));
}
