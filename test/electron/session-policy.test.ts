import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type GuardedSession, guardSession } from '../../electron/session-policy.ts';
import { refusable } from './fake-contents.ts';

/** Every permission that Electron 45 knows. */
const PERMISSIONS =
  'ar automatic-fullscreen background-fetch background-sync captured-surface-control clipboard-read clipboard-sanitized-write deprecated-sync-clipboard-read display-capture fileSystem fullscreen geolocation geolocation-approximate hand-tracking hid idle-detection keyboardLock local-fonts local-network local-network-access loopback-network media mediaKeySystem midi midiSysex nfc notifications openExternal payment-handler periodic-background-sync persistent-storage pointerLock screen-wake-lock sensors serial smart-card speaker-selection storage-access system-wake-lock top-level-storage-access usb vr web-app-installation web-printing window-management unknown'.split(
    ' ',
  );
const COPYING = 'clipboard-sanitized-write';

type Handler<Name extends keyof GuardedSession> = GuardedSession[Name] extends (handler: infer H) => unknown
  ? NonNullable<H>
  : never;

/** Chromium's side of a session: asks the handlers it was given. */
function guarded() {
  const events = new EventEmitter();
  const handlers = new Map<string, unknown>();
  const keep = (name: string) => (handler: unknown) => {
    handlers.set(name, handler);
  };
  const session = {
    on: events.on.bind(events),
    setPermissionRequestHandler: keep('request'),
    setPermissionCheckHandler: keep('check'),
    setDevicePermissionHandler: keep('device'),
    setDisplayMediaRequestHandler: keep('display'),
    setSpellCheckerEnabled: keep('spelling'),
    webRequest: { onBeforeRequest: keep('before-request') },
  };
  guardSession(session as unknown as GuardedSession);
  const handler = <H>(name: string) => handlers.get(name) as H;
  return {
    requests(permission: string, requestingUrl: string): boolean {
      let granted: boolean | undefined;
      const ask = handler<(...args: readonly unknown[]) => void>('request');
      ask(
        {},
        permission,
        (answer: boolean) => {
          granted = answer;
        },
        { requestingUrl, isMainFrame: true },
      );
      if (granted === undefined) throw new Error('the request was not answered');
      return granted;
    },
    checks: (permission: string, origin: string) =>
      handler<(...args: readonly unknown[]) => boolean>('check')(null, permission, origin, { isMainFrame: true }),
    device: () => handler<Handler<'setDevicePermissionHandler'>>('device')({} as never),
    displays(): unknown {
      let given: unknown = 'not answered';
      handler<Handler<'setDisplayMediaRequestHandler'>>('display')({} as never, streams => {
        given = streams;
      });
      return given;
    },
    checksSpelling: () => handler<boolean>('spelling'),
    loads(url: string): boolean {
      let cancelled: boolean | undefined;
      const ask =
        handler<(details: { url: string }, answer: (answer: { cancel: boolean }) => void) => void>('before-request');
      ask({ url }, ({ cancel }) => {
        cancelled = cancel;
      });
      if (cancelled === undefined) throw new Error('the request was not answered');
      return !cancelled;
    },
    downloads(url: string): boolean {
      const event = refusable({});
      events.emit('will-download', event, { getURL: () => url }, {});
      return !event.defaultPrevented;
    },
  };
}

describe('what the session of the page may do', () => {
  it('no permission is granted but writing text to the clipboard', () => {
    const session = guarded();
    const granted = PERMISSIONS.filter(name => session.requests(name, 'app://workbench/#/traffic'));
    const checked = PERMISSIONS.filter(name => session.checks(name, 'app://workbench/'));
    expect({ granted, checked }).toEqual({ granted: [COPYING], checked: [COPYING] });
  });

  it('another origin is granted nothing at all', () => {
    const session = guarded();
    for (const origin of ['https://example.org/', 'file:///', 'app://other/', '', 'null']) {
      expect(PERMISSIONS.filter(name => session.requests(name, origin) || session.checks(name, origin))).toEqual([]);
    }
  });

  it('no device is handed over and no screen is shared', () => {
    const session = guarded();
    expect(session.device()).toBe(false);
    expect(session.displays()).toBeNull();
  });

  it('nothing is downloaded, dictionaries included; a text the page made itself may be saved', () => {
    const session = guarded();
    expect(session.downloads('blob:app://workbench/0b8f-1')).toBe(true);
    for (const url of [
      'https://example.org/a.zip',
      'app://workbench/a.js',
      'data:text/plain,a',
      'blob:https://a.b/1',
    ]) {
      expect(session.downloads(url)).toBe(false);
    }
    expect(session.checksSpelling()).toBe(false);
  });

  it.each([
    'app://workbench/assets/main.js',
    'data:image/png;base64,AA==',
    'blob:app://workbench/1',
    'devtools://devtools/x',
  ])('what is on this machine is loaded: %s', url => expect(guarded().loads(url)).toBe(true));

  it.each([
    'https://example.org/',
    'http://127.0.0.1:4000/',
    'ws://127.0.0.1:4000/contract',
    'wss://example.org/',
    'file:///etc/passwd',
    'app://other/',
    'ftp://example.org/',
    'chrome-extension://abc/x.js',
  ])('nothing remote is asked for: %s', url => expect(guarded().loads(url)).toBe(false));
});
