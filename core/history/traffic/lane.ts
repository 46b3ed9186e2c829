import { derivedFile, openTrafficFile, type TrafficFile } from './traffic-file.ts';

/** Runs one piece of work after the other, each on the same connection and as of one moment. */
export interface Lane {
  run<T>(work: (file: TrafficFile) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** `remade`: what is derived was made anew, so what was remembered of it is worth nothing. */
export function createLane(file: string, remade: () => void): Lane {
  let open: { readonly file: TrafficFile; readonly derived: string | undefined } | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const drop = () => {
    open?.file.close();
    open = undefined;
  };
  const current = (): TrafficFile => {
    const derived = derivedFile(file);
    if (open !== undefined && open.derived === derived) return open.file;
    if (open !== undefined) remade();
    drop();
    open = { file: openTrafficFile(file), derived };
    return open.file;
  };
  const asOfOneMoment = async <T>(work: (file: TrafficFile) => Promise<T>): Promise<T> => {
    const opened = current();
    const { database } = opened;
    database.exec('BEGIN');
    try {
      return await work(opened);
    } catch (error) {
      // Whatever it was, a connection opened anew is the cure that may help the next one.
      drop();
      throw error;
    } finally {
      if (database.open && database.inTransaction) database.exec('COMMIT');
    }
  };
  return {
    run(work) {
      const done = last.then(() => asOfOneMoment(work));
      // Whoever asked hears of a failure; the next question has its turn all the same.
      last = done.catch(() => {});
      return done;
    },
    async close() {
      await last;
      drop();
    },
  };
}
