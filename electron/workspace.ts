import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { databasePath } from '../core/cli/database-path.ts';
import type { Deadline } from '../core/clock.ts';
import type { Failure } from '../core/contract/failure.ts';
import { type CoreKeeperOptions, createCoreKeeper, type PageContents } from './core-keeper.ts';
import type { FileDialogs } from './dialogs.ts';
import type { GivenFile } from './given-files.ts';
import type { StateFile } from './state-file.ts';
import type { DesktopTexts } from './texts/en.ts';
import { fill } from './texts/texts.ts';
import type { Voice } from './voice.ts';

/** The database the window works on: opened, changed for another, and traffic imported into it; logs that were given are shown to the page. */
export interface Workspace {
  /** At the start: the database that was given, else the one open last, else the operator's own. */
  begin(given: readonly GivenFile[]): void;
  /** Files that were double-clicked, dropped, or named by a second start. */
  take(files: readonly GivenFile[]): void;
  /** False where the operator chose none. */
  chooseDatabase(): Promise<boolean>;
  importTraffic(paths: readonly string[]): void;
  connect(page: PageContents): void;
  /** Of the open database; what went wrong inside stands in it. */
  logFile(): string;
  close(): Promise<void>;
}

export interface WorkspaceOptions extends Pick<CoreKeeperOptions, 'fork' | 'newChannel' | 'clock'> {
  readonly state: StateFile;
  readonly texts: DesktopTexts;
  readonly dialogs: Pick<FileDialogs, 'chooseDatabase'>;
  readonly voice: Voice;
  readonly page: {
    /** From its beginning: nothing of a database that was open before stays on the screen. */
    load(): void;
    showTraffic(): void;
    /** In the area Health. */
    showHealth(): void;
    /** Asks what is to be done with session logs, one after the other. */
    showLogs(paths: readonly string[]): void;
  };
  readonly quit: () => void;
}

/** Within it macOS has told of every file that was opened with one gesture. */
const GATHERED_MS = 200;

export function createWorkspace(options: WorkspaceOptions): Workspace {
  const { fork, newChannel, clock, state, texts, dialogs, voice, page, quit } = options;
  /** The last database that could be opened. */
  let good: string | undefined;
  const waiting: string[] = [];
  let gathering: Deadline | undefined;

  const keeper = createCoreKeeper({
    fork,
    newChannel,
    clock,
    onReady: ({ again, notServing }) => {
      good = keeper.database();
      if (good !== undefined) state.change({ database: good });
      if (again) voice.notify(texts.coreRestarted, fill(texts.coreRestartedText, { log: logFile() }));
      if (notServing !== null) void voice.fail(texts.notServing, notServing);
      void importWaiting();
    },
    onNotices: ({ notices, count }) => {
      const [first] = notices;
      const title = count === 1 && first !== undefined ? first.link : fill(texts.notices, { count });
      const lines = notices.map(({ link, sentence }) => (count === 1 ? sentence : `${link}: ${sentence}`));
      voice.notify(title, lines.join('\n'), page.showHealth);
    },
    onRefused: failure => void refused(failure),
    onGivenUp: end => void givenUp(end),
  });
  const logFile = () => `${keeper.database() ?? databasePath(undefined)}.log`;

  const open = (path: string) => {
    const file = databasePath(path);
    if (file === good && file === keeper.database()) return;
    page.load();
    void keeper.open(file);
  };
  const chooseDatabase = async () => {
    const path = await dialogs.chooseDatabase();
    if (path !== undefined) open(path);
    return path !== undefined;
  };

  const refused = async (failure: Failure) => {
    if (good !== undefined && good !== keeper.database()) {
      await voice.fail(texts.notOpened, failure);
      open(good);
      return;
    }
    const detail = `${failure.message}\n${failure.advice}`;
    const answer = await voice.ask(texts.notOpened, detail, [texts.chooseAnother, texts.quit]);
    if (answer !== 0 || !(await chooseDatabase())) quit();
  };

  const givenUp = async ({ deaths, code }: { readonly deaths: number; readonly code: number }) => {
    const detail = fill(texts.coreGivenUpText, { deaths, code, log: logFile() });
    const answer = await voice.ask(texts.coreGivenUp, detail, [texts.restart, texts.quit]);
    const database = keeper.database();
    if (answer === 0 && database !== undefined) void keeper.open(database);
    else quit();
  };

  const importWaiting = async () => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const file = basename(path);
      const outcome = await keeper.importFile(path);
      if (!outcome.ok) {
        await voice.fail(fill(texts.notImported, { file }), outcome.failure);
        continue;
      }
      const { exchanges, recognised, skipped } = outcome.value;
      const title = fill(texts.imported, { exchanges, file });
      voice.notify(title, fill(texts.importedText, { recognised, skipped: skipped.length }));
      page.showTraffic();
    }
  };
  const importTraffic = (paths: readonly string[]) => {
    waiting.push(...paths);
    // Before the core is ready they wait for it.
    if (good !== undefined && good === keeper.database()) void importWaiting();
  };

  const pathsOf = (files: readonly GivenFile[], kind: GivenFile['kind']) =>
    files.filter(file => file.kind === kind).map(({ path }) => path);
  const logs: string[] = [];
  /** Several that were opened together may be told one by one: they are shown at once, for each showing takes the place of the last. */
  const showLogs = (files: readonly GivenFile[]) => {
    const given = pathsOf(files, 'log');
    if (given.length === 0) return;
    logs.push(...given);
    gathering?.cancel();
    gathering = clock.deadline(GATHERED_MS, () => page.showLogs(logs.splice(0)));
  };

  return {
    begin(given) {
      const { database: last } = state.read();
      const kept = last !== undefined && existsSync(last) ? last : undefined;
      void keeper.open(databasePath(pathsOf(given, 'database').at(-1) ?? kept));
      importTraffic(pathsOf(given, 'traffic'));
      showLogs(given);
    },
    take(files) {
      const database = pathsOf(files, 'database').at(-1);
      if (database !== undefined) open(database);
      importTraffic(pathsOf(files, 'traffic'));
      showLogs(files);
    },
    chooseDatabase,
    importTraffic,
    connect: keeper.connect,
    logFile,
    close: () => {
      gathering?.cancel();
      return keeper.close();
    },
  };
}
