import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { BrowserContext, Page } from '@playwright/test';
import { pageFolder } from '../../../core/loopback/page/files.ts';
import { type CoreHost, createCoreHost } from '../../../electron/core-host.ts';
import { answerPage } from '../../../electron/page-protocol.ts';
import { expect, test } from '../support/test.ts';

/**
 * The page as the window shows it, without Electron: its files as the window's protocol answers them, the contract over
 * a MessagePort, the core as the utility process runs it. Only the preload's part is played here.
 */
const ORIGIN = 'https://workbench.test';

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ocpi-workbench-page-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A core on the test's database; its ports end with it, as those of a process do. */
async function startCore() {
  const host: CoreHost = createCoreHost({ tell: () => {}, end: () => {} });
  await host.hear({ kind: 'open', database: join(folder, 'workbench.db') }, []);
  const ports: MessagePort[] = [];
  return {
    connect: async () => {
      const { port1, port2 } = new MessageChannel();
      ports.push(port2);
      await host.hear({ kind: 'connect' }, [port1 as unknown as Parameters<CoreHost['hear']>[1][number]]);
      return port2;
    },
    end: async () => {
      for (const port of ports) port.close();
      await host.hear({ kind: 'close' }, []);
    },
  };
}

/** The page of a window; `hand` gives it a port, as the preload does. */
async function openPage(
  context: BrowserContext,
  listening: () => void,
): Promise<{ page: Page; hand(port: MessagePort): Promise<void> }> {
  const answer = answerPage(pageFolder());
  await context.route(`${ORIGIN}/**`, async route => {
    const { pathname } = new URL(route.request().url());
    const response = await answer(new Request(`app://workbench${pathname}`));
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  });
  const page = await context.newPage();
  let current: MessagePort | undefined;
  await page.exposeFunction('toCore', (text: string) => current?.postMessage(text));
  await page.exposeFunction('pageListens', listening);
  await page.addInitScript(() => {
    const world = window as unknown as {
      ocpiWorkbench: object;
      toCore(text: string): void;
      pageListens(): void;
      fromCore(text: string): void;
      handOver(): void;
      leave(): void;
    };
    world.ocpiWorkbench = { desktop: true };
    window.addEventListener('message', event => {
      if (event.data === 'ocpi-workbench-listening') world.pageListens();
    });
    world.handOver = () => {
      const { port1, port2 } = new globalThis.MessageChannel();
      port1.onmessage = event => world.toCore(event.data);
      world.fromCore = text => port1.postMessage(text);
      world.leave = () => window.postMessage('ocpi-workbench-gone', window.location.origin);
      window.postMessage('ocpi-workbench-port', window.location.origin, [port2]);
    };
  });
  return {
    page,
    hand: async port => {
      await page.evaluate(() => (window as unknown as { handOver(): void }).handOver());
      current = port;
      port.on('message', (text: string) => {
        page
          .evaluate(given => (window as unknown as { fromCore(text: string): void }).fromCore(given), text)
          .catch(error => {
            // What was on its way to a page that closes meanwhile is nobody's loss.
            if (!page.isClosed()) throw error;
          });
      });
      port.once('close', () => {
        if (current === port && !page.isClosed()) {
          void page.evaluate(() => (window as unknown as { leave(): void }).leave());
        }
      });
    },
  };
}

test('the page speaks with the core over a port, and with a new core over a new one', async ({ context }) => {
  let core = await startCore();
  const { promise: listens, resolve } = Promise.withResolvers<void>();
  const { page, hand } = await openPage(context, resolve);
  await page.goto(`${ORIGIN}/`);
  await listens;
  await hand(await core.connect());
  await expect(page.getByText('workbench.db')).toBeVisible();

  await core.end();
  const lost = page.getByText('The connection to the workbench is lost');
  await expect(lost).toBeVisible();
  core = await startCore();
  await hand(await core.connect());
  await expect(lost).toBeHidden();
  await expect(page.getByText('workbench.db')).toBeVisible();
  await page.close();
  await core.end();
});
