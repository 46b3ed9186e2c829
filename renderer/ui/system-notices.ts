/** Kept on this computer, for the browser that asked. */
const STORED = 'ocpi-workbench.system-notices';

/** `denied`: the browser was told never to show any, `missing`: it knows none. */
export type SystemNotices = 'on' | 'off' | 'denied' | 'missing';

/** What of a browser is needed, so that it can be another one. */
export interface NoticeBrowser {
  /** Absent where the browser has none. */
  readonly Notification?: typeof Notification;
  readonly localStorage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly document: Pick<Document, 'hasFocus' | 'visibilityState'>;
  focus(): void;
}

export function systemNotices({ Notification, localStorage }: NoticeBrowser): SystemNotices {
  if (Notification === undefined) return 'missing';
  if (Notification.permission === 'denied') return 'denied';
  return Notification.permission === 'granted' && localStorage.getItem(STORED) === 'on' ? 'on' : 'off';
}

/** Asks the browser for leave where it has not given it; the only place that does. */
export async function switchSystemNotices(browser: NoticeBrowser, on: boolean): Promise<SystemNotices> {
  const { Notification, localStorage } = browser;
  if (!on) localStorage.removeItem(STORED);
  else if (Notification !== undefined) {
    if (Notification.permission === 'default') await Notification.requestPermission();
    if (Notification.permission === 'granted') localStorage.setItem(STORED, 'on');
  }
  return systemNotices(browser);
}

export interface SystemNotice {
  readonly title: string;
  readonly text: string;
  /** The same from several tabs is shown once. */
  readonly tag: string;
  readonly onOpen: () => void;
}

/** Tells by the system, where that was switched on, and only what nobody looks at: a page in front shows it itself. */
export function tellBySystem(browser: NoticeBrowser, { title, text, tag, onOpen }: SystemNotice): boolean {
  const { Notification, document } = browser;
  if (Notification === undefined || systemNotices(browser) !== 'on') return false;
  if (document.visibilityState === 'visible' && document.hasFocus()) return false;
  const shown = new Notification(title, { body: text, tag });
  shown.onclick = () => {
    browser.focus();
    onOpen();
    shown.close();
  };
  return true;
}
