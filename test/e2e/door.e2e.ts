import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { expect, test } from './support/test.ts';

/** A site elsewhere, in the same browser: it does what `script` says and shows what became of it. */
async function foreignSite(host: string, script: string) {
  const server = createServer((_, response) => {
    const html = `<!doctype html><title>Elsewhere</title><output></output><script type="module">
      const tell = text => { document.querySelector('output').textContent = text; };
      ${script}
    </script>`;
    response.writeHead(200, { 'content-type': 'text/html' }).end(html);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}/`,
    close: () => server.close(),
  };
}

const frame = (page: Page) => page.getByRole('navigation', { name: 'Areas' });

test.describe('who is let in', () => {
  test('the address that wb ui printed leads to the page, and its token is gone from the address bar', async ({
    ui,
    workbench,
  }) => {
    await expect(frame(ui)).toBeVisible();
    expect(new URL(ui.url()).search).toBe('');
    await ui.reload();
    await expect(frame(ui)).toBeVisible();
    const [cookie] = await ui.context().cookies();
    expect(cookie).toMatchObject({
      name: `ocpi-workbench-${workbench.port}`,
      httpOnly: true,
      sameSite: 'Strict',
      path: '/',
      expires: -1,
    });
  });

  test('a browser without a token is told what to do', async ({ page, workbench, complaints }) => {
    const answer = await page.goto(workbench.origin);
    expect(answer?.status()).toBe(401);
    await expect(page.getByText('Open the address that wb ui printed')).toBeVisible();
    complaints.length = 0;
  });

  test('a token that was used lets in no second browser', async ({ ui, workbench, browser, complaints }) => {
    await expect(frame(ui)).toBeVisible();
    const other = await browser.newContext();
    const page = await other.newPage();
    expect((await page.goto(workbench.url))?.status()).toBe(401);
    await expect(page.getByRole('heading')).toHaveText('This address was used already');
    await page.goto(await workbench.anotherUrl());
    await expect(frame(page)).toBeVisible();
    await other.close();
    expect(complaints).toEqual([]);
  });

  // To a browser another port of the same host is the same site: our cookie goes along.
  for (const host of ['localhost', '127.0.0.1']) {
    test(`another site at ${host} gets neither the page nor the contract`, async ({
      ui,
      page,
      workbench,
      complaints,
    }) => {
      await expect(frame(ui)).toBeVisible();
      const { port } = workbench;
      const site = await foreignSite(
        host,
        `const asked = [
          ...['127.0.0.1', 'localhost'].map(name =>
            fetch('http://' + name + ':${port}/', { credentials: 'include', mode: 'no-cors' }).then(() => 'page', () => 'refused')),
          ...['127.0.0.1', 'localhost'].map(name => new Promise(resolve => {
            const socket = new WebSocket('ws://' + name + ':${port}/contract');
            socket.onopen = () => resolve('contract');
            socket.onclose = () => resolve('refused');
          })),
        ];
        tell((await Promise.all(asked)).join(' '));`,
      );
      await page.goto(site.url);
      await expect(page.locator('output')).toHaveText('refused refused refused refused');
      site.close();
      // What the browser says about it is said on that site's console.
      complaints.length = 0;
    });

    test(`another site at ${host} cannot show the page in a frame of its own`, async ({
      ui,
      page,
      workbench,
      complaints,
    }) => {
      await expect(frame(ui)).toBeVisible();
      const site = await foreignSite(
        host,
        `const inner = document.createElement('iframe');
        inner.onload = () => tell('loaded');
        inner.src = '${workbench.origin}/';
        document.body.append(inner);`,
      );
      await page.goto(site.url);
      await expect(page.locator('output')).toHaveText('loaded');
      await expect(page.frameLocator('iframe').getByRole('navigation')).toHaveCount(0);
      expect(complaints.some(text => text.includes('frame-ancestors'))).toBe(true);
      site.close();
      complaints.length = 0;
    });
  }
});

test.describe('the page at its start', () => {
  test('breaks no policy, asks nothing of anybody else, and shows where it listens', async ({ page, workbench }) => {
    const asked = new Set<string>();
    page.on('request', request => asked.add(new URL(request.url()).origin));
    await page.goto(workbench.url);
    await expect(frame(page)).toBeVisible();
    await expect(page.getByText(/^listening on \d+$/)).toBeVisible();
    expect([...asked]).toEqual([workbench.origin]);
  });

  test('opens though partners cannot reach us, and says so', async ({ page, workbench }) => {
    const client = await workbench.client();
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    await client.platform.configure({ port: (blocker.address() as AddressInfo).port });
    await expect(client.platform.serve({ on: true })).rejects.toMatchObject({ code: 'PORT_TAKEN' });
    await page.goto(workbench.url);
    await expect(page.getByText('not listening', { exact: true })).toBeVisible();
    blocker.close();
  });
});
