import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from '@playwright/test';
import { systemClock } from '../../core/clock.ts';
import { type ConnectedClient, connectLoopback } from '../../core/loopback/client.ts';
import { ownerOf } from '../../core/workbench/owner-address.ts';
import { chromiumPath } from '../e2e/support/chromium.ts';
import type { Bench, Figure } from './figure.ts';
import type { PacedFigures, PacedPlan } from './paced-load.ts';
import { EXCHANGES, fill } from './traffic.ts';
import { heapOf, openErrors, readThrough, scrollThrough, typeFilter, watchFrames, whenUsable } from './window-page.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const ARGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
const PER_SECOND = 1000;
const LIVE_MS = 60_000;
/** A minute at 60 frames a second. */
const SCROLL_FRAMES = 3600;

/** What is typed, each after the one before was cleared; a blank ends a token. */
const FILTERS = [
  'status:404 ',
  'is:error ',
  'link:"partner 3" ',
  'module:sessions dir:in ',
  'has:wire.redirect-followed ',
  'party:NL-P03 status:4xx ',
  'köln',
  `loc${Math.floor(EXCHANGES / 2)}`,
  'success köln',
  'success status:503 ',
];

export const windowBench: Bench = {
  name: 'window',
  about: `the page in headless Chromium over ${EXCHANGES.toLocaleString('en')} exchanges, served by wb ui`,
  async measure() {
    const folder = mkdtempSync(join(tmpdir(), 'workbench-bench-'));
    const file = join(folder, 'workbench.db');
    const browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: ARGS });
    try {
      fill(file);
      const ui = await startUi(file);
      try {
        return [...sizes(), ...(await measure(browser, ui))];
      } finally {
        await ui.stop();
      }
    } finally {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measure(browser: Browser, ui: Ui): Promise<Figure[]> {
  const figures: Figure[] = [];
  const client = ui.contract.client;
  const cold = await opened(browser, ui.url);
  figures.push({ name: 'usable, nothing derived yet', value: cold.usable, unit: 'ms' });
  await cold.page.context().close();
  while ((await client.exchanges.page({ search: 'success', limit: 1 })).behind > 0) await systemClock.sleep(200);

  const usable: number[] = [];
  for (let at = 0; at < 4; at++) {
    const { page, usable: took } = await opened(browser, await ui.anotherUrl());
    usable.push(took);
    await page.context().close();
  }
  figures.push({
    name: 'usable, new browser: rows stand, filter takes keys',
    value: Math.max(...usable),
    unit: 'ms',
    atMost: 2000,
    note: `worst of ${usable.length}, best ${Math.min(...usable).toFixed(0)}`,
  });

  const { page } = await opened(browser, await ui.anotherUrl());
  for (const filter of FILTERS) {
    const took = await typeFilter(page, filter).catch((error: unknown) => {
      throw new Error(`the rows of ${filter} never came`, { cause: error });
    });
    figures.push({
      name: `first rows: ${filter.trim()}`,
      value: took,
      unit: 'ms',
      atMost: 150,
      note: 'from the last key',
    });
    await page.getByRole('button', { name: 'Clear the filter' }).first().click();
    await page.waitForTimeout(1200);
  }
  figures.push(await errorsOpened(page));
  await page.locator('[role=grid]').focus();
  const flung = await scrollThrough(page, SCROLL_FRAMES);
  figures.push({
    name: 'scrolled end to end in a minute: frames p99.9',
    value: flung.p999,
    unit: 'ms',
    atMost: 50,
    note: `worst ${flung.worst.toFixed(1)} of ${flung.count} frames`,
  });
  await page.keyboard.press('Home');
  const read = await readThrough(page, 1200, 40);
  figures.push({
    name: 'scrolled by 40 px a frame, rows loading: frames p99.9',
    value: read.p999,
    unit: 'ms',
    atMost: 50,
    note: `worst ${read.worst.toFixed(1)} of ${read.count} frames`,
  });
  await page.keyboard.press('Home');
  await page.waitForTimeout(1000);
  figures.push(...(await live(page, ui)));
  return figures;
}

/** What a day's traffic is: the area is to open at once over so much. */
const A_DAY = 100_000;

async function errorsOpened(page: Page): Promise<Figure> {
  const took: number[] = [];
  for (let at = 0; at < 5; at++) {
    took.push(await openErrors(page));
    await page.goBack();
    await page.locator('[role=row][data-index="0"] time').waitFor();
    await page.waitForTimeout(600);
  }
  return {
    name: 'the area Errors opens',
    value: Math.max(...took),
    unit: 'ms',
    ...(EXCHANGES <= A_DAY && { atMost: 300 }),
    note: `worst of ${took.length}, best ${Math.min(...took).toFixed(0)}`,
  };
}

async function live(page: Page, { contract: { client } }: Ui): Promise<Figure[]> {
  const { token } = await client.links.invite({ name: 'load' });
  const { port } = await client.platform.get();
  const session = await page.context().newCDPSession(page);
  const plan: PacedPlan = {
    port,
    connections: 24,
    perSecond: PER_SECOND,
    ms: LIVE_MS,
    request: [
      'GET /ocpi/versions HTTP/1.1',
      'Host: 127.0.0.1',
      `Authorization: Token ${btoa(token)}`,
      'X-Request-ID: 7c0d9b9e-7e6b-4c6e-9f0e-0d5f8f0a1b2c',
      'X-Correlation-ID: 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed',
      '',
      '',
    ].join('\r\n'),
  };
  const running = promisify(execFile)(process.execPath, [
    join(import.meta.dirname, 'paced-load.ts'),
    JSON.stringify(plan),
  ]);
  await page.waitForTimeout(5000);
  const first = await heapOf(session);
  const ended = await watchFrames(page);
  const { stdout } = await running;
  const frames = await ended();
  const last = await heapOf(session);
  const load = JSON.parse(stdout) as PacedFigures;
  const note = `${load.answered} of ${load.asked} HTTP requests answered, the slowest after ${load.slowest.toFixed(0)} ms`;
  return [
    {
      name: `${PER_SECOND} exchanges a second for a minute: frames p99.9`,
      value: frames.p999,
      unit: 'ms',
      atMost: 100,
      note: `worst ${frames.worst.toFixed(1)} of ${frames.count} frames`,
    },
    {
      name: 'requests a second that were recorded',
      value: load.answered / (LIVE_MS / 1000),
      unit: 'count',
      atLeast: PER_SECOND * 0.98,
      note,
    },
    {
      name: 'the first row became another one, times a second',
      value: frames.turns / ((LIVE_MS - 5000) / 1000),
      unit: 'count',
      atLeast: 1,
    },
    { name: 'heap of the page, after 5 s', value: first / 1e6, unit: 'MB' },
    { name: 'heap of the page, at the end', value: last / 1e6, unit: 'MB', atMost: (first / 1e6) * 1.25 + 5 },
  ];
}

async function opened(browser: Browser, url: string) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'commit' });
  // The address with the token leads to the page's own; from there on it is what a bookmark opens.
  const origin = new URL(url).origin;
  await page.goto('about:blank');
  await page.goto(`${origin}/#/traffic`, { waitUntil: 'commit' });
  const usable = await whenUsable(page);
  await page.keyboard.type('x');
  const typed = await page.locator('search input').inputValue();
  if (typed !== 'x') throw new Error(`the filter took "${typed}"`);
  await page.keyboard.press('Backspace');
  await page.waitForTimeout(600);
  return { page, usable };
}

interface Ui {
  readonly url: string;
  readonly contract: ConnectedClient;
  anotherUrl(): Promise<string>;
  stop(): Promise<void>;
}

async function startUi(file: string): Promise<Ui> {
  const start = async () => {
    const child = spawn(process.execPath, [join(ROOT, 'core/cli/main.ts'), 'ui', '--no-open', '--db', file], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, OCPI_WORKBENCH_KEYSTORE: 'file' },
    });
    const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    return { child, url: (JSON.parse(line) as { readonly url: string }).url };
  };
  const end = async (child: ChildProcess) => {
    const exit = once(child, 'exit');
    child.kill('SIGINT');
    await exit;
  };
  const { child, url } = await start();
  const owner = ownerOf(file);
  const contract = owner && (await connectLoopback(owner));
  if (contract === undefined) throw new Error('the workbench does not answer');
  return {
    url,
    contract,
    anotherUrl: async () => {
      const other = await start();
      await end(other.child);
      return other.url;
    },
    stop: async () => {
      contract.close();
      await end(child);
    },
  };
}

/** What a browser fetches before it shows the first view; map and editor are fetched when they are shown. */
function sizes(): Figure[] {
  const folder = process.env['OCPI_WORKBENCH_PAGE'] ?? join(ROOT, 'renderer', 'dist');
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const named = readdirSync(join(folder, 'assets')).filter(name => html.includes(name));
  const kilobytes = named.map(name => gzipSync(readFileSync(join(folder, 'assets', name))).length / 1000);
  return [
    {
      name: 'page gzipped, before map and editor',
      value: kilobytes.reduce((sum, size) => sum + size, 0),
      unit: 'kB',
      atMost: 450,
      note: named.join(', '),
    },
  ];
}

if (import.meta.main) console.table(await windowBench.measure(), ['name', 'value', 'unit', 'atMost', 'note']);
