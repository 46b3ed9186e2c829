import { join } from 'node:path';
import type * as Electron from 'electron';
import type { Clock } from '../core/clock.ts';
import { pageFolder } from '../core/loopback/page/files.ts';
import { PAGE_ADDRESS, PAGE_SCHEME } from './address.ts';
import { CHANNELS } from './channels.ts';
import { createFileDialogs } from './dialogs.ts';
import { filesOfCommandLine, type GivenFile, givenFile } from './given-files.ts';
import { menuTemplate } from './menu.ts';
import { guardNavigation } from './navigation.ts';
import { answerPage, PAGE_PRIVILEGES } from './page-protocol.ts';
import { answerRequests } from './requests.ts';
import { guardSession } from './session-policy.ts';
import { createStateFile } from './state-file.ts';
import { fill, textsFor } from './texts/texts.ts';
import { createVoice } from './voice.ts';
import { focusWindow, openWindow } from './window.ts';
import { createWorkspace } from './workspace.ts';

/** The parts of Electron the desktop is made of. */
export type ElectronParts = Pick<
  typeof Electron,
  | 'app'
  | 'BrowserWindow'
  | 'dialog'
  | 'ipcMain'
  | 'Menu'
  | 'MessageChannelMain'
  | 'nativeTheme'
  | 'Notification'
  | 'protocol'
  | 'screen'
  | 'session'
  | 'shell'
  | 'utilityProcess'
>;

export interface DesktopOptions {
  readonly electron: ElectronParts;
  readonly clock: Clock;
  /** Folder of the built files: preload.cjs and core-main.js lie in it. */
  readonly folder: string;
  readonly argv: readonly string[];
  readonly platform: NodeJS.Platform;
}

/** A page that crashes again so soon is left as it is: it would only crash once more. */
const CALM_MS = 10_000;

/** The whole desktop: called once, before Electron is ready. */
export function startDesktop({ electron, clock, folder, argv, platform }: DesktopOptions): void {
  const { app, dialog, shell } = electron;
  // Beside the databases, whatever the application is called; a start for a test brings a folder of its own.
  if (!app.commandLine.hasSwitch('user-data-dir')) {
    app.setPath('userData', join(app.getPath('appData'), 'ocpi-workbench', 'desktop'));
  }
  if (!app.requestSingleInstanceLock()) {
    // The one that runs is told what this one was given.
    app.quit();
    return;
  }
  electron.protocol.registerSchemesAsPrivileged([PAGE_PRIVILEGES]);
  app.enableSandbox();

  const state = createStateFile(join(app.getPath('userData'), 'desktop.json'));
  const texts = textsFor(app.getPreferredSystemLanguages());
  let window: Electron.BrowserWindow | undefined;
  /** What was given before Electron was ready. */
  let early: GivenFile[] | undefined = filesOfCommandLine(argv, process.cwd());
  const openOutside = (address: string) => void shell.openExternal(address);
  const voice = createVoice({ dialog, Notification: electron.Notification, window: () => window });
  const dialogs = createFileDialogs({ dialog, texts, window: () => window });
  const workspace = createWorkspace({
    fork: () =>
      electron.utilityProcess.fork(join(folder, 'core-main.js'), [], {
        serviceName: 'OCPI Workbench core',
        stdio: app.isPackaged ? 'ignore' : 'inherit',
      }),
    newChannel: () => new electron.MessageChannelMain(),
    clock,
    state,
    texts,
    dialogs,
    voice,
    page: {
      load: () => void window?.loadURL(PAGE_ADDRESS),
      showTraffic: () => window?.webContents.send(CHANNELS.showTraffic),
      showHealth: () => {
        showWindow();
        void window?.loadURL(`${PAGE_ADDRESS}#/health`);
      },
      showLogs: paths => {
        showWindow();
        // Another place in the same page: one that is there already stays as it is.
        void window?.loadURL(`${PAGE_ADDRESS}#/logs?open=${encodeURIComponent(JSON.stringify(paths))}`);
      },
    },
    quit: () => app.quit(),
  });

  const workAreas = () => {
    const primary = electron.screen.getPrimaryDisplay();
    const others = electron.screen.getAllDisplays().filter(({ id }) => id !== primary.id);
    return [primary, ...others].map(({ workArea }) => workArea);
  };
  const showWindow = () => {
    if (window !== undefined) {
      focusWindow(window);
      return;
    }
    const made = openWindow({
      newWindow: options => new electron.BrowserWindow(options),
      state,
      displays: workAreas,
      preload: join(folder, 'preload.cjs'),
      dark: electron.nativeTheme.shouldUseDarkColors,
    });
    window = made;
    made.on('closed', () => {
      window = undefined;
    });
    let crashedAt = Number.NEGATIVE_INFINITY;
    made.webContents.on('render-process-gone', (_event, { reason }) => {
      const calm = clock.elapsed() - crashedAt > CALM_MS;
      crashedAt = clock.elapsed();
      if (reason !== 'clean-exit' && calm) void made.loadURL(PAGE_ADDRESS);
    });
  };
  const take = (files: readonly GivenFile[]) => {
    if (early === undefined) workspace.take(files);
    else early.push(...files);
  };

  app.on('open-file', (event, path) => {
    event.preventDefault();
    take([givenFile(path) ?? []].flat());
  });
  app.on('second-instance', (_event, arguments_, workingFolder) => {
    if (early === undefined) showWindow();
    take(filesOfCommandLine(arguments_, workingFolder));
  });
  app.on('web-contents-created', (_event, contents) => guardNavigation(contents, openOutside));
  app.on('activate', () => {
    if (early === undefined) showWindow();
  });
  app.on('window-all-closed', () => {
    // On macOS an application without a window goes on: partners are answered still.
    if (platform !== 'darwin') app.quit();
  });
  let ended = false;
  app.on('will-quit', event => {
    if (ended) return;
    // The core first closes its database.
    event.preventDefault();
    void workspace.close().then(() => {
      ended = true;
      app.quit();
    });
  });

  void app.whenReady().then(() => {
    guardSession(electron.session.defaultSession);
    electron.protocol.handle(PAGE_SCHEME, answerPage(pageFolder()));
    const actions = {
      openDatabase: () => void workspace.chooseDatabase(),
      importTraffic: () => void dialogs.chooseTraffic().then(workspace.importTraffic),
      showLog: () => shell.showItemInFolder(workspace.logFile()),
      openOutside,
    };
    const menu = menuTemplate({ platform, texts, packaged: app.isPackaged, actions });
    electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate(menu));
    answerRequests({
      ipcMain: electron.ipcMain,
      dialogs,
      onListening: workspace.connect,
      onDropped: workspace.take,
      chooseDatabase: workspace.chooseDatabase,
      onNotSaved: (file, reason) => void voice.ask(fill(texts.notSaved, { file }), reason, ['OK']),
    });
    const given = early ?? [];
    early = undefined;
    showWindow();
    workspace.begin(given);
  });
}
