import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { envelopeAnswer } from '../../support/partner/action.ts';
import { billedCharge, chargerByTheBlock } from '../support/charging.ts';
import { runEnded } from '../support/runs.ts';
import { test } from '../support/test.ts';
import type { RunningWorkbench } from '../support/workbench.ts';

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'docs');

async function take(ui: Page, name: string) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await ui.emulateMedia({ colorScheme });
    await ui.waitForTimeout(400);
    await ui.screenshot({ path: join(FOLDER, `${name}-${colorScheme}.png`) });
  }
}

async function show(ui: Page, path: string) {
  await ui.evaluate(hash => {
    location.hash = hash;
  }, path);
  await ui.waitForTimeout(1500);
}

async function register(workbench: RunningWorkbench, name: string) {
  const client = await workbench.client();
  const { runId } = await client.runs.register({ name, confirmed: true });
  await runEnded(client, runId);
}

async function pull(workbench: RunningWorkbench, module: 'locations' | 'tariffs' | 'sessions' | 'cdrs') {
  const client = await workbench.client();
  const { runId } = await client.pulls.start({ name: 'sandbox', module, full: true, pageSize: 50 });
  await runEnded(client, runId);
}

test('the screens of the README', async ({ ui, workbench, newPartner }) => {
  const client = await workbench.client();
  await client.sandbox.start({ locations: 500 });
  for (const module of ['locations', 'tariffs', 'sessions', 'cdrs'] as const) await pull(workbench, module);

  const volta = await newPartner({
    versions: ['2.1.1', '2.2.1'],
    party: { countryCode: 'DE', partyId: 'VLT', name: 'Volta' },
  });
  const addVolta = { name: 'volta-test', organisation: 'Volta', versionsUrl: volta.versionsUrl };
  await client.links.add({ ...addVolta, token: 'not-the-token' });
  await register(workbench, 'volta-test');
  await client.links.set({ name: 'volta-test', token: volta.tokenA ?? '' });
  await register(workbench, 'volta-test');

  const ladda = await newPartner({
    versions: ['2.2.1', '2.1.1'],
    overrides: { 'credentials.post': [envelopeAnswer({ http: 200, code: 3001, message: 'versions not reachable' })] },
  });
  const addLadda = { name: 'ladda-prod', organisation: 'Ladda AB', environment: 'production' as const };
  await client.links.add({ ...addLadda, versionsUrl: ladda.versionsUrl, token: ladda.tokenA ?? '' });
  await register(workbench, 'ladda-prod');
  const gone = await newPartner({ versions: ['2.2.1'] });
  await client.links.add({ name: 'hub-test', organisation: 'Hub', versionsUrl: gone.versionsUrl, token: 'any' });
  await gone.stop();
  await register(workbench, 'hub-test');

  await show(ui, '/partners/link/ladda-prod');
  await take(ui, 'partner');
  await show(ui, '/locations');
  await take(ui, 'locations');
  const [failed] = await client.exchanges.list({ link: 'ladda-prod', errors: true });
  await show(ui, `/traffic?exchange=${failed?.id}`);
  await take(ui, 'traffic');
  await client.faults.add({
    kind: 'paging.offset-ignored',
    name: 'volta ignores the offset',
    scope: { link: 'volta-test', module: 'locations' },
    when: { probability: 0.5 },
    seed: 'friday',
  });
  await client.sandbox.faults.load({ pack: 'paging-from-hell' });
  await pull(workbench, 'locations');
  await show(ui, '/errors');
  await take(ui, 'errors');
  const rule = await client.faults.add({ kind: 'envelope.error-with-empty-list', scope: { link: 'sandbox' } });
  await show(ui, `/faults?rule=${rule.id}`);
  await take(ui, 'faults');
  await client.faults.remove({ ids: [rule.id] });

  for (const { id } of await client.sandbox.faults.list()) await client.sandbox.faults.remove({ ids: [id] });
  await client.own.generate({ module: 'tokens', count: 3 });
  await client.sandbox.life.set({ speed: 60 });
  const { id: trip } = await client.life.start({ as: 'app', link: 'sandbox' });
  await ui.waitForTimeout(40_000);
  await client.life.stop({ id: trip });
  await ui.waitForTimeout(3000);
  const [charge] = (await client.transactions.page({ link: 'sandbox', limit: 1 })).rows;
  await show(ui, `/transactions/${charge?.id}?show=curve`);
  await show(ui, `/transactions/${charge?.id}`);
  await take(ui, 'transaction');
  await client.sandbox.faults.add({
    kind: 'object.number-as-text',
    parameters: { field: 'total_energy' },
    scope: { operation: 'cdrs.post', direction: 'send' },
  });
  const { runId } = await client.replays.start({
    to: 'sandbox',
    source: { kind: 'transaction', id: charge?.id ?? 0 },
    speed: 1,
  });
  await runEnded(client, runId);
  const { steps } = await client.replays.steps({ runId, different: true });
  await show(ui, `/replay/${runId}?step=${steps[0]?.no}`);
  await take(ui, 'replay');

  await show(ui, `/logs/export?transaction=${charge?.id}`);
  await take(ui, 'log');

  for (const { id } of await client.sandbox.faults.list()) await client.sandbox.faults.remove({ ids: [id] });
  await client.sandbox.faults.add({ kind: 'money.step-size', scope: { operation: 'cdrs.post', direction: 'send' } });
  await client.sandbox.life.set({ speed: 600 });
  const dear = await billedCharge(client, 'app', await chargerByTheBlock(client));
  await show(ui, `/transactions/${dear.id}?show=cost`);
  await take(ui, 'bill');
  await show(ui, '/reports?period=all&by=day');
  await take(ui, 'reports');
  await show(ui, '/health');
  await take(ui, 'health');
});
