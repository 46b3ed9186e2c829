import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExchangeSummary } from '../../core/contract/exchange.ts';
import { openShell, type Shell } from '../support/command-line.ts';
import { startPartner } from '../support/partner/partner.ts';

let shell: Shell;
beforeEach(() => {
  shell = openShell();
});
afterEach(() => shell.close());

describe('wb exchanges', () => {
  it('narrows by everything an exchange is filed under, and bears notes', async () => {
    const partner = await startPartner({ versions: ['2.2.1'] });
    await shell.wb('link', 'add', 'Acme', '--versions-url', partner.versionsUrl, '--token', partner.tokenA ?? '');
    expect((await shell.json('register', 'Acme')).code).toBe(0);
    const listed = async (...options: string[]) => {
      const { code, document } = await shell.json('exchanges', ...options);
      expect(code).toBe(0);
      return document as ExchangeSummary[];
    };
    const all = await listed();
    const fitting = (fits: (one: ExchangeSummary) => boolean) => all.filter(fits);
    const credentials = await listed(
      '--module',
      'credentials',
      '--direction',
      'out',
      '--status',
      '2xx',
      '--ocpi',
      '1000',
    );
    expect(credentials.length).toBeGreaterThan(0);
    expect(credentials).toEqual(
      fitting(one => one.module === 'credentials' && one.direction === 'out' && one.httpStatus === 200),
    );
    expect(await listed('--open')).toEqual([]);
    expect(await listed('--finding', 'error')).toEqual([]);
    expect(await listed('--finding', 'registration.dead-token')).toEqual([]);
    expect(await listed('--party', 'XX-NON')).toEqual([]);
    expect(await listed('--until', '1h')).toEqual([]);
    const found = await listed('--since', '1h', '--search', 'ocpi/2.2.1 endpoints', '--direction', 'in');
    expect(found).toEqual(fitting(one => one.direction === 'in' && one.operation === 'versions.details'));
    expect(found.length).toBeGreaterThan(0);

    const { id } = all[0] ?? { id: 0 };
    const noted = await shell.json('exchange', String(id), '--note', 'asked Acme');
    expect(noted.document).toMatchObject({ id, note: 'asked Acme' });
    expect(await listed('--noted')).toMatchObject([{ id, note: 'asked Acme' }]);
    expect((await shell.wb('exchange', String(id))).stdout).toContain('note: asked Acme');
    expect((await shell.json('exchange', String(id), '--note', '')).document).toMatchObject({ note: null });
    await partner.stop();
  }, 90_000);

  it.each([
    ['--status', '40'],
    ['--ocpi', '9999'],
    ['--finding', 'bad'],
    ['--direction', 'up'],
    ['--until', 'soon'],
  ])('refuses %s %s before asking anybody', async (option, value) => {
    const { code, stderr } = await shell.wb('exchanges', option, value);
    expect(code).toBe(2);
    expect(stderr).toContain(value);
  });
});
