import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReplayRun, ReplayStep } from '../../core/contract/replay.ts';
import { type ContractClient, connectLoopback } from '../../core/loopback/client.ts';
import { ownerOf } from '../../core/workbench/owner-address.ts';
import { fixture } from '../ocpi/fixtures.ts';
import { openShell, type Serving, type Shell } from '../support/command-line.ts';
import { type Partner, startPartner } from '../support/partner/partner.ts';
import { endOf } from '../support/platform.ts';
import { GOOD, says } from '../workbench/sending/meeting.ts';

let shell: Shell;
let partner: Partner;
let serving: Serving;
let client: ContractClient;
let leave: () => void;
let ids: number[] = [];

const BELOW = '/ocpi/2.2.1/receiver/sessions/NL/WBX';
const file = (name: string, content: string) => {
  const path = join(shell.folder, name);
  writeFileSync(path, content);
  return path;
};
const session = (id: string) => ({ ...fixture('2.2.1', 'Session'), id, country_code: 'NL', party_id: 'WBX' });
const replay = (...args: readonly string[]) => shell.wb('replay', ...args, '--to', 'acme', '--speed', 'fast');

/** The partner takes what the sessions are called by a seed; their ids. */
async function taken(seed: string): Promise<string[]> {
  const { rewrites } = await client.replays.plan({ to: 'acme', source: { kind: 'exchanges', ids }, seed });
  const found = rewrites.flatMap(({ kind, to }) => (kind === 'session' && to !== null ? [to] : []));
  for (const id of found) partner.override(`PUT ${BELOW}/${id}`, GOOD);
  return found;
}

beforeAll(async () => {
  shell = openShell();
  const modules = ['locations', 'sessions', 'cdrs', 'tariffs', 'tokens', 'commands'].flatMap(identifier =>
    (['SENDER', 'RECEIVER'] as const).map(role => ({ identifier, role })),
  );
  partner = await startPartner({ versions: ['2.2.1'], roles: ['CPO', 'EMSP'], modules });
  serving = await shell.serve();
  const joined = await connectLoopback(ownerOf(shell.db) ?? { port: 0, secret: '' });
  if (joined === undefined) throw new Error('the owner does not answer');
  client = joined.client;
  leave = joined.close;
  const { token, versionsUrl } = partner.invite();
  await client.links.add({ name: 'acme', versionsUrl, token });
  expect((await endOf({ client }, await client.runs.register({ name: 'acme' }))).state).toBe('done');
  for (const id of ['CLI-1-00000000', 'CLI-2-00000000']) partner.override(`PUT ${BELOW}/${id}`, GOOD);
  const text = JSON.stringify([session('CLI-1-00000000'), session('CLI-2-00000000')]);
  const pushed = await client.sending.push({ name: 'acme', module: 'sessions', text });
  expect((await endOf({ client }, pushed)).state).toBe('done');
  ids = (await client.exchanges.list({ link: 'acme', limit: 2 })).map(({ id }) => id).reverse();
});
afterAll(async () => {
  await shell.close();
  await partner.stop();
});

describe('wb replay', () => {
  it('shows what will be rewritten, tells each step, ends with 0, and writes what a CI reads', async () => {
    const source = `exchanges:${ids[0]}-${ids[1]}`;
    const [first = ''] = await taken('a');
    const junit = join(shell.folder, 'result.xml');
    const { code, stdout, stderr } = await replay(source, '--seed', 'a', '--junit', junit);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^2 of 2 steps as recorded \(run \d+\)\n$/),
    });
    expect(stderr).toContain(`session CLI-1-00000000 → ${first}`);
    expect(stderr).toMatch(/ok {4} {2}1 → session, put: as recorded {2}\[#\d+\]/);
    expect(readFileSync(junit, 'utf8')).toMatch(/<testsuite .*tests="2".*failures="0"/);
  });

  it('only says what would happen with --plan, as text or JSON, and sends nothing', async () => {
    const before = partner.requests.length;
    const [text, json] = await Promise.all([
      replay(`exchanges:${ids[0]}`, '--plan'),
      shell.json('replay', `exchanges:${ids[0]}`, '--to', 'acme', '--plan'),
    ]);
    expect(text).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/to acme \(test, OCPI 2\.2\.1\): 1 step, 1 sent/),
    });
    expect(json).toMatchObject({ code: 0, document: { stepCount: 1, to: 'acme', sends: 1 } });
    expect(partner.requests.length).toBe(before);
  });

  it('ends with 1 where something is different, says what, and can be compared with an earlier one', async () => {
    const source = `exchanges:${ids.join(',')}`;
    const found = await taken('b');
    const well = await shell.json('replay', source, '--to', 'acme', '--speed', 'fast', '--seed', 'b');
    partner.override(`PUT ${BELOW}/${found[1]}`, says(200, 2001));
    const ill = await replay(source, '--seed', 'b');
    expect(ill).toMatchObject({ code: 1, stdout: expect.stringContaining('OCPI 2001') });
    expect(ill.stdout).toMatch(/1 of 2 steps as recorded, 1 different \(run \d+\)/);
    const run = /\(run (\d+)\)/.exec(ill.stdout)?.[1] ?? '';
    const { run: before, steps } = well.document as { run: ReplayRun; steps: ReplayStep[] };
    expect([well.code, before.state, steps.map(({ verdict }) => verdict)]).toEqual([0, 'done', ['same', 'same']]);
    const [compared, shown, listed, report, unlike, side] = await Promise.all([
      shell.wb('replays', 'compare', run, String(before.runId)),
      shell.wb('replays', 'show', run),
      shell.wb('replays'),
      shell.wb('replays', 'report', run, '--format', 'junit'),
      shell.json('replays', 'show', run, '--different'),
      shell.wb('replays', 'show', run, '--step', '2'),
    ]);
    expect(compared).toMatchObject({ code: 1, stdout: expect.stringContaining('step 2, session, put') });
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining('DIFF') });
    expect(listed.stdout).toMatch(new RegExp(`^${run} .* failed +acme`, 'm'));
    expect(report).toMatchObject({ code: 0, stdout: expect.stringContaining('failures="1"') });
    expect(unlike.document).toMatchObject({ run: { runId: Number(run) }, steps: [{ no: 2 }] });
    expect(side.stdout).toMatch(/--- answer, expected[\s\S]*1000[\s\S]*\+\+\+ answer, met[\s\S]*2001/);
  });

  it('takes a file of traffic, an earlier run, and a file that is a scenario', async () => {
    const curl = `curl -X PUT 'https://example.com/ocpi/2.2.1/sessions/NL/WBX/F1' -H 'Content-Type: application/json' -d '${JSON.stringify(session('F1'))}'`;
    const { scenario: document } = await client.replays.scenarios.get({ name: 'charge' });
    const own = file('mine.json', JSON.stringify({ ...(document as object), name: 'charge-of-mine' }));
    const [last] = await client.replays.list({ limit: 1 });
    const plans = await Promise.all([
      replay(file('one.curl', curl), '--plan'),
      replay(own, '--plan', '--part', 'cpo'),
      replay('charge', '--plan', '--part', 'emsp'),
      replay(`run:${last?.runId}`, '--plan'),
    ]);
    expect(plans.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(plans[3]?.stdout).toContain('→ session, put');
    expect(plans[0]?.stdout).toContain('stand under the link one');
    expect(plans[1]?.stdout).toContain('→ session, put');
    expect(plans[2]?.stdout).toContain('← session, put');
  });

  it('stops after the step under way on Ctrl+C, and tells what was', async () => {
    const source = `exchanges:${ids.join(',')}`;
    await taken('c');
    const running = shell.begin('replay', source, '--to', 'acme', '--seed', 'c', '--paused');
    const latest = async () => (await client.replays.list({ limit: 1 }))[0];
    await expect.poll(async () => (await latest())?.paused).toBe(true);
    const runId = (await latest())?.runId ?? 0;
    await client.replays.step({ runId });
    await expect.poll(async () => (await latest())?.done).toBe(1);
    running.interrupt();
    const { code, stdout, stderr } = await running.finished;
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: expect.stringMatching(/1 of 2 steps as recorded, 1 left out: stopped/),
    });
    expect(stderr).toContain('stopping…');
    expect(await shell.wb('replays', 'stop', String(runId))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is over'),
    });
  });

  it('that cannot be run ends with 2 and says why', async () => {
    const source = `exchanges:${ids[0]}`;
    const broken = file('broken.json', '{"scenario": 1,');
    const wrong: [args: string[], says: string][] = [
      [[source, '--speed', '0', '--to', 'acme'], '--speed 0 is no speed'],
      [['exchanges:999999', '--to', 'acme'], 'there is no exchange 999999'],
      [[source, '--to', 'sandbox'], 'the sandbox does not run'],
      [[broken, '--to', 'acme'], 'broken.json is no scenario: line 1'],
    ];
    const ends = await Promise.all(wrong.map(([args]) => shell.wb('replay', ...args)));
    expect(ends.map(({ code, stderr }, at) => [code, stderr.includes(wrong[at]?.[1] ?? '') ? '' : stderr])).toEqual(
      wrong.map(() => [2, '']),
    );
    const junit = await replay(source, '--junit', join(shell.folder, 'no', 'such', 'folder.xml'));
    expect(junit).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be written') });
  });
});

describe('wb scenarios', () => {
  it('lists ours, checks a file with the place of each problem, keeps and removes one of the operator', async () => {
    const { scenario: document } = await client.replays.scenarios.get({ name: 'charge' });
    const mine = file('kept.json', JSON.stringify({ ...(document as object), name: 'kept', title: 'Kept' }));
    const bad = file(
      'bad.json',
      JSON.stringify({ ...(document as object), steps: [{ from: 'cpo', do: 'sessions.putt' }] }),
    );
    const [listed, good, wrong] = await Promise.all([
      shell.wb('scenarios'),
      shell.wb('scenarios', 'check', mine),
      shell.wb('scenarios', 'check', bad),
    ]);
    expect(listed).toMatchObject({ code: 0, stdout: expect.stringMatching(/^charge +2\.1\.1 2\.2\.1 2\.3\.0/m) });
    expect(good).toMatchObject({ code: 0, stdout: expect.stringContaining('is a scenario') });
    expect(wrong).toMatchObject({ code: 1, stdout: expect.stringContaining('error: /steps/0/do') });
    expect(await shell.wb('scenarios', 'save', mine)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('yours'),
    });
    const [refused, removed] = await Promise.all([
      shell.wb('scenarios', 'save', bad),
      shell.wb('scenarios', 'remove', 'kept'),
    ]);
    expect([refused.code, removed.code]).toEqual([2, 0]);
    expect(await shell.wb('scenarios', 'show', 'kept')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no scenario "kept"'),
    });
  });
});

describe('wb replay where no workbench runs', () => {
  it('sends, and listens for as long as the partner is awaited', async () => {
    await taken('d');
    const { versionsUrl } = serving;
    leave();
    await serving.stop();
    const scenario = {
      scenario: 1,
      name: 'asks-us',
      title: 'The CPO tells of a session',
      versions: ['2.2.1'],
      parts: ['emsp'],
      ids: { session: 'session' },
      steps: [
        {
          from: 'cpo',
          do: 'sessions.put',
          params: { country_code: '{{cpo_country}}', party_id: '{{cpo_party}}', session_id: '{{session}}' },
          body: { ...session('{{session}}'), country_code: '{{cpo_country}}', party_id: '{{cpo_party}}' },
          within: 20,
        },
      ],
    };
    const source = file('asks-us.json', JSON.stringify(scenario));
    const waiting = shell.begin('replay', source, '--to', 'acme', '--part', 'emsp', '--wait', '20');
    const url = `${new URL(versionsUrl).origin}/ocpi/2.2.1/receiver/sessions/DE/PRT/T1`;
    const body = { ...session('T1'), country_code: 'DE', party_id: 'PRT' };
    const tell = async () => {
      const { call } = await partner.call({ operation: 'versions', method: 'PUT', url, body });
      return call.answer?.status;
    };
    await expect.poll(tell, { interval: 200 }).toBe(201);
    expect(await waiting.finished).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('1 of 1 step as expected'),
    });
    expect(await replay(`exchanges:${ids.join(',')}`, '--seed', 'd')).toMatchObject({ code: 0 });
  }, 60_000);
});
