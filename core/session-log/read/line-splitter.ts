/** One line of a file: its bytes without the line feed, and whether there was one. */
export interface RawLine {
  /** From 1 on. */
  readonly no: number;
  readonly bytes: Uint8Array;
  readonly whole: boolean;
}

export interface LineSplitter {
  /** The lines that end in these bytes. */
  push(piece: Uint8Array): Generator<RawLine, void>;
  /** What stands behind the last line feed; undefined where nothing does. */
  rest(): RawLine | undefined;
  /** Bytes of the line that has begun and not ended. */
  readonly begun: number;
}

const LINE_FEED = 0x0a;

export function createLineSplitter(): LineSplitter {
  let parts: Uint8Array[] = [];
  let begun = 0;
  let no = 1;
  const take = (whole: boolean): RawLine => {
    const [only] = parts;
    const bytes = parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
    parts = [];
    begun = 0;
    return { no: no++, bytes, whole };
  };
  return {
    *push(piece) {
      let from = 0;
      for (let to = piece.indexOf(LINE_FEED); to >= 0; to = piece.indexOf(LINE_FEED, from)) {
        parts.push(piece.subarray(from, to));
        from = to + 1;
        yield take(true);
      }
      if (from === piece.length) return;
      parts.push(piece.subarray(from));
      begun += piece.length - from;
    },
    rest: () => (parts.length === 0 ? undefined : take(false)),
    get begun() {
      return begun;
    },
  };
}
