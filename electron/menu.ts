import type { MenuItemConstructorOptions } from 'electron';
import type { DesktopTexts } from './texts/en.ts';

export interface MenuActions {
  openDatabase(): void;
  importTraffic(): void;
  showLog(): void;
  openOutside(address: string): void;
}

export interface MenuOptions {
  readonly platform: NodeJS.Platform;
  readonly texts: DesktopTexts;
  /** Chromium's own tools stand in the menu of a start from the sources only. */
  readonly packaged: boolean;
  readonly actions: MenuActions;
}

const SPECIFICATION = 'https://github.com/ocpi/ocpi';
const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/** The native menu: the roles each system knows, in its own order and language, and what the workbench adds. */
export function menuTemplate({ platform, texts, packaged, actions }: MenuOptions): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  const file: MenuItemConstructorOptions = {
    label: texts.file,
    submenu: [
      { label: texts.openDatabase, accelerator: 'CmdOrCtrl+O', click: () => actions.openDatabase() },
      { label: texts.importTraffic, accelerator: 'CmdOrCtrl+I', click: () => actions.importTraffic() },
      SEPARATOR,
      isMac ? { role: 'close' } : { role: 'quit' },
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: texts.view,
    submenu: [
      { role: 'reload' },
      ...(packaged ? [] : [{ role: 'toggleDevTools' } as const]),
      SEPARATOR,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      SEPARATOR,
      { role: 'togglefullscreen' },
    ],
  };
  const help: MenuItemConstructorOptions = {
    label: texts.help,
    role: 'help',
    submenu: [
      { label: texts.specification, click: () => actions.openOutside(SPECIFICATION) },
      { label: texts.showLog, click: () => actions.showLog() },
      ...(isMac ? [] : [SEPARATOR, { role: 'about' } as const]),
    ],
  };
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    file,
    { label: texts.edit, role: 'editMenu' },
    view,
    { label: texts.window, role: 'windowMenu' },
    help,
  ];
}
