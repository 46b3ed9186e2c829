import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { expectFitsAtDoubleSize, visit } from './support/registering.ts';
import { expect, test } from './support/test.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'core', 'cli', 'main.ts');
/** Exchanges: deleting them takes a while. */
const MANY = 5000;

/** As many exchanges as JSON lines, each with a body of its own. */
function many(count: number): string {
  const line = (at: number) => ({
    method: 'GET',
    url: `http://acme.test/ocpi/2.2.1/locations/${at}`,
    status: 200,
    responseBody: `{"data":"${at}","status_code":1000}`,
    startedAt: '2026-11-01T10:00:00Z',
  });
  return Array.from({ length: count }, (_, at) => JSON.stringify(line(at))).join('\n');
}

/** Presses the button as soon as it is there with a progress bar, and its words say so: what is fast is not over by then. */
async function pressAtOnce(ui: Page, button: string, words: RegExp): Promise<void> {
  await ui.evaluate(
    ([label, pattern]) => {
      const observer = new MutationObserver(() => {
        const found = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === label);
        const said = found?.parentElement;
        if (found === undefined || !said?.querySelector('[role=progressbar]')) return;
        if (!new RegExp(pattern).test(said.textContent ?? '')) return;
        observer.disconnect();
        found.click();
      });
      observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    },
    [button, words.source] as const,
  );
}

test.describe('how much is kept', () => {
  test('is bounded by age, number and size, and less only after it was asked', async ({ ui, workbench }) => {
    const client = await workbench.client();
    await visit(ui, '/settings');
    const storage = ui.getByRole('region', { name: 'Storage' });
    const save = storage.getByRole('button', { name: 'Save' });
    const [age, count] = [
      storage.getByLabel('Keep exchanges for days'),
      storage.getByLabel('Keep at most exchanges', { exact: true }),
    ];
    await expect(age).toHaveValue('90');
    await expect(save).toBeDisabled();
    await count.fill('half');
    await expect(storage.getByText('A whole number above 0.')).toBeVisible();
    await expect(save).toBeDisabled();
    await expectAccessible(ui);

    await count.fill('5000');
    await save.click();
    const sure = ui.getByRole('dialog', { name: 'Keep less than until now?' });
    await sure.getByRole('button', { name: 'Cancel' }).click();
    await expect(sure).toHaveCount(0);
    expect((await client.storage.stats()).retention).toEqual({ age: 90, count: null, size: null });
    await save.click();
    await sure.getByRole('button', { name: 'Keep less' }).click();
    await expect
      .poll(async () => (await client.storage.stats()).retention)
      .toEqual({ age: 90, count: 5000, size: null });

    // More is kept without a question.
    await expect(save).toBeDisabled();
    await age.fill('');
    await save.click();
    await expect.poll(async () => (await client.storage.stats()).retention.age).toBeNull();
    await expectFitsAtDoubleSize(ui);
  });

  test('what is beyond the bounds is deleted when asked, as far as it was let, and what it came to is told', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    await client.exchanges.import({ name: 'many.jsonl', text: many(MANY) });
    await client.storage.setRetention({ age: null, count: 10, size: null });
    await visit(ui, '/settings');
    const storage = ui.getByRole('region', { name: 'Storage' });
    const now = storage.getByRole('button', { name: 'Delete now' });
    const count = async () => (await client.storage.stats()).exchanges.count;
    await now.click();
    const sure = ui.getByRole('dialog', { name: 'Delete old exchanges?' });
    await expect(sure).toContainText(`${(MANY - 10).toLocaleString('en')} of ${MANY.toLocaleString('en')} exchanges`);
    await sure.getByRole('button', { name: 'Cancel' }).click();
    await expect(sure).toHaveCount(0);
    expect(await count()).toBe(MANY);

    await pressAtOnce(ui, 'Stop', /Deleting exchanges[\d,]+ of [\d,]+/);
    await now.click();
    await sure.getByRole('button', { name: 'Delete now' }).click();
    await expect(storage.getByText(/^Stopped\. What was deleted by then is gone/)).toBeVisible();
    await expect(storage.getByRole('progressbar')).toHaveCount(0);
    const left = await count();
    expect(left).toBeGreaterThan(10);
    expect(left).toBeLessThan(MANY);
    expect(await count()).toBe(left);

    await now.click();
    await sure.getByRole('button', { name: 'Delete now' }).click();
    const told = `${(left - 10).toLocaleString('en')} exchanges deleted, `;
    await expect(storage.getByText(told)).toBeVisible({ timeout: 30_000 });
    expect(await count()).toBe(10);
    await expect(now).toBeDisabled();
    await expect(storage.getByText('never')).toHaveCount(0);
  });

  test('a backup is made of the database that is open, never over a file, and opens like any other', async ({
    ui,
    workbench,
  }) => {
    const client = await workbench.client();
    await client.sandbox.start({ locations: 20 });
    await visit(ui, '/settings');
    const form = ui.getByRole('form', { name: 'Backup' });
    const path = form.getByLabel('Into the file');
    const backUp = form.getByRole('button', { name: 'Back up' });
    const folder = dirname(workbench.db);
    await expect(path).toHaveValue(/workbench-\d{4}-\d{2}-\d{2}-\d{4}\.db$/);
    expect(dirname(await path.inputValue())).toBe(folder);
    await path.fill(' ');
    await expect(backUp).toBeDisabled();

    // What is in the way is said, and what was typed stays.
    const copy = join(folder, 'copy.db');
    for (const [typed, why] of [
      [workbench.db, 'is there already, and was not touched'],
      [join(folder, 'nowhere', 'copy.db'), 'there is no folder'],
      ['copy.db', 'is no absolute path'],
    ] as const) {
      await path.fill(typed);
      await backUp.click();
      await expect(form.getByRole('alert')).toContainText(why);
      await expect(path).toHaveValue(typed);
    }

    await path.fill(copy);
    await ui.keyboard.press('Enter');
    await expect(form.getByText(/^Backed up, /)).toContainText(copy);
    await expect(form.getByRole('alert')).toHaveCount(0);
    await expect(path).toHaveValue(/workbench-\d{4}-\d{2}-\d{2}-\d{4}\.db$/);
    await expectAccessible(ui);
    await expectFitsAtDoubleSize(ui);
    expect(readdirSync(folder).filter(name => name.startsWith('copy'))).toEqual(['copy.db']);
    const stats = [MAIN, 'db', 'stats', '--db', copy, '--json'];
    const env = { ...process.env, OCPI_WORKBENCH_KEYSTORE: 'file' };
    const { stdout } = await promisify(execFile)(process.execPath, stats, { env });
    expect(JSON.parse(stdout).exchanges.count).toBeGreaterThan(0);
  });

  test('a backup that is stopped leaves nothing', async ({ ui, workbench }) => {
    await visit(ui, '/settings');
    const form = ui.getByRole('form', { name: 'Backup' });
    const folder = dirname(workbench.db);
    await form.getByLabel('Into the file').fill(join(folder, 'copy.db'));
    await pressAtOnce(ui, 'Cancel', /^Copying the database/);
    await form.getByRole('button', { name: 'Back up' }).click();
    await expect(form.getByText('Stopped. There is no backup of it.')).toBeVisible();
    await expect(form.getByLabel('Into the file')).toHaveValue(join(folder, 'copy.db'));
    await expect.poll(() => readdirSync(folder).filter(name => name.includes('copy'))).toEqual([]);
  });
});
