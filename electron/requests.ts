import { basename } from 'node:path';
import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';
import * as z from 'zod';
import { isOurPage } from './address.ts';
import { CHANNELS } from './channels.ts';
import { type FileDialogs, readTexts } from './dialogs.ts';
import { type GivenFile, givenFile } from './given-files.ts';

const SaveText = z.object({ name: z.string().min(1).max(255), text: z.string() });
const Paths = z.array(z.string().min(1)).max(100);

export interface RequestOptions {
  readonly ipcMain: Pick<IpcMain, 'on' | 'handle'>;
  readonly dialogs: FileDialogs;
  readonly onListening: (page: WebContents) => void;
  readonly onDropped: (files: readonly GivenFile[]) => void;
  readonly chooseDatabase: () => Promise<boolean>;
  readonly onNotSaved: (file: string, reason: string) => void;
}

/** Answers what the preload may ask. Only the page itself is answered: no frame in it, no other page. */
export function answerRequests(options: RequestOptions) {
  const { ipcMain, dialogs, onListening, onDropped, chooseDatabase, onNotSaved } = options;
  ipcMain.on(CHANNELS.listening, event => {
    if (isFromPage(event)) onListening(event.sender);
  });
  ipcMain.on(CHANNELS.dropped, (event, given: unknown) => {
    const paths = Paths.safeParse(given);
    if (isFromPage(event) && paths.success) onDropped(paths.data.flatMap(path => givenFile(path) ?? []));
  });
  const answer = (channel: string, body: (given: unknown) => Promise<unknown>) =>
    ipcMain.handle(channel, async (event, given: unknown) => {
      if (!isFromPage(event)) throw new Error('only the workbench may ask for this');
      return body(given);
    });
  answer(CHANNELS.chooseDatabase, chooseDatabase);
  answer(CHANNELS.chooseTraffic, async () => readTexts(await dialogs.chooseTraffic()));
  answer(CHANNELS.saveText, async given => {
    const { name, text } = SaveText.parse(given);
    try {
      return (await dialogs.saveText(name, text)) !== undefined;
    } catch (error) {
      onNotSaved(basename(name), error instanceof Error ? error.message : String(error));
      return false;
    }
  });
}

function isFromPage({ senderFrame, sender }: IpcMainEvent | IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isOurPage(senderFrame.url);
}
