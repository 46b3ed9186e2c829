import type * as Electron from 'electron';
import type { BrowserWindow, Dialog, MessageBoxOptions } from 'electron';
import type { Failure } from '../core/contract/failure.ts';

/** How the desktop speaks outside of the page. */
export interface Voice {
  /** In passing: a notice of the system, where the system has them. */
  notify(title: string, body: string): void;
  /** Asks; the index of the button that was pressed. Escape presses the last. */
  ask(message: string, detail: string, buttons: readonly string[]): Promise<number>;
  fail(message: string, failure: Failure): Promise<void>;
}

export interface VoiceOptions {
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  readonly Notification: typeof Electron.Notification;
  readonly window: () => BrowserWindow | undefined;
}

export function createVoice({ dialog, Notification, window }: VoiceOptions): Voice {
  const ask = async (message: string, detail: string, buttons: readonly string[]): Promise<number> => {
    const options: MessageBoxOptions = {
      type: 'error',
      message,
      detail,
      buttons: [...buttons],
      cancelId: buttons.length - 1,
      noLink: true,
    };
    const owner = window();
    const answer = await (owner === undefined ? dialog.showMessageBox(options) : dialog.showMessageBox(owner, options));
    return answer.response;
  };
  return {
    notify(title, body) {
      if (Notification.isSupported()) new Notification({ title, body }).show();
    },
    ask,
    async fail(message, failure) {
      await ask(message, `${failure.message}\n${failure.advice}`.trim(), ['OK']);
    },
  };
}
