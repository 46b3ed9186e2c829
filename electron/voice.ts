import type * as Electron from 'electron';
import type { BrowserWindow, Dialog, MessageBoxOptions } from 'electron';
import type { Failure } from '../core/contract/failure.ts';

/** How the desktop speaks outside of the page. */
export interface Voice {
  /** In passing: a notice of the system, where the system has them. */
  notify(title: string, body: string, onClick?: () => void): void;
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
  /** One that nobody holds may be collected before it is clicked. */
  const shown = new Set<Electron.Notification>();
  return {
    notify(title, body, onClick) {
      if (!Notification.isSupported()) return;
      const notice = new Notification({ title, body });
      shown.add(notice);
      const forget = () => shown.delete(notice);
      notice.on('close', forget);
      notice.on('click', () => {
        forget();
        onClick?.();
      });
      notice.show();
    },
    ask,
    async fail(message, failure) {
      await ask(message, `${failure.message}\n${failure.advice}`.trim(), ['OK']);
    },
  };
}
