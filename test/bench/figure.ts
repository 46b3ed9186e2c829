/** One measured number, with the bound the project holds itself to where there is one. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** `ratio`, `ms`, `bytes`, `count`, `s`. */
  readonly unit: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** What else is worth knowing: the baseline, the spread. */
  readonly note?: string;
}

/** A group of figures measured in one go, ratios always against a baseline of the same run. */
export interface Bench {
  readonly name: string;
  readonly about: string;
  measure(): Promise<Figure[]>;
}

export function isKept({ value, atLeast, atMost }: Figure): boolean {
  return (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost);
}
