import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CHANNELS } from '../../electron/channels.ts';
import type { DesktopApi } from '../../electron/preload.ts';

/** Electron's side of a sandboxed preload, as far as ours uses it. */
const electron = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  sent: [] as unknown[][],
  invoked: [] as unknown[][],
  hears: new Map<string, (event: { readonly ports: readonly unknown[] }) => void>(),
}));
vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, api: unknown) => electron.exposed.set(name, api) },
  ipcRenderer: {
    send: (...message: unknown[]) => electron.sent.push(message),
    invoke: async (...message: unknown[]) => electron.invoked.push(message),
    on: (channel: string, listener: (event: { readonly ports: readonly unknown[] }) => void) =>
      electron.hears.set(channel, listener),
  },
  webUtils: { getPathForFile: (file: { readonly path: string }) => file.path },
}));

class FakePage extends EventTarget {
  readonly location = { origin: 'app://workbench', hash: '#/partners' };
  readonly posted: unknown[][] = [];
  postMessage(...message: unknown[]) {
    this.posted.push(message);
  }
  says(data: unknown, source: unknown = this) {
    this.dispatchEvent(Object.assign(new Event('message'), { data, source }));
  }
  drops(files: readonly { readonly path: string }[], takenBy?: 'page'): Event {
    const event = Object.assign(new Event('drop', { cancelable: true }), { dataTransfer: { files, types: ['Files'] } });
    if (takenBy === 'page') event.preventDefault();
    this.dispatchEvent(event);
    return event;
  }
}

let page: FakePage;
beforeEach(async () => {
  page = new FakePage();
  vi.stubGlobal('window', page);
  vi.resetModules();
  electron.sent.length = 0;
  electron.invoked.length = 0;
  await import('../../electron/preload.ts');
});
afterEach(() => vi.unstubAllGlobals());

describe('what the preload gives the page', () => {
  it('is a handful of named dialogs, and nothing else', () => {
    expect([...electron.exposed.keys()]).toEqual(['ocpiWorkbench']);
    expect(Object.keys(electron.exposed.get('ocpiWorkbench') ?? {}).sort()).toEqual([
      'chooseDatabase',
      'chooseTraffic',
      'desktop',
      'saveText',
    ]);
  });

  it('lets a page ask for no more than a name and a text to be saved', async () => {
    const api = electron.exposed.get('ocpiWorkbench') as DesktopApi;
    await api.saveText({ name: 'a.txt', text: 'hello', path: '/etc/passwd' } as Parameters<DesktopApi['saveText']>[0]);
    await api.chooseTraffic();
    expect(electron.invoked).toEqual([[CHANNELS.saveText, { name: 'a.txt', text: 'hello' }], [CHANNELS.chooseTraffic]]);
  });

  it('asks for a port when the page says that it listens, and for nobody else', () => {
    page.says('ocpi-workbench-listening', {});
    page.says('something else');
    expect(electron.sent).toEqual([]);
    page.says('ocpi-workbench-listening');
    expect(electron.sent).toEqual([[CHANNELS.listening]]);
  });

  it('hands a port over to the page’s own origin, and a new one whenever it comes', () => {
    for (const port of ['first', 'second']) electron.hears.get(CHANNELS.port)?.({ ports: [port] });
    expect(page.posted).toEqual([
      ['ocpi-workbench-port', 'app://workbench', ['first']],
      ['ocpi-workbench-port', 'app://workbench', ['second']],
    ]);
  });

  it('tells the page that the core behind its port is gone, which Chromium does not', () => {
    electron.hears.get(CHANNELS.gone)?.({ ports: [] });
    expect(page.posted).toEqual([['ocpi-workbench-gone', 'app://workbench']]);
  });

  it('shows the traffic when traffic was imported', () => {
    electron.hears.get(CHANNELS.showTraffic)?.({ ports: [] });
    expect(page.location.hash).toBe('#/traffic');
  });

  it('passes on the paths of files that were dropped, unless a view of the page took them', () => {
    expect(page.drops([{ path: '/a/one.har' }, { path: '' }]).defaultPrevented).toBe(true);
    page.drops([{ path: '/a/two.har' }], 'page');
    page.drops([{ path: '' }]);
    expect(electron.sent).toEqual([[CHANNELS.dropped, ['/a/one.har']]]);
  });
});
