import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import { CHANNELS } from '../../electron/channels.ts';
import { startDesktop } from '../../electron/desktop.ts';
import { FakeChild, type LiveChild } from './fake-child.ts';
import { type FakeElectron, type FakeElectronOptions, type FakeWindow, fakeElectron } from './fake-electron.ts';
import { clientOver } from './page-client.ts';

process.env['OCPI_WORKBENCH_KEYSTORE'] = 'file';

let folder: string;
let electron: FakeElectron;
const homeBefore = process.env['XDG_DATA_HOME'];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ocpi-workbench-desktop-'));
  process.env['XDG_DATA_HOME'] = join(folder, 'home');
});
afterEach(async () => {
  if (!electron.quitDone()) electron.quit();
  await expect.poll(() => electron.quitDone()).toBe(true);
  if (homeBefore === undefined) delete process.env['XDG_DATA_HOME'];
  else process.env['XDG_DATA_HOME'] = homeBefore;
  rmSync(folder, { recursive: true, force: true });
});

const path = (name: string) => join(folder, name);

/** Starts the desktop with files on its command line. */
function start(
  files: readonly string[] = [],
  { platform = 'linux', ...more }: Partial<FakeElectronOptions> & { readonly platform?: NodeJS.Platform } = {},
) {
  electron = fakeElectron({ userData: folder, ...more });
  const argv = ['/opt/workbench', '.', '--some-switch', ...files];
  startDesktop({ electron: electron.parts, clock: systemClock, folder: '/built', argv, platform });
}

function window(): FakeWindow {
  const last = electron.windows.at(-1);
  if (last === undefined) throw new Error('no window was opened');
  return last;
}

/** The page has loaded and listens; the contract over the port it is given. */
async function page() {
  const contents = window().webContents;
  const before = contents.sent.length;
  electron.sends(CHANNELS.listening, contents);
  await expect.poll(() => contents.sent.length).toBeGreaterThan(before);
  return clientOver(contents.sent.at(-1)?.ports[0] as MessagePort);
}

const openDatabase = async () => (await (await page()).platform.get()).database;

describe('a start of the desktop', () => {
  it('opens one window with the page, and the core on the database of the command line beside it', async () => {
    start([path('mine.db')]);
    await electron.ready();
    expect(electron.windows).toHaveLength(1);
    expect(window().loaded).toEqual(['app://workbench/']);
    expect(electron.forked).toEqual([{ script: '/built/core-main.js' }]);
    expect(await openDatabase()).toBe(path('mine.db'));
  });

  it('opens the operator’s own database where none is named, and the last one the next time', async () => {
    start();
    await electron.ready();
    expect(await openDatabase()).toBe(join(folder, 'home', 'ocpi-workbench', 'workbench.db'));
    electron.app.emit('open-file', { preventDefault: () => {} }, path('second.db'));
    await expect.poll(openDatabase).toBe(path('second.db'));
    electron.quit();
    await expect.poll(() => electron.quitDone()).toBe(true);

    start();
    await electron.ready();
    expect(await openDatabase()).toBe(path('second.db'));
  });

  it('gives the page no right beyond a browser’s: isolated, in the sandbox, without Node', async () => {
    start();
    expect(electron.calls).toContain('sandbox');
    await electron.ready();
    expect(window().options.webPreferences).toEqual({
      preload: '/built/preload.cjs',
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
    });
  });

  it('registers its scheme before Electron is ready, and guards session and pages before the first one loads', async () => {
    start();
    expect(electron.calls).toContain('scheme app');
    await electron.ready();
    expect(electron.calls).toEqual(expect.arrayContaining(['session guarded', 'handle app']));
    expect(window().webContents.goes('will-navigate', { url: 'https://example.org/' })).toBe(false);
    expect(window().webContents.opens('https://example.org/')).toBe('deny');
    expect(electron.openedOutside).toEqual(['https://example.org/']);
  });

  it('shows the window once there is something to see, and keeps where it is left', async () => {
    start();
    await electron.ready();
    expect(window().calls).toEqual([]);
    window().emit('ready-to-show');
    expect(window().calls).toEqual(['show']);
    window().closes();
    expect(JSON.parse(readFileSync(path('desktop.json'), 'utf8'))).toMatchObject({
      window: { bounds: { x: 40, y: 50, width: 1000, height: 700 }, maximized: false },
    });
  });
});

describe('a second start', () => {
  it('quits at once, leaving everything to the one that runs', async () => {
    start([], { first: false });
    expect(electron.calls).toEqual(['quit']);
    expect(electron.app.listenerCount('second-instance')).toBe(0);
    await electron.ready();
    expect(electron.windows).toEqual([]);
  });

  it('brings the window of the running one to the front, and opens there what it was given', async () => {
    start([path('first.db')]);
    await electron.ready();
    expect(await openDatabase()).toBe(path('first.db'));
    window().minimized = true;
    electron.app.emit('second-instance', {}, ['/opt/workbench', '--switch', 'second.ocpiworkbench'], folder);
    expect(window().calls).toEqual(['restore', 'show', 'focus']);
    await expect.poll(openDatabase).toBe(path('second.ocpiworkbench'));
    expect(electron.windows).toHaveLength(1);
  });

  it('leaves the core alone where the database it was given is open already', async () => {
    start([path('first.db')]);
    await electron.ready();
    await openDatabase();
    electron.app.emit('second-instance', {}, ['/opt/workbench', path('first.db')], folder);
    expect(await openDatabase()).toBe(path('first.db'));
    expect(electron.children).toHaveLength(1);
    expect(window().loaded).toHaveLength(1);
  });
});

describe('files from outside', () => {
  it('a database that was double-clicked before Electron is ready is the one that is opened', async () => {
    start();
    let prevented = false;
    const preventDefault = () => {
      prevented = true;
    };
    electron.app.emit('open-file', { preventDefault }, path('early.db'));
    await electron.ready();
    expect(prevented).toBe(true);
    expect(await openDatabase()).toBe(path('early.db'));
    expect(electron.children).toHaveLength(1);
  });

  it('a database that is dropped on the page is opened, and the page begins anew', async () => {
    start([path('first.db')]);
    await electron.ready();
    await openDatabase();
    electron.sends(CHANNELS.dropped, window().webContents, [path('dropped.db')]);
    await expect.poll(openDatabase).toBe(path('dropped.db'));
    expect(window().loaded).toEqual(['app://workbench/', 'app://workbench/']);
  });

  it('session logs are asked about in the page, which stays as it is; double-clicked at the start or dropped later', async () => {
    start([path('first.db'), path('monday ä.ocpilog'), path('tuesday.ocpilog')]);
    await electron.ready();
    expect(await openDatabase()).toBe(path('first.db'));
    const asked = (...names: readonly string[]) =>
      `app://workbench/#/logs?open=${encodeURIComponent(JSON.stringify(names.map(path)))}`;
    await expect
      .poll(() => window().loaded)
      .toEqual(['app://workbench/', asked('monday ä.ocpilog', 'tuesday.ocpilog')]);
    // One by one, as macOS tells of them: none takes the place of another.
    electron.sends(CHANNELS.dropped, window().webContents, [path('dropped.ocpilog'), path('beside.ocpilog')]);
    electron.sends(CHANNELS.dropped, window().webContents, [path('last.ocpilog')]);
    await expect.poll(() => window().loaded.at(-1)).toBe(asked('dropped.ocpilog', 'beside.ocpilog', 'last.ocpilog'));
    expect(window().loaded).toHaveLength(3);
    expect(electron.children).toHaveLength(1);
  });

  it('what is neither a database, traffic nor a log is left alone', async () => {
    start([path('first.db')]);
    await electron.ready();
    await openDatabase();
    electron.sends(CHANNELS.dropped, window().webContents, [path('notes.txt'), path('run.sh')]);
    electron.sends(CHANNELS.dropped, window().webContents, 'no list');
    expect(electron.children.flatMap(child => child.heard.map(({ kind }) => kind))).toEqual(['open', 'connect']);
  });

  it('traffic that is dropped goes to the core to be imported, also before the core is ready', async () => {
    const child = new FakeChild();
    start([path('early.har')], { newChild: () => child });
    await electron.ready();
    expect(child.heard.map(({ kind }) => kind)).toEqual(['open']);
    child.tells({ kind: 'ready', notServing: null });
    expect(child.heard.at(-1)).toMatchObject({ kind: 'import', path: path('early.har') });
    const value = { format: 'har' as const, link: 'early', exchanges: 7, recognised: 5, skipped: [] };
    child.tells({ kind: 'imported', ask: 1, outcome: { ok: true, value } });
    await expect.poll(() => electron.notices).toHaveLength(1);
    expect(electron.notices[0]?.title).toBe('7 exchanges imported from early.har');
    expect(window().webContents.sent).toContainEqual({ channel: CHANNELS.showTraffic, ports: [] });

    electron.sends(CHANNELS.dropped, window().webContents, [path('late.jsonl')]);
    const failure = { code: 'INVALID_INPUT', message: 'line 3 is no JSON', advice: 'Correct it.' } as const;
    child.tells({ kind: 'imported', ask: 2, outcome: { ok: false, failure } });
    await expect.poll(() => electron.boxes).toHaveLength(1);
    expect(electron.boxes[0]).toMatchObject({
      message: 'late.jsonl was not imported',
      detail: 'line 3 is no JSON\nCorrect it.',
    });
    setImmediate(() => child.ends(0));
  });

  it('a database that cannot be opened is named with its reason, and the one before is open again', async () => {
    writeFileSync(path('broken.db'), 'this is no database, however long the text in it may be');
    start([path('good.db')]);
    await electron.ready();
    await openDatabase();
    electron.app.emit('open-file', { preventDefault: () => {} }, path('broken.db'));
    await expect.poll(() => electron.boxes).toHaveLength(1);
    expect(electron.boxes[0]?.message).toBe('The database was not opened');
    await expect.poll(openDatabase).toBe(path('good.db'));
  });

  it('where no database can be opened, another may be chosen', async () => {
    writeFileSync(path('broken.db'), 'this is no database, however long the text in it may be');
    start([path('broken.db')]);
    electron.answer(0, [path('other.db')]);
    await electron.ready();
    expect(await openDatabase()).toBe(path('other.db'));
    expect(electron.boxes[0]?.buttons).toEqual(['Choose Another…', 'Quit']);
  });
});

describe('a notice of something that is over its threshold', () => {
  const told = { link: 'Acme', sentence: 'Nothing has been heard since yesterday.' };

  it('is one of the system’s, and opens the area Health when it is clicked, the window too where it was closed', async () => {
    const child = new FakeChild();
    start([path('mine.db')], { newChild: () => child, platform: 'darwin' });
    await electron.ready();
    child.tells({ kind: 'ready', notServing: null });
    child.tells({ kind: 'notices', fresh: { notices: [told], count: 1 } });
    expect(electron.notices).toMatchObject([{ title: 'Acme', body: told.sentence }]);
    window().closes();
    electron.notices[0]?.clicks();
    expect(electron.windows).toHaveLength(2);
    expect(window().loaded).toEqual(['app://workbench/', 'app://workbench/#/health']);
    setImmediate(() => child.ends(0));
  });

  it('stands for all that came at once, with their number', async () => {
    const child = new FakeChild();
    start([path('mine.db')], { newChild: () => child });
    await electron.ready();
    child.tells({ kind: 'notices', fresh: { notices: [told, { ...told, link: 'Volt' }], count: 1234 } });
    expect(electron.notices).toMatchObject([
      { title: '1234 new notices', body: `Acme: ${told.sentence}\nVolt: ${told.sentence}` },
    ]);
    setImmediate(() => child.ends(0));
  });
});

describe('a core that dies', () => {
  it('is started again with a notice that names the log, and the page speaks with the new one', async () => {
    start([path('mine.db')]);
    await electron.ready();
    const before = await page();
    await before.links.invite({ name: 'Acme' });
    // The live core in the test's own process cannot be killed; it is closed, and its end comes as a surprise.
    const core = electron.children[0] as LiveChild;
    core.exitCode = 1;
    core.postMessage({ kind: 'close' });
    await expect.poll(() => electron.children.length).toBe(2);
    await expect.poll(() => electron.notices).toHaveLength(1);
    expect(electron.notices[0]?.body).toContain(`${path('mine.db')}.log`);
    const port = window().webContents.sent.at(-1)?.ports[0] as MessagePort;
    expect(await clientOver(port).links.list()).toMatchObject([{ name: 'Acme' }]);
  });
});

describe('what the page may ask for', () => {
  it('is answered to the page itself only, not to a frame in it or to another page', async () => {
    const child = new FakeChild();
    start([], { newChild: () => child });
    await electron.ready();
    child.tells({ kind: 'ready', notServing: null });
    const contents = window().webContents;
    electron.sends(CHANNELS.listening, contents, undefined, { url: 'app://workbench/' });
    electron.sends(CHANNELS.listening, contents, undefined, null);
    contents.mainFrame.url = 'https://example.org/';
    electron.sends(CHANNELS.listening, contents);
    electron.sends(CHANNELS.dropped, contents, [path('x.db')]);
    expect(contents.sent).toEqual([]);
    expect(electron.children).toHaveLength(1);
    for (const channel of [CHANNELS.chooseDatabase, CHANNELS.chooseTraffic, CHANNELS.saveText]) {
      await expect(electron.invokes(channel, contents, { name: 'a', text: 'b' })).rejects.toThrow('only the workbench');
    }
    setImmediate(() => child.ends(0));
  });

  it('reads the traffic files the operator chooses, and gives their names and texts, not their folders', async () => {
    start();
    await electron.ready();
    writeFileSync(path('one.har'), '{"log":{}}');
    electron.answer([path('one.har')]);
    const files = await electron.invokes(CHANNELS.chooseTraffic, window().webContents);
    expect(files).toEqual([{ name: 'one.har', text: '{"log":{}}' }]);
    expect(await electron.invokes(CHANNELS.chooseTraffic, window().webContents)).toEqual([]);
  });

  it('saves a text where the operator says, and tells when that was not possible', async () => {
    start();
    await electron.ready();
    const save = () => electron.invokes(CHANNELS.saveText, window().webContents, { name: 'log.jsonl', text: 'hello' });
    electron.answer([path('saved.jsonl')]);
    expect(await save()).toBe(true);
    expect(readFileSync(path('saved.jsonl'), 'utf8')).toBe('hello');
    expect(await save()).toBe(false);
    electron.answer([path('no/such/folder.jsonl')]);
    expect(await save()).toBe(false);
    expect(electron.boxes.at(-1)?.message).toBe('log.jsonl was not saved');
    expect(existsSync(path('no'))).toBe(false);
  });

  it('opens a database the operator chooses, and none where the choice is broken off', async () => {
    start([path('first.db')]);
    await electron.ready();
    await openDatabase();
    expect(await electron.invokes(CHANNELS.chooseDatabase, window().webContents)).toBe(false);
    electron.answer([path('chosen.db')]);
    expect(await electron.invokes(CHANNELS.chooseDatabase, window().webContents)).toBe(true);
    await expect.poll(openDatabase).toBe(path('chosen.db'));
  });
});

describe('the end', () => {
  it('comes with the last window, after the core has closed its database', async () => {
    start([path('mine.db')]);
    await electron.ready();
    await openDatabase();
    window().closes();
    electron.app.emit('window-all-closed');
    expect(electron.quitDone()).toBe(false);
    await expect.poll(() => electron.quitDone()).toBe(true);
    expect(existsSync(`${path('mine.db')}-wal`)).toBe(false);
  });

  it('does not come with the last window on macOS, where the window opens again', async () => {
    start([path('mine.db')], { platform: 'darwin' });
    await electron.ready();
    window().closes();
    electron.app.emit('window-all-closed');
    expect(electron.calls).not.toContain('quit');
    electron.app.emit('activate');
    expect(electron.windows).toHaveLength(2);
    expect(await openDatabase()).toBe(path('mine.db'));
  });
});
