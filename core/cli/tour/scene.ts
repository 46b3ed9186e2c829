/** What one scene of the tour was to show, and whether it did. */
export interface Scene {
  readonly title: string;
  readonly ok: boolean;
  /** What happened, line by line. */
  readonly lines: readonly string[];
}
