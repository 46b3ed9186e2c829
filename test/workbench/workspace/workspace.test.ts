import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { SCENARIO_TEXTS } from '../../../core/replay/scenarios/scenarios.ts';
import { openPlatform, type TestPlatform } from '../../support/platform.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'workbench-workspace-'));
  folders.push(folder);
  return folder;
}

const TOKEN = 'a-secret-token-0123456789';
const KEY = 'the private key';

/** Something of every kind. */
async function filled({ serve = false } = {}): Promise<TestPlatform> {
  const platform = await openPlatform({ serve });
  const { client } = platform;
  await client.platform.configure({ port: 40_123, publicUrl: 'https://us.example/ocpi' });
  await invited(platform, 'Acme test', {});
  await invited(platform, 'CON', { environment: 'production' });
  await client.links.set({
    name: 'Acme test',
    versionsUrl: 'https://acme.example/ocpi/versions',
    settings: {
      proxy: 'http://me:hidden@proxy.example:3128',
      clientKey: KEY,
      clientCertificate: 'a certificate',
      profile: null,
    },
  });
  await client.faults.add({
    kind: 'envelope.data-null',
    name: 'nothing',
    scope: { link: 'Acme test' },
    parameters: {},
    armed: true,
  });
  const [text = ''] = SCENARIO_TEXTS.values();
  await client.replays.scenarios.save({ text: text.replace(/"name": "[^"]*"/, '"name": "mine"') });
  await client.own.import({
    module: 'tariffs',
    unchecked: true,
    text: `[${['B', 'a'].map(id => `{"id":"${id}","currency":"EUR","price":0.10,"n":12345678901234567890}`).join()}]`,
  });
  return platform;
}

async function invited({ client }: TestPlatform, name: string, more: object) {
  await client.links.invite({ name, ...more });
  await client.links.set({ name, theirToken: TOKEN, confirmed: true });
}

/** Every file with what stands in it. */
function contents(folder: string, inner = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(join(folder, inner), { withFileTypes: true })) {
    const path = inner === '' ? entry.name : `${inner}/${entry.name}`;
    if (entry.isDirectory()) Object.assign(found, contents(folder, path));
    else found[path] = readFileSync(join(folder, path), 'utf8');
  }
  return found;
}

describe('a workspace', () => {
  it('is a folder of plain files without anything secret', async () => {
    const { client } = await filled();
    const folder = join(newFolder(), 'new', 'one');
    const { items } = await client.workspace.export({ folder });
    expect(items.every(({ did }) => did === 'written')).toBe(true);
    expect(items.find(({ name }) => name === 'Acme test')?.note).toBe(
      'without the private key of its certificate and the password of its proxy',
    );
    const files = contents(folder);
    expect(Object.keys(files).sort()).toEqual([
      'fault-rules.json',
      'links/Acme test.json',
      'links/_CON.json',
      'own/NL-WBX/tariffs.json',
      'platform.json',
      'scenarios/mine.json',
      'workspace.json',
    ]);
    const all = Object.values(files).join('\n');
    for (const secret of [TOKEN, KEY, 'hidden']) expect(all).not.toContain(secret);
    expect(files['own/NL-WBX/tariffs.json']).toContain('"price": 0.10,\n        "n": 12345678901234567890');
    for (const text of Object.values(files)) expect(text.endsWith('}\n')).toBe(true);
  });

  it('comes out of another database byte for byte as it went in, links new and rules disarmed', async () => {
    const first = await filled();
    const [one, other] = [newFolder(), newFolder()];
    await first.client.workspace.export({ folder: one });
    const { client } = await openPlatform({ serve: false });
    await expect(client.workspace.import({ folder: one })).rejects.toMatchObject({
      code: 'CONFIRMATION_NEEDED',
      message: 'CON, a production link, would be added.',
    });
    expect(await client.links.list()).toEqual([]);
    const dry = await client.workspace.import({ folder: one, dry: true });
    expect(await client.links.list()).toEqual([]);
    const { items } = await client.workspace.import({ folder: one, confirmed: true });
    expect(items).toEqual(dry.items);
    expect(items.map(({ kind, name, did }) => `${did} ${kind} ${name}`)).toEqual([
      'added link Acme test',
      'added link CON',
      'added rule nothing',
      'added scenario mine',
      'added own data NL-WBX tariffs',
      'changed platform platform',
    ]);
    expect(items[0]?.note).toContain('enter the one its partner gave out');
    expect(items[0]?.note).toContain('enter the private key of its certificate and the password of its proxy too');
    expect(await client.links.get({ name: 'Acme test' })).toMatchObject({ state: 'new', tokens: [] });
    expect((await client.faults.list()).map(({ armed }) => armed)).toEqual([false]);
    expect((await client.own.get({ module: 'tariffs', id: 'a' })).text).toContain('"price":0.10');
    await client.workspace.export({ folder: other });
    expect(contents(other)).toEqual(contents(one));
  });

  it('touches nothing that is as it was, and removes only what it wrote', async () => {
    const { client } = await filled();
    const folder = newFolder();
    mkdirSync(join(folder, '.git'));
    writeFileSync(join(folder, 'README.md'), 'ours');
    await client.workspace.export({ folder });
    writeFileSync(join(folder, 'links', 'notes.txt'), 'by hand');
    const path = join(folder, 'links', '_CON.json');
    utimesSync(path, 1000, 1000);
    const again = await client.workspace.export({ folder });
    expect(new Set(again.items.map(({ did }) => did))).toEqual(new Set(['unchanged']));
    expect(statSync(path).mtimeMs).toBe(1_000_000);
    await client.links.remove({ name: 'CON', confirmed: true });
    await client.replays.scenarios.remove({ name: 'mine' });
    const { items } = await client.workspace.export({ folder });
    expect(items.filter(({ did }) => did === 'removed').map(({ file }) => file)).toEqual([
      'links/_CON.json',
      'scenarios/mine.json',
    ]);
    const files = contents(folder);
    expect(files).toMatchObject({ 'README.md': 'ours', 'links/notes.txt': 'by hand' });
    expect(readdirSync(folder)).not.toContain('scenarios');
  });

  it('changes settings of links that are there and keeps their tokens and secrets, and rules stay armed', async () => {
    const { client } = await filled();
    const folder = newFolder();
    await client.workspace.export({ folder });
    edit(folder, 'links/Acme test.json', json => {
      json.settings.connectTimeout = 1234;
      json.settings.policies = { 'commands.start-session': { answer: 'ask', seconds: 5, otherwise: 'reject' } };
    });
    edit(folder, 'fault-rules.json', json => {
      json.rules[0].seed = 'another';
    });
    const { items } = await client.workspace.import({ folder });
    expect(items.filter(({ did }) => did !== 'unchanged').map(({ name, note }) => [name, note])).toEqual([
      ['Acme test', 'its tokens stay'],
      ['nothing', 'it stays armed'],
    ]);
    const link = await client.links.get({ name: 'Acme test' });
    expect(link.settings).toMatchObject({
      connectTimeout: 1234,
      clientKey: '(set)',
      clientCertificate: 'a certificate',
    });
    expect(link.settings.policies).toMatchObject({ 'commands.start-session': { answer: 'ask' } });
    expect(link.settings.proxy).toContain('***');
    expect(link.tokens.length).toBeGreaterThan(0);
    expect(await client.faults.list()).toMatchObject([{ seed: 'another', armed: true }]);
    edit(folder, 'links/_CON.json', json => {
      json.organisation = 'Another';
    });
    await expect(client.workspace.import({ folder })).rejects.toMatchObject({
      code: 'CONFIRMATION_NEEDED',
      message: 'CON, a production link, would be changed.',
    });
  });
});

describe('what is watched', () => {
  const WEEK = 7 * 24 * 3_600_000;

  it('goes with a workspace: thresholds of all links and of one, and the pulls that are repeated', async () => {
    const first = await filled();
    await first.client.health.setThresholds({ thresholds: { silentHours: 2, errorRate: null, changes: false } });
    await first.client.health.setThresholds({ link: 'Acme test', thresholds: { p95Ms: 900, outOfOrderMinutes: 30 } });
    await first.client.pulls.schedule({ name: 'Acme test', module: 'locations', every: WEEK, jitter: 0 });
    await first.client.pulls.schedule({ name: 'Acme test', module: 'cdrs', every: WEEK });
    const [one, other] = [newFolder(), newFolder()];
    await first.client.workspace.export({ folder: one });
    const files = contents(one);
    expect(JSON.parse(files['health.json'] ?? '')).toEqual({
      thresholds: { changes: false, errorRate: null, silentHours: 2 },
    });
    expect(JSON.parse(files['links/Acme test.json'] ?? '')).toMatchObject({
      pulls: [
        { module: 'cdrs', every: WEEK, jitter: 0.1 },
        { module: 'locations', every: WEEK, jitter: 0 },
      ],
      thresholds: { outOfOrderMinutes: 30, p95Ms: 900 },
    });
    expect(files['links/_CON.json']).not.toMatch(/pulls|thresholds/);

    const { client } = await openPlatform({});
    const { items } = await client.workspace.import({ folder: one, confirmed: true });
    expect(items.map(({ did, kind, name }) => `${did} ${kind} ${name}`)).toContain('changed thresholds all links');
    await client.workspace.export({ folder: other });
    expect(contents(other)).toEqual(files);
    expect(await client.health.thresholds({ link: 'Acme test' })).toMatchObject({
      thresholds: { silentHours: 2, errorRate: null, p95Ms: 900, pullHours: 24 },
      own: { outOfOrderMinutes: 30, p95Ms: 900 },
    });
    // It serves, so they are repeated from now on.
    const [schedule, ...more] = await client.pulls.schedules();
    expect([schedule?.module, more.map(({ module }) => module)]).toEqual(['cdrs', ['locations']]);
    expect(schedule?.nextAt).toBeGreaterThan(Date.now() + WEEK / 2);
    const again = await client.workspace.import({ folder: one, confirmed: true });
    expect(new Set(again.items.map(({ did }) => did))).toEqual(new Set(['unchanged']));
  });

  it('is changed as a file says, ended where it leaves it out of a list, and stays where it says nothing', async () => {
    const { client } = await filled({ serve: true });
    await client.health.setThresholds({ thresholds: { silentHours: 2 } });
    await client.health.setThresholds({ link: 'Acme test', thresholds: { p95Ms: 900 } });
    await client.pulls.schedule({ name: 'Acme test', module: 'cdrs', every: WEEK });
    await client.pulls.schedule({ name: 'Acme test', module: 'locations', every: WEEK });
    const folder = newFolder();
    await client.workspace.export({ folder });
    edit(folder, 'links/Acme test.json', json => {
      json.pulls = [{ module: 'cdrs', every: 2 * WEEK, jitter: 0 }];
      delete json.thresholds;
    });
    edit(folder, 'health.json', json => {
      json.thresholds = { pullHours: 48 };
    });
    const { items } = await client.workspace.import({ folder });
    expect(items.filter(({ did }) => did === 'changed').map(({ name }) => name)).toEqual(['Acme test', 'all links']);
    const schedules = await client.pulls.schedules();
    expect(schedules).toMatchObject([{ link: 'Acme test', module: 'cdrs', every: 2 * WEEK, jitter: 0 }]);
    expect(schedules[0]?.nextAt).toBeGreaterThan(Date.now() + 1.5 * WEEK);
    expect((await client.health.thresholds({})).own).toEqual({ pullHours: 48 });
    expect((await client.health.thresholds({ link: 'Acme test' })).own).toEqual({ p95Ms: 900 });
  });

  it('is refused where it cannot be, naming the place, and nothing is changed', async () => {
    const { client } = await filled();
    await client.health.setThresholds({ thresholds: { silentHours: 2 } });
    const folder = newFolder();
    await client.workspace.export({ folder });
    edit(folder, 'links/Acme test.json', json => {
      json.organisation = 'Another';
      json.pulls = [
        { module: 'cdrs', every: 10, jitter: 0 },
        { module: 'cdrs', every: WEEK, jitter: 0 },
      ];
    });
    edit(folder, 'health.json', json => {
      json.thresholds = { errorRate: 2, speed: 1 };
    });
    const refused = await client.workspace.import({ folder }).catch((error: Error) => error);
    const message = refused instanceof Error ? refused.message : '';
    expect(message).toContain('links/Acme test.json /pulls/0/every: ');
    expect(message).toContain('health.json /thresholds/errorRate: ');
    expect(message).toContain('health.json /thresholds: Unrecognized key: "speed"');
    edit(folder, 'health.json', json => {
      json.thresholds = {};
    });
    edit(folder, 'links/Acme test.json', json => {
      json.pulls[0].every = WEEK;
    });
    await expect(client.workspace.import({ folder })).rejects.toMatchObject({
      message: expect.stringContaining('links/Acme test.json /pulls: a module stands there twice'),
    });
    expect((await client.health.thresholds({})).own).toEqual({ silentHours: 2 });
    expect(await client.pulls.schedules()).toEqual([]);
    expect((await client.links.get({ name: 'Acme test' })).organisation).not.toBe('Another');
  });
});

describe('a folder with mistakes', () => {
  it('is refused as a whole, each mistake by its file and place', async () => {
    const first = await filled();
    const folder = newFolder();
    await first.client.workspace.export({ folder });
    edit(folder, 'links/Acme test.json', json => {
      json.settings.proxy = 'no url';
      json.surprise = 1;
    });
    rmSync(join(folder, 'scenarios', 'mine.json'));
    writeFileSync(join(folder, 'platform.json'), '{\n<<<<<<< HEAD\n"a": 1\n=======\n"a": 2\n>>>>>>> other\n}');
    writeFileSync(join(folder, 'links', 'broken.json'), '{"name": "x",}');
    const { client } = await openPlatform({ serve: false });
    const refused = await client.workspace.import({ folder, confirmed: true }).catch((error: Error) => error);
    const message = refused instanceof Error ? refused.message : '';
    expect(message).toContain('links/Acme test.json /settings/proxy: ');
    expect(message).toContain('links/Acme test.json: Unrecognized key: "surprise"');
    expect(message).toContain('scenarios/mine.json: workspace.json lists it, and it is not there');
    expect(message).toContain('platform.json line 2: a merge conflict is not resolved');
    expect(message).toContain('links/broken.json line 1, column 14');
    expect(await client.links.list()).toEqual([]);
    expect((await client.platform.get()).port).toBe(0);
  });

  it('also what fits its form but not the rest: links twice, rules of links that are not there, objects of others', async () => {
    const first = await filled();
    const folder = newFolder();
    await first.client.workspace.export({ folder });
    writeFileSync(join(folder, 'links', 'copy.json'), readFileSync(join(folder, 'links', '_CON.json')));
    edit(folder, 'fault-rules.json', json => {
      json.rules[0].scope.link = 'nobody';
    });
    edit(folder, 'own/NL-WBX/tariffs.json', json => {
      json.objects.push(json.objects[0], { version: '2.2.1', object: { no: 'id' } });
    });
    const { client } = await openPlatform({ serve: false });
    const refused = await client.workspace.import({ folder, confirmed: true }).catch((error: Error) => error);
    const message = refused instanceof Error ? refused.message : '';
    expect(message).toContain('links/copy.json: "CON" stands in links/_CON.json already');
    expect(message).toMatch(/fault-rules\.json rules\[0\]\.scope\.link/);
    expect(message).toContain('own/NL-WBX/tariffs.json /objects/2: B stands there twice');
    expect(message).toContain('own/NL-WBX/tariffs.json /objects/3: an object has no id');
    expect(await client.links.list()).toEqual([]);
    expect(await client.faults.list()).toEqual([]);
  });

  it('is not written into where it holds something else, is a file, or is of a newer workbench', async () => {
    const { client } = await openPlatform({ serve: false });
    const folder = newFolder();
    await expect(client.workspace.import({ folder })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    writeFileSync(join(folder, 'thesis.txt'), 'mine');
    const message = `${folder} holds something that is no workspace (thesis.txt)`;
    await expect(client.workspace.export({ folder })).rejects.toMatchObject({ code: 'INVALID_INPUT', message });
    await expect(client.workspace.export({ folder: join(folder, 'thesis.txt') })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await expect(client.workspace.export({ folder: 'here' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(contents(folder)).toEqual({ 'thesis.txt': 'mine' });
    const newer = newFolder();
    const manifest = { ocpiWorkbenchWorkspace: 2, release: '9.0.0', files: [] };
    writeFileSync(join(newer, 'workspace.json'), JSON.stringify(manifest));
    for (const ask of [client.workspace.export, client.workspace.import]) {
      await expect(ask({ folder: newer })).rejects.toMatchObject({
        message: `${newer} was written by a newer OCPI Workbench (9.0.0)`,
      });
    }
    writeFileSync(
      join(newer, 'workspace.json'),
      JSON.stringify({ ...manifest, ocpiWorkbenchWorkspace: 1, files: ['../../etc/passwd'] }),
    );
    await expect(client.workspace.export({ folder: newer })).rejects.toMatchObject({
      message: expect.stringContaining('which is outside of it'),
    });
  });

  it('that cannot be written says where, and leaves no piece of a file', async () => {
    const { client } = await filled();
    const folder = newFolder();
    await client.workspace.export({ folder });
    rmSync(join(folder, 'links'), { recursive: true });
    writeFileSync(join(folder, 'links'), 'a file where a folder should be');
    await expect(client.workspace.export({ folder })).rejects.toMatchObject({
      message: expect.stringContaining(join(folder, 'links', 'Acme test.json')),
    });
    await expect(client.workspace.import({ folder, confirmed: true })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(Object.keys(contents(folder)).filter(name => name.includes('.part-'))).toEqual([]);
    const closed = newFolder();
    chmodSync(closed, 0o500);
    // Whoever may do everything is not hindered.
    if (process.getuid?.() === 0) return;
    await expect(client.workspace.export({ folder: closed })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(readdirSync(closed)).toEqual([]);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: a test spoils what it likes
function edit(folder: string, path: string, change: (json: any) => void): void {
  const file = join(folder, path);
  const json = JSON.parse(readFileSync(file, 'utf8'));
  change(json);
  writeFileSync(file, JSON.stringify(json, null, 2));
}
