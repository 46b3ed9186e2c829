import type { LogProgress } from '../../contract/session-log.ts';

/** How far something is, on the last line of a terminal; nothing where standard error is none. */
export interface ProgressLine {
  show(progress: Pick<LogProgress, 'doing' | 'done' | 'total'>): void;
  /** Takes the line away. */
  end(): void;
}

const CLEAR = '\r\u001b[K';

export function createProgressLine(out: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stderr): ProgressLine {
  let shown = false;
  return {
    show({ doing, done, total }) {
      if (!out.isTTY) return;
      const of = total === null ? '' : ` of ${total.toLocaleString('en-US')}`;
      out.write(`${CLEAR}${doing}: ${done.toLocaleString('en-US')}${of}`);
      shown = true;
    },
    end() {
      if (shown) out.write(CLEAR);
      shown = false;
    },
  };
}
