import { test as base, expect, type Page } from '@playwright/test';
import type { PartnerOptions } from '../../support/partner/options.ts';
import { type Partner, startPartner } from '../../support/partner/partner.ts';
import { type RunningWorkbench, startWorkbench } from './workbench.ts';

interface Fixtures {
  /** A `wb ui` process of this test's own, on a new database. */
  readonly workbench: RunningWorkbench;
  /** The page, let in and loaded. */
  readonly ui: Page;
  /** Starts a raw partner; it is stopped when the test ends. */
  readonly newPartner: (options?: PartnerOptions) => Promise<Partner>;
  /** What the page tells on the console as an error, what it throws, and what the Content-Security-Policy refuses. */
  readonly complaints: string[];
}

/** What a console shows while the core is away is no complaint of the page: it says so itself. */
const CONNECTION = /WebSocket connection to .* failed|net::ERR_CONNECTION_(REFUSED|RESET)/;

/**
 * Every end-to-end test: a real workbench, a real browser, raw partners. A test whose page throws, or whose page breaks
 * the Content-Security-Policy, fails.
 */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: the shape that Playwright reads fixtures from.
  workbench: async ({}, use) => {
    const workbench = await startWorkbench();
    await use(workbench);
    await workbench.stop();
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  newPartner: async ({}, use) => {
    const partners: Partner[] = [];
    await use(async options => {
      const partner = await startPartner(options);
      partners.push(partner);
      return partner;
    });
    await Promise.all(partners.map(partner => partner.stop()));
  },
  complaints: [
    async ({ context }, use) => {
      const complaints: string[] = [];
      context.on('console', message => {
        if (message.type() === 'error' && !CONNECTION.test(message.text()))
          complaints.push(message.text() || `an error without words of ${message.location().url}`);
      });
      context.on('weberror', weberror => {
        const { name, message, stack } = weberror.error();
        complaints.push(stack || message || `${name} without words of ${weberror.page()?.url()}`);
      });
      await use(complaints);
      expect(complaints, 'errors of the page').toEqual([]);
    },
    { auto: true },
  ],
  ui: async ({ page, workbench }, use) => {
    await page.goto(workbench.url);
    await use(page);
    // What it was still fetching when the test ended is not missed by anybody, and the core is about to go.
    await page.close();
  },
});

export { expect };
