import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '..', '..', 'core', 'cli', 'main.ts');

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that goes on: what its one line told. */
export interface Listening {
  readonly port: number;
  readonly pid: number;
  /** Ends it with a signal; resolves with its exit code and output. */
  stop(signal?: NodeJS.Signals): Promise<Finished>;
}

export interface Serving extends Listening {
  readonly versionsUrl: string;
}

export interface ShowingPage extends Listening {
  readonly url: string;
}

/** A person's shell: a folder of its own, the real command in real processes. */
export interface Shell {
  readonly folder: string;
  /** The database every command gets unless it names one. */
  readonly db: string;
  wb(...args: readonly string[]): Promise<Finished>;
  /** One that takes its time: `interrupt` is Ctrl+C, `printed` what it wrote to standard output so far. */
  begin(...args: readonly string[]): { readonly finished: Promise<Finished>; interrupt(): void; printed(): string };
  /** With --json, parsed; throws when standard output is not one JSON document. */
  json(...args: readonly string[]): Promise<{ readonly code: number | null; readonly document: unknown }>;
  serve(...args: readonly string[]): Promise<Serving>;
  /** `wb ui`, which opens no browser. */
  ui(...args: readonly string[]): Promise<ShowingPage>;
  /** `wb log open`, which opens no browser and takes no database. */
  openLog(file: string, ...args: readonly string[]): Promise<ShowingPage>;
  /** `wb sandbox`, which gets no database unless it names one. */
  sandbox(...args: readonly string[]): Promise<Serving>;
  close(): Promise<void>;
}

/** `program` is what Node runs as `wb`: the sources unless said. */
export function openShell(program: readonly string[] = [MAIN]): Shell {
  const folder = mkdtempSync(join(tmpdir(), 'ocpi-workbench-cli-'));
  const db = join(folder, 'workbench.db');
  const children = new Set<ChildProcess>();
  const withDb = (args: readonly string[]) => (args.includes('--db') ? args : [...args, '--db', db]);

  const start = (args: readonly string[]) => {
    const child = spawn(process.execPath, [...program, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, OCPI_WORKBENCH_KEYSTORE: 'file' },
    });
    children.add(child);
    const out = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      out.stderr += text;
    });
    const finished = new Promise<Finished>(resolve => {
      child.on('close', code => {
        children.delete(child);
        resolve({ code, ...out });
      });
    });
    return { child, out, finished };
  };

  const listen = async <T extends Listening>(args: readonly string[]): Promise<T> => {
    const { child, out, finished } = start(args);
    const line = await new Promise<string>((resolve, reject) => {
      child.stdout?.on('data', () => {
        if (out.stdout.includes('\n')) resolve(out.stdout);
      });
      void finished.then(({ code, stderr }) => reject(new Error(`${args[0]} ended with ${code}: ${stderr}`)));
    });
    const stop: Listening['stop'] = (signal = 'SIGINT') => {
      child.kill(signal);
      return finished;
    };
    return { ...(JSON.parse(line) as T), stop };
  };

  const wb: Shell['wb'] = (...args) => start(withDb(args)).finished;
  return {
    folder,
    db,
    wb,
    begin: (...args) => {
      const { child, out, finished } = start(withDb(args));
      return { finished, interrupt: () => void child.kill('SIGINT'), printed: () => out.stdout };
    },
    json: async (...args) => {
      const { code, stdout } = await wb(...args, '--json');
      return { code, document: JSON.parse(stdout) as unknown };
    },
    serve: (...args) => listen(withDb(['serve', ...args])),
    ui: (...args) => listen(withDb(['ui', '--no-open', ...args])),
    openLog: (file, ...args) => listen(['log', 'open', file, '--no-open', ...args]),
    sandbox: (...args) => listen(['sandbox', ...args]),
    close: async () => {
      const ends = [...children].map(child => new Promise(resolve => child.once('close', resolve)));
      for (const child of children) child.kill('SIGKILL');
      await Promise.all(ends);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
