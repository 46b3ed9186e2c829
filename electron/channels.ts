/** What passes between the page's preload and the window's process; each is a named thing, none runs what it is told. */
export const CHANNELS = {
  /** The page listens for a port. */
  listening: 'workbench:listening',
  /** A port comes with it. */
  port: 'workbench:port',
  /** The core behind the last port is gone; the page is told, for Chromium does not. */
  gone: 'workbench:gone',
  /** Paths of files that were dropped on the page. */
  dropped: 'workbench:dropped',
  /** The page shall show its traffic. */
  showTraffic: 'workbench:show-traffic',
  chooseDatabase: 'workbench:choose-database',
  chooseTraffic: 'workbench:choose-traffic',
  saveText: 'workbench:save-text',
} as const;
