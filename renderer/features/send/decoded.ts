/** A segment of a path without its percent-encoding; as it stands where it is none. */
export function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
