import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { BrowserWindow, Dialog, OpenDialogOptions } from 'electron';
import { DATABASE_EXTENSIONS, TRAFFIC_EXTENSIONS } from './given-files.ts';
import type { DesktopTexts } from './texts/en.ts';

export interface FileDialogs {
  /** The path of a database to open; undefined where none was chosen. */
  chooseDatabase(): Promise<string | undefined>;
  /** Paths of traffic to import. */
  chooseTraffic(): Promise<readonly string[]>;
  /** Writes a text into the file that is chosen: its path, undefined where none was; a disk's refusal is thrown. */
  saveText(name: string, text: string): Promise<string | undefined>;
}

export interface FileDialogOptions {
  readonly dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>;
  readonly texts: DesktopTexts;
  readonly window: () => BrowserWindow | undefined;
}

export function createFileDialogs({ dialog, texts, window }: FileDialogOptions): FileDialogs {
  const open = async (options: OpenDialogOptions): Promise<readonly string[]> => {
    const owner = window();
    const answer = await (owner === undefined ? dialog.showOpenDialog(options) : dialog.showOpenDialog(owner, options));
    return answer.canceled ? [] : answer.filePaths;
  };
  return {
    chooseDatabase: async () => {
      const filters = [{ name: texts.databaseFiles, extensions: DATABASE_EXTENSIONS }];
      const [path] = await open({ title: texts.openDatabase, properties: ['openFile', 'promptToCreate'], filters });
      return path;
    },
    chooseTraffic: () =>
      open({
        title: texts.importTraffic,
        properties: ['openFile', 'multiSelections'],
        filters: [{ name: texts.trafficFiles, extensions: TRAFFIC_EXTENSIONS }],
      }),
    saveText: async (name, text) => {
      // Only a name may be proposed: the page does not choose folders.
      const options = { defaultPath: basename(name), filters: [{ name: texts.textFiles, extensions: ['*'] }] };
      const owner = window();
      const answer = await (owner === undefined
        ? dialog.showSaveDialog(options)
        : dialog.showSaveDialog(owner, options));
      if (answer.canceled || answer.filePath === '') return undefined;
      await writeFile(answer.filePath, text, { mode: 0o600 });
      return answer.filePath;
    },
  };
}

/** What a page holds as one text. Larger files are imported through the menu, which reads them in the core's process. */
const LARGEST_TEXT = 64 * 1024 * 1024;

/** Files as the page imports them: name and text. */
export function readTexts(paths: readonly string[]): Promise<{ name: string; text: string }[]> {
  return Promise.all(
    paths.map(async path => {
      const name = basename(path);
      const { size } = await stat(path);
      if (size > LARGEST_TEXT) throw new RangeError(`${name} has ${size} bytes, more than ${LARGEST_TEXT}`);
      return { name, text: await readFile(path, 'utf8') };
    }),
  );
}
