/** Bytes of one line. No exchange is as long; a reader takes none that is longer, so that no file can fill the memory. */
export const LONGEST_LINE = 256 * 1024 * 1024;
