import { LONGEST_LINE } from '../format/limits.ts';

/** What a file may cost whoever reads it. */
export interface ReadLimits {
  /** Bytes of one line. */
  readonly line: number;
  /** Unpacked bytes that any file may have, however small it is. */
  readonly unpacked: number;
  /** How many times its own size a file may unpack to, beyond that. */
  readonly ratio: number;
}

/** Traffic that says the same all the time packs to a hundredth; what packs better was made to fill memory or disk. */
export const READ_LIMITS: ReadLimits = { line: LONGEST_LINE, unpacked: 1024 ** 3, ratio: 200 };
