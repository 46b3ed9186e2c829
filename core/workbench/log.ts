import pino from 'pino';

/** The workbench's own log, beside its database: what went wrong inside, never what partners sent. */
export interface Log {
  trouble(what: string, error: unknown): void;
  close(): void;
}

export function openLog(database: string): Log {
  const destination = pino.destination({ dest: `${database}.log`, append: true, sync: true, mode: 0o600 });
  // A full disk must not take the workbench down with its log.
  destination.on('error', () => {});
  const logger = pino({ base: { pid: process.pid } }, destination);
  return {
    // Class and place of an error are enough to find a defect; its message may quote what a partner sent.
    trouble: (what, error) => {
      const name = error instanceof Error ? error.name : typeof error;
      const stack = error instanceof Error ? error.stack?.split('\n').filter(line => /^\s+at /.test(line)) : undefined;
      logger.error({ name, stack }, what);
    },
    close: () => destination.end(),
  };
}
