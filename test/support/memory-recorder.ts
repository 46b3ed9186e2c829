import type { ExchangeRecord, ExchangeUpdate, Recorder, Stored } from '../../core/http/exchange.ts';

/** A recorder that keeps exchanges in memory, committing once an event-loop turn as the history does. */
export interface MemoryRecorder extends Recorder {
  readonly exchanges: ExchangeRecord[];
  /** Everything that happened, in order, as `record 1`, `open 2`, `update 2 answered`. */
  readonly log: string[];
  /** While set, nothing can be stored and this is the reason. */
  fault: string | undefined;
  /** Resolves with the exchanges once there are `count` of them and none is open. */
  settled(count: number): Promise<readonly ExchangeRecord[]>;
}

const PATIENCE_MS = 5_000;

export function memoryRecorder(): MemoryRecorder {
  const exchanges: ExchangeRecord[] = [];
  const log: string[] = [];

  const commit = (id: number): Promise<Stored> =>
    new Promise(resolve => {
      setImmediate(() => {
        const { fault } = recorder;
        resolve(fault === undefined ? { stored: true, id } : { stored: false, id, reason: fault });
      });
    });
  const add = (record: ExchangeRecord): number => {
    if (recorder.fault === undefined) exchanges.push(record);
    return exchanges.length;
  };

  const recorder: MemoryRecorder = {
    exchanges,
    log,
    fault: undefined,
    open: record => {
      const id = add(record);
      log.push(`open ${id}`);
      return { id, stored: commit(id) };
    },
    update: (id, update: ExchangeUpdate) => {
      const before = exchanges[id - 1];
      log.push(`update ${id} ${update.ended?.how ?? ''}`);
      if (before !== undefined && recorder.fault === undefined) exchanges[id - 1] = { ...before, ...update };
      return commit(id);
    },
    record: record => {
      const id = add(record);
      log.push(`record ${id}`);
      return commit(id);
    },
    settled: async count => {
      const deadline = performance.now() + PATIENCE_MS;
      while (exchanges.length < count || exchanges.some(({ ended }) => ended.how === 'open')) {
        if (performance.now() > deadline) throw new Error(`only ${exchanges.length} of ${count} exchanges settled`);
        await new Promise(resolve => setTimeout(resolve, 5));
      }
      return exchanges;
    },
  };
  return recorder;
}
