import type { WebContents } from 'electron';
import { isOurPage, mayOpenOutside } from './address.ts';

export type GuardedContents = Pick<WebContents, 'on' | 'setWindowOpenHandler'>;

/**
 * Keeps a page where it is: it never navigates elsewhere, never opens a window, never embeds another page. A link that
 * would open a window goes to the system's browser where `mayOpenOutside` lets it, and nowhere otherwise.
 */
export function guardNavigation(contents: GuardedContents, openOutside: (address: string) => void) {
  contents.on('will-navigate', event => {
    if (!isOurPage(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', event => {
    if (!isOurPage(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', event => {
    if (!event.isMainFrame || !isOurPage(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', event => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) openOutside(url);
    return { action: 'deny' };
  });
}
