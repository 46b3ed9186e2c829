import { expect, type Page } from '@playwright/test';
import type { LinkView } from '../../../core/contract/links.ts';
import type { Partner } from '../../support/partner/partner.ts';
import { runEnded } from './runs.ts';
import type { RunningWorkbench } from './workbench.ts';

export type Client = Awaited<ReturnType<RunningWorkbench['client']>>;

/** Goes to a view as a link would. */
export async function visit(ui: Page, path: string): Promise<void> {
  await ui.evaluate(to => {
    location.hash = to;
  }, path);
}

export interface Registration {
  readonly partner: Partner;
  readonly name: string;
  /** The partner's own token A unless said. */
  readonly token?: string;
  readonly environment?: 'Test' | 'Production';
}

/** Fills in what a partner gave and presses Register, as a person does. */
export async function registerInPage(ui: Page, { partner, name, token, environment }: Registration): Promise<void> {
  await visit(ui, '/partners/connect');
  await ui.getByLabel('Versions URL of the partner').fill(partner.versionsUrl);
  await ui.getByLabel('Token A').fill(token ?? partner.tokenA ?? '');
  await ui.getByLabel('Name of the link').fill(name);
  if (environment !== undefined) await ui.getByLabel('Environment').selectOption(environment);
  await ui.getByRole('button', { name: 'Register', exact: true }).click();
}

/** A link that is there, for tests that are not about making one. */
export function addLink(
  client: Client,
  partner: Pick<Partner, 'versionsUrl' | 'tokenA'>,
  more: Partial<Parameters<Client['links']['add']>[0]> & { readonly name: string },
): Promise<LinkView> {
  return client.links.add({ versionsUrl: partner.versionsUrl, token: partner.tokenA ?? 'unknown-token', ...more });
}

/** Registers over the contract and waits for the end. */
export async function registered(client: Client, name: string): Promise<void> {
  const { runId } = await client.runs.register({ name, confirmed: true });
  await runEnded(client, runId);
}

/** The arrows and notes of the picture, top to bottom, as text. */
export function picture(ui: Page) {
  return ui.getByRole('list', { name: 'What was said, in the order of time' });
}

/** What each arrow says, without how long it took and how much was found. */
export function arrows(ui: Page): Promise<string[]> {
  return picture(ui)
    .getByRole('link')
    .evaluateAll(links =>
      links.map(link =>
        [...link.querySelectorAll('*')]
          .filter(({ childElementCount }) => childElementCount === 0)
          .map(({ textContent }) => textContent?.trim() ?? '')
          .filter(text => text !== '' && !/^[\d.,]+ (ms|s)$|findings?$/.test(text))
          .join(' '),
      ),
    );
}

/** A window of 1280 by 800 at 200 %: whatever is wider scrolls by itself, never the page. */
export async function expectFitsAtDoubleSize(ui: Page): Promise<void> {
  await ui.setViewportSize({ width: 640, height: 400 });
  const overflow = await ui.evaluate(() => {
    const main = document.getElementById('content');
    return {
      page: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      content: main === null ? -1 : main.scrollWidth - main.clientWidth,
    };
  });
  expect(overflow).toEqual({ page: 0, content: 0 });
}
