import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  Notification,
  nativeTheme,
  protocol,
  screen,
  session,
  shell,
  utilityProcess,
} from 'electron';
import { systemClock } from '../core/clock.ts';
import { startDesktop } from './desktop.ts';

/** Entry of the desktop: the one file that has Electron itself. */
startDesktop({
  electron: {
    app,
    BrowserWindow,
    dialog,
    ipcMain,
    Menu,
    MessageChannelMain,
    nativeTheme,
    Notification,
    protocol,
    screen,
    session,
    shell,
    utilityProcess,
  },
  clock: systemClock,
  folder: import.meta.dirname,
  argv: process.argv,
  platform: process.platform,
});
