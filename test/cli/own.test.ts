import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openShell, type Shell } from '../support/command-line.ts';

let shell: Shell;

beforeEach(() => {
  shell = openShell();
});
afterEach(() => shell.close());

const token = (uid: string, more: object = {}) => ({
  country_code: 'NL',
  party_id: 'WBX',
  uid,
  type: 'RFID',
  contract_id: `NL-WBX-${uid}`,
  issuer: 'Workbench',
  valid: true,
  whitelist: 'ALWAYS',
  last_updated: '2026-01-01T00:00:00Z',
  ...more,
});

function file(name: string, text: string): string {
  const path = join(shell.folder, name);
  writeFileSync(path, text);
  return path;
}

describe('wb own', () => {
  it('imports JSON lines, lists, sets and removes', async () => {
    const lines = file('tokens.jsonl', `${JSON.stringify(token('A1'))}\n${JSON.stringify(token('B2'))}\n`);
    expect(await shell.json('own', 'import', 'tokens', lines, '--version', '2.2.1')).toMatchObject({
      code: 0,
      document: { ok: true, module: 'tokens', version: '2.2.1', objects: 2, added: 2, changed: 0, unchanged: 0 },
    });
    const one = file('one.json', JSON.stringify(token('B2', { valid: false })));
    const set = await shell.wb('own', 'set', 'tokens', 'b2', one, '--version', '2.2.1');
    expect([set.code, set.stdout]).toEqual([0, '1 tokens of OCPI 2.2.1: 0 new, 1 changed, 0 unchanged.\n']);
    expect(await shell.json('own', 'list', 'tokens')).toMatchObject({
      code: 0,
      document: [
        { id: 'A1', party: 'NL-WBX', module: 'tokens', version: '2.2.1', lastUpdated: '2026-01-01T00:00:00.000Z' },
        { id: 'B2', object: { valid: false } },
      ],
    });
    const listed = await shell.wb('own', 'list', 'tokens', '--limit', '1');
    expect(listed.stdout).toMatch(/^A1 +NL-WBX +2\.2\.1 .*\n2 in all; --offset and --limit show more\.\n$/);
    expect(await shell.wb('own', 'remove', 'tokens', 'a1')).toMatchObject({ code: 0, stdout: 'a1 removed.\n' });
    expect(await shell.json('own', 'remove', 'tokens', 'a1')).toMatchObject({
      code: 1,
      document: { error: { code: 'NOT_FOUND' } },
    });
  });

  it('has the lists of a module apart, and knows no other', async () => {
    const place = {
      country_code: 'NL',
      party_id: 'WBX',
      id: 'BL1',
      location_id: 'L1',
      last_updated: '2026-01-01T00:00:00Z',
    };
    const path = file('place.json', JSON.stringify(place));
    const locations = ['--list', 'booking_locations'];
    const imported = await shell.wb('own', 'import', 'bookings', path, ...locations);
    expect(imported).toMatchObject({
      code: 0,
      stdout: '1 booking_locations of OCPI 2.3.0: 1 new, 0 changed, 0 unchanged.\n',
    });
    expect(await shell.json('own', 'list', 'bookings', ...locations)).toMatchObject({
      document: [{ id: 'BL1', module: 'bookings', list: 'booking_locations' }],
    });
    const wrong = await shell.wb('own', 'list', 'bookings', '--list', 'tills');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('"tills" is no list')]);
  });

  it('stores nothing where one object has errors, says which, and stores all with --unchecked', async () => {
    const path = file('tokens.json', JSON.stringify([token('A1'), token('B2', { whitelist: null })]));
    const refused = await shell.wb('own', 'import', 'tokens', path, '--version', '2.2.1');
    expect(refused.code).toBe(1);
    expect(refused.stdout).toMatch(/^error: field\.null at \/1\/whitelist: .*\n.*nothing was stored/);
    expect((await shell.json('own', 'list', 'tokens')).document).toEqual([]);
    const stored = await shell.json('own', 'import', 'tokens', path, '--version', '2.2.1', '--unchecked');
    expect(stored).toMatchObject({ code: 0, document: { ok: true, added: 2 } });
  });

  it('generates objects that are ours', async () => {
    const made = await shell.wb('own', 'generate', 'locations', '--count', '3', '--seed', 's', '--version', '2.1.1');
    expect(made.stdout).toContain('3 locations of OCPI 2.1.1: 3 new, 0 changed, 0 unchanged.');
    const tooMany = await shell.wb('own', 'generate', 'tariffs', '--count', '100000');
    expect([tooMany.code, tooMany.stderr]).toEqual([2, expect.stringMatching(/there are \d+ tariffs of one seed/)]);
  });

  it.each([
    [['import', 'chargers', 'x.json'], 'no module that we serve'],
    [['import', 'tokens', 'nowhere.json'], 'cannot be read'],
    [['generate', 'tokens', '--count', '0'], 'out of range'],
    [['generate', 'tokens', '--version', '9.9'], 'no types of OCPI 9.9'],
    [['generate', 'tokens', '--party', 'NL-XYZ'], 'no party of ours'],
    [['list', 'tokens', '--offset', '-1'], 'out of range'],
  ])('%j is wrong usage', async (args, why) => {
    const { code, stderr } = await shell.wb('own', ...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(why)]);
  });

  it('takes documents of up to 64 MiB', async () => {
    const path = file('large.json', '[]');
    truncateSync(path, 64 * 1024 * 1024 + 1);
    const { code, stderr } = await shell.wb('own', 'import', 'tokens', path);
    expect([code, stderr]).toEqual([2, expect.stringContaining('larger than 64 MiB')]);
  });

  it('copies only from links that are there, and that something was pulled from', async () => {
    expect((await shell.wb('own', 'copy', 'locations', '--from', 'Nobody')).code).toBe(1);
    await shell.wb('link', 'adopt', 'Acme', '--versions-url', 'http://127.0.0.1:9/versions', '--token', 'the-token');
    const nothing = await shell.json('own', 'copy', 'locations', '--from', 'Acme');
    expect(nothing).toMatchObject({ code: 1, document: { error: { code: 'NOT_FOUND' } } });
  });
});
