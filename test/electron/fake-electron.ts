import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import type { BrowserWindowConstructorOptions, MenuItemConstructorOptions } from 'electron';
import type { ElectronParts } from '../../electron/desktop.ts';
import { type FakeChild, LiveChild } from './fake-child.ts';
import { FakeContents, refusable } from './fake-contents.ts';

export class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents();
  readonly options: BrowserWindowConstructorOptions;
  readonly loaded: string[] = [];
  readonly calls: string[] = [];
  minimized = false;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
  }

  loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    return Promise.resolve();
  }
  isMinimized = () => this.minimized;
  isMaximized = () => this.calls.includes('maximize');
  getNormalBounds = () => ({ x: 40, y: 50, width: 1000, height: 700 });
  restore = () => this.calls.push('restore');
  show = () => this.calls.push('show');
  focus = () => this.calls.push('focus');
  maximize = () => this.calls.push('maximize');

  closes() {
    this.emit('close');
    this.emit('closed');
  }
}

/** A notice of the system; `clicks` as a person does. */
export interface FakeNotice {
  readonly title: string;
  readonly body: string;
  clicks(): void;
}

/** What a system with Electron would do, as far as the desktop can tell. */
export interface FakeElectron {
  readonly parts: ElectronParts;
  readonly app: EventEmitter;
  readonly windows: readonly FakeWindow[];
  readonly children: readonly FakeChild[];
  readonly notices: readonly FakeNotice[];
  /** Message boxes that were shown. */
  readonly boxes: readonly { readonly message: string; readonly detail: string; readonly buttons: readonly string[] }[];
  readonly openedOutside: readonly string[];
  readonly shownInFolder: readonly string[];
  readonly forked: readonly { readonly script: string }[];
  readonly calls: readonly string[];
  menu(): readonly MenuItemConstructorOptions[];
  /** Electron is ready; resolves when the desktop has taken that up. */
  ready(): Promise<void>;
  /** What the next dialogs give back: paths for file dialogs, an index for message boxes. */
  answer(...answers: readonly (readonly string[] | number)[]): void;
  /** A message of the page's preload, from its main frame unless said. */
  sends(channel: string, from: FakeContents, given?: unknown, frame?: unknown): void;
  invokes(channel: string, from: FakeContents, given?: unknown, frame?: unknown): Promise<unknown>;
  /** Quits as Electron does, unless it is held back. */
  quit(): void;
  quitDone(): boolean;
}

export interface FakeElectronOptions {
  readonly userData: string;
  readonly first?: boolean;
  readonly languages?: readonly string[];
  readonly packaged?: boolean;
  readonly newChild?: () => FakeChild;
}

export function fakeElectron(options: FakeElectronOptions): FakeElectron {
  const { userData, first = true, languages = ['en-GB'], packaged = false, newChild = () => new LiveChild() } = options;
  const app = new EventEmitter();
  const ipc = new EventEmitter();
  const requests = new Map<string, (event: unknown, given: unknown) => Promise<unknown>>();
  const { promise: readiness, resolve: becomeReady } = Promise.withResolvers<void>();
  const windows: FakeWindow[] = [];
  const children: FakeChild[] = [];
  const notices: FakeNotice[] = [];
  const boxes: { message: string; detail: string; buttons: string[] }[] = [];
  const forked: { script: string }[] = [];
  const openedOutside: string[] = [];
  const shownInFolder: string[] = [];
  const calls: string[] = [];
  const answers: (readonly string[] | number)[] = [];
  let menu: MenuItemConstructorOptions[] = [];
  let quitDone = false;

  const quit = () => {
    calls.push('quit');
    const event = refusable({});
    app.emit('will-quit', event);
    if (!event.defaultPrevented) quitDone = true;
  };
  const last = <T>(given: readonly unknown[]) => given.at(-1) as T;
  const nextPaths = () => {
    const answer = answers.shift();
    return typeof answer === 'object' ? answer : [];
  };
  const frameOf = (from: FakeContents, frame: unknown) => ({
    sender: from,
    senderFrame: frame === undefined ? from.mainFrame : frame,
  });

  const parts = {
    app: Object.assign(app, {
      isPackaged: packaged,
      commandLine: { hasSwitch: (name: string) => name === 'user-data-dir' },
      getPath: () => userData,
      setPath: () => {},
      getPreferredSystemLanguages: () => languages,
      requestSingleInstanceLock: () => first,
      enableSandbox: () => calls.push('sandbox'),
      whenReady: () => readiness,
      quit,
    }),
    BrowserWindow: class extends FakeWindow {
      constructor(given: BrowserWindowConstructorOptions) {
        super(given);
        windows.push(this);
        app.emit('web-contents-created', {}, this.webContents);
      }
    },
    dialog: {
      showOpenDialog: async () => {
        const filePaths = nextPaths();
        return { canceled: filePaths.length === 0, filePaths };
      },
      showSaveDialog: async () => {
        const [filePath = ''] = nextPaths();
        return { canceled: filePath === '', filePath };
      },
      showMessageBox: async (...given: readonly unknown[]) => {
        boxes.push(last(given));
        const answer = answers.shift();
        return { response: typeof answer === 'number' ? answer : 0 };
      },
    },
    ipcMain: Object.assign(ipc, {
      handle: (channel: string, handler: (event: unknown, given: unknown) => Promise<unknown>) =>
        requests.set(channel, handler),
    }),
    Menu: {
      buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
      setApplicationMenu: (template: MenuItemConstructorOptions[]) => {
        menu = template;
      },
    },
    MessageChannelMain: MessageChannel,
    nativeTheme: { shouldUseDarkColors: false },
    Notification: class extends EventEmitter {
      static isSupported = () => true;
      readonly notice: { title: string; body: string };
      constructor(notice: { title: string; body: string }) {
        super();
        this.notice = notice;
      }
      show() {
        notices.push({ ...this.notice, clicks: () => this.emit('click') });
      }
    },
    protocol: {
      registerSchemesAsPrivileged: ([one]: readonly { scheme: string }[]) => calls.push(`scheme ${one?.scheme}`),
      handle: (scheme: string) => calls.push(`handle ${scheme}`),
    },
    screen: {
      getPrimaryDisplay: () => ({ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } }),
      getAllDisplays: () => [{ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
    },
    session: {
      defaultSession: {
        on: () => {},
        setPermissionRequestHandler: () => calls.push('session guarded'),
        setPermissionCheckHandler: () => {},
        setDevicePermissionHandler: () => {},
        setDisplayMediaRequestHandler: () => {},
        setSpellCheckerEnabled: () => {},
        webRequest: { onBeforeRequest: () => {} },
      },
    },
    shell: {
      openExternal: async (address: string) => openedOutside.push(address),
      showItemInFolder: (path: string) => shownInFolder.push(path),
    },
    utilityProcess: {
      fork: (script: string) => {
        forked.push({ script });
        const child = newChild();
        children.push(child);
        return child;
      },
    },
  };

  return {
    parts: parts as unknown as ElectronParts,
    app,
    windows,
    children,
    notices,
    boxes,
    openedOutside,
    shownInFolder,
    forked,
    calls,
    menu: () => menu,
    ready: async () => {
      becomeReady();
      await readiness;
      await Promise.resolve();
    },
    answer: (...given) => answers.push(...given),
    sends: (channel, from, given, frame) => ipc.emit(channel, frameOf(from, frame), given),
    invokes: async (channel, from, given, frame) => requests.get(channel)?.(frameOf(from, frame), given),
    quit,
    quitDone: () => quitDone,
  };
}
