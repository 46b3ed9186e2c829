import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { CHANNELS } from './channels.ts';

/** A file of traffic as the page imports it. */
export interface TrafficFile {
  readonly name: string;
  readonly text: string;
}

/** `window.ocpiWorkbench` of the desktop's page: named dialogs, and nothing that takes a path or a command. */
export interface DesktopApi {
  readonly desktop: true;
  /** Another database is opened in place of this one; false where none was chosen. */
  chooseDatabase(): Promise<boolean>;
  chooseTraffic(): Promise<readonly TrafficFile[]>;
  /** Into a file the operator chooses; false where none was. */
  saveText(file: { readonly name: string; readonly text: string }): Promise<boolean>;
}

const api: DesktopApi = {
  desktop: true,
  chooseDatabase: () => ipcRenderer.invoke(CHANNELS.chooseDatabase),
  chooseTraffic: () => ipcRenderer.invoke(CHANNELS.chooseTraffic),
  saveText: ({ name, text }) => ipcRenderer.invoke(CHANNELS.saveText, { name: String(name), text: String(text) }),
};
contextBridge.exposeInMainWorld('ocpiWorkbench', api);

// The page says that it listens; only then can a port reach it. The port of a core that was started again comes unasked.
window.addEventListener('message', event => {
  if (event.source === window && event.data === 'ocpi-workbench-listening') ipcRenderer.send(CHANNELS.listening);
});
ipcRenderer.on(CHANNELS.port, event => {
  window.postMessage('ocpi-workbench-port', window.location.origin, [...event.ports]);
});
ipcRenderer.on(CHANNELS.gone, () => window.postMessage('ocpi-workbench-gone', window.location.origin));
ipcRenderer.on(CHANNELS.showTraffic, () => {
  window.location.hash = '#/traffic';
});

// A drop that a view of the page takes itself (its import) is its own.
window.addEventListener('dragover', event => {
  if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
});
window.addEventListener('drop', event => {
  const files = [...(event.dataTransfer?.files ?? [])];
  if (event.defaultPrevented || files.length === 0) return;
  event.preventDefault();
  const paths = files.map(file => webUtils.getPathForFile(file)).filter(path => path !== '');
  if (paths.length > 0) ipcRenderer.send(CHANNELS.dropped, paths);
});
