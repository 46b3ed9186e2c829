import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { PAGE_ADDRESS } from './address.ts';
import type { StateFile } from './state-file.ts';
import { type Bounds, placeWindow, SMALLEST } from './window-state.ts';

export interface WindowParts {
  readonly newWindow: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  readonly state: StateFile;
  /** Work areas of the displays, the primary one first. */
  readonly displays: () => readonly Bounds[];
  readonly preload: string;
  readonly dark: boolean;
}

/** A page with no more rights than one in a browser: what it gets beyond stands in the preload, by name. */
const PAGE_RIGHTS = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
} as const;

/** The background of the theme: nothing flashes before the page has drawn. */
const BACKGROUND = { light: '#f7f8f9', dark: '#12161c' };

/** Opens the window where it was left and keeps where it is left. */
export function openWindow({ newWindow, state, displays, preload, dark }: WindowParts): BrowserWindow {
  const kept = state.read().window;
  const window = newWindow({
    ...placeWindow(kept, displays()),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: 'OCPI Workbench',
    backgroundColor: dark ? BACKGROUND.dark : BACKGROUND.light,
    show: false,
    webPreferences: { ...PAGE_RIGHTS, preload },
  });
  window.once('ready-to-show', () => {
    if (kept?.maximized) window.maximize();
    window.show();
  });
  window.on('close', () =>
    state.change({ window: { bounds: window.getNormalBounds(), maximized: window.isMaximized() } }),
  );
  void window.loadURL(PAGE_ADDRESS);
  return window;
}

/** In front, from wherever it was. */
export function focusWindow(window: BrowserWindow) {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
