/**
 * One number shared between the thread that answers and the one that stores objects: above zero while the former waits
 * for the database, so that the latter lets it go first between two of its short transactions.
 */
export type Gate = Int32Array;

/** Milliseconds; nobody waits longer for somebody who may have forgotten. */
const LONGEST_WAIT = 50;

export function createGate(): Gate {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/** Runs in a worker: blocks while the answering thread wants to write. */
export function letThrough(gate: Gate): void {
  const wanted = Atomics.load(gate, 0);
  if (wanted > 0) Atomics.wait(gate, 0, wanted, LONGEST_WAIT);
}

export function askForWay(gate: Gate): void {
  Atomics.store(gate, 0, 1);
}

export function wayFree(gate: Gate): void {
  Atomics.store(gate, 0, 0);
  Atomics.notify(gate, 0);
}
