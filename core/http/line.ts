import type { Socket } from 'node:net';
import type { RawHeaders } from '../ocpi/raw-headers.ts';

/** The connection a message of ours leaves on, for who writes its bytes himself. */
export interface Line {
  /** Resolves when the system has taken them all; false where the connection ended before. */
  write(bytes: Uint8Array): Promise<boolean>;
  /** The message is over, as HTTP has it: the connection lives on where it would have. */
  end(): void;
  /** Closed in good order (FIN), once all has left. */
  close(): void;
  reset(): void;
  /** Aborts when the connection has ended. */
  readonly gone: AbortSignal;
  /** Aborts when nothing may be waited for any more: we are closing. */
  readonly hurry?: AbortSignal;
}

/** What became of a message that was written step by step. `sent`: bytes of its body that left. */
export interface Played {
  readonly how: 'ended' | 'close' | 'reset' | 'hang' | 'gone';
  readonly sent: number;
  /** Whether every byte of the message left. */
  readonly whole: boolean;
  /** What was done, in words, in order. */
  readonly words: readonly string[];
}

/** Writes a message whose head is given on a line. Never rejects. */
export type Play = (line: Line, head: Uint8Array) => Promise<Played>;

/** Start line and header lines as literal bytes, with the blank line behind them. What Latin-1 cannot hold is UTF-8. */
export function headBytes(start: string, headers: RawHeaders): Uint8Array {
  const text = [start, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n');
  return Buffer.from(text, /^[\0-\xff]*$/.test(text) ? 'latin1' : 'utf8');
}

/** A socket that Node's HTTP believes to write to, while somebody else does. */
export interface Muted {
  write(bytes: Uint8Array): Promise<boolean>;
  /** What Node writes from now on crosses again. */
  restore(): void;
}

/**
 * Swallows what Node's HTTP writes to a socket, and keeps a way past it: so a message can leave byte for byte as wanted, while
 * Node goes on reading, parsing and keeping the connection.
 */
export function mute(socket: Socket): Muted {
  const { write } = socket;
  const swallow = (_: unknown, encoding?: unknown, written?: unknown): boolean => {
    const told = typeof encoding === 'function' ? encoding : written;
    if (typeof told === 'function') process.nextTick(told as () => void);
    return true;
  };
  socket.write = swallow;
  return {
    write: bytes => writeAll(socket, bytes, write),
    restore: () => {
      // The method of its class again, unless somebody else had put another there.
      if (Object.getPrototypeOf(socket).write === write) Reflect.deleteProperty(socket, 'write');
      else socket.write = write;
    },
  };
}

/** Resolves when the system has taken the bytes; false where the connection ended before. */
export function writeAll(socket: Socket, bytes: Uint8Array, write: Socket['write'] = socket.write): Promise<boolean> {
  if (bytes.length === 0) return Promise.resolve(socket.writable);
  if (!socket.writable) return Promise.resolve(false);
  return new Promise(resolve => {
    write.call(socket, bytes, undefined, error => resolve(error === undefined || error === null));
  });
}
