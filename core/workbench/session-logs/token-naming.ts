/**
 * The key that names tokens never leaves the answering thread. Sealing cannot wait for a message, so a thread that seals asks
 * with one, stands still, and finds the name in memory that both share.
 */
export type NamingCell = SharedArrayBuffer;

/** Of a name; they have twelve. */
const MOST_CHARACTERS = 256;
const STATE = 0;
const LENGTH = 1;
const HEAD_BYTES = 8;
const ASKED = 0;
const ANSWERED = 1;
/** The answering thread has a moment for it within milliseconds; one that is gone for so long ends the work. */
const PATIENCE = 30_000;

export function createNamingCell(): NamingCell {
  return new SharedArrayBuffer(HEAD_BYTES + MOST_CHARACTERS);
}

/** In the thread that seals: the name of a token, asked for once each. `ask` sends the question. */
export function tokenNames(cell: NamingCell, ask: (token: string) => void): (token: string) => string {
  const head = new Int32Array(cell, 0, 2);
  const names = new Map<string, string>();
  return token => {
    const known = names.get(token);
    if (known !== undefined) return known;
    Atomics.store(head, STATE, ASKED);
    ask(token);
    if (Atomics.wait(head, STATE, ASKED, PATIENCE) === 'timed-out') throw new Error('nobody names a token');
    const bytes = Buffer.from(new Uint8Array(cell, HEAD_BYTES, Atomics.load(head, LENGTH)));
    const name = bytes.toString('latin1');
    names.set(token, name);
    return name;
  };
}

/** In the thread that knows: the answer to the question just heard. */
export function tellName(cell: NamingCell, name: string): void {
  const head = new Int32Array(cell, 0, 2);
  const bytes = Buffer.from(name, 'latin1');
  new Uint8Array(cell, HEAD_BYTES).set(bytes);
  Atomics.store(head, LENGTH, bytes.length);
  Atomics.store(head, STATE, ANSWERED);
  Atomics.notify(head, STATE);
}
