import { EventEmitter } from 'node:events';
import type { HandlerDetails, WebContents, WindowOpenHandlerResponse } from 'electron';

/** An event as Electron hands it to a listener that may refuse what is about to happen. */
export interface Refusable {
  defaultPrevented: boolean;
  preventDefault(): void;
}

export function refusable<More extends object>(more: More): Refusable & More {
  const event = {
    ...more,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true;
    },
  };
  return event;
}

/** A page's contents: remembers what was sent to it, and answers as Electron asks. */
export class FakeContents extends EventEmitter {
  readonly sent: { readonly channel: string; readonly ports: readonly unknown[] }[] = [];
  readonly mainFrame = { url: 'app://workbench/' };
  destroyed = false;
  #openHandler: (details: HandlerDetails) => WindowOpenHandlerResponse = () => ({ action: 'allow' });

  setWindowOpenHandler(handler: (details: HandlerDetails) => WindowOpenHandlerResponse) {
    this.#openHandler = handler;
  }

  postMessage(channel: string, _message: unknown, ports: readonly unknown[] = []) {
    this.sent.push({ channel, ports });
  }

  send(channel: string) {
    this.sent.push({ channel, ports: [] });
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  /** What a page's `window.open` or a link with a target comes to. */
  opens(url: string): WindowOpenHandlerResponse['action'] {
    return this.#openHandler({ url } as HandlerDetails).action;
  }

  /** Whether the page gets where it wants to go. */
  goes(
    event: 'will-navigate' | 'will-redirect' | 'will-frame-navigate' | 'will-attach-webview',
    to: { readonly url: string; readonly isMainFrame?: boolean },
  ): boolean {
    const asked = refusable({ isMainFrame: true, isSameDocument: false, ...to });
    this.emit(event, asked);
    return !asked.defaultPrevented;
  }

  asElectron(): WebContents {
    return this as unknown as WebContents;
  }
}
