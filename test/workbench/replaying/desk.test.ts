import { copyFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ReplayOptions } from '../../../core/contract/replay.ts';
import { Scenario } from '../../../core/contract/scenario.ts';
import { endOf, failureOf, newDatabase, openPlatform, type TestPlatform } from '../../support/platform.ts';
import { GOOD, type Met, meet, own, says } from '../sending/meeting.ts';
import { over, replayed, theirs, told } from './charging.ts';

const VERSION = '2.2.1';
const CALM = { wait: 2, speed: 'fast' } as const;
let met: Met;
let other: Met;

beforeAll(async () => {
  met = await meet(VERSION);
  other = await meet(VERSION);
});

let sessions = 0;

/** Two pushes of one session of ours: PUT, then PATCH. Ids of their exchanges. */
async function recorded({ us, name, at, answer }: Met): Promise<{ readonly ids: number[]; readonly session: string }> {
  const session = `REC-${++sessions}-0000000000`;
  const path = at('sessions', 'receiver', 'NL', 'WBX', session);
  answer('PUT', path, GOOD);
  answer('PATCH', path, GOOD);
  const [before] = await us.client.exchanges.list({ limit: 1 });
  const params = { country_code: 'NL', party_id: 'WBX', session_id: session };
  const whole = own(VERSION, 'Session', { id: session });
  await us.client.sending.send({ name, operation: 'sessions.put', params, body: JSON.stringify(whole) });
  const change = JSON.stringify({ status: 'COMPLETED', last_updated: new Date().toISOString() });
  await us.client.sending.send({ name, operation: 'sessions.patch', params, body: change });
  const made = await us.client.exchanges.list({ link: name, limit: 10 });
  return { session, ids: made.flatMap(({ id }) => (id > (before?.id ?? 0) ? [id] : [])).reverse() };
}

/** What a session of the recording is called by a seed; the partner takes it so. */
async function taken({ us, name, at, partner }: Met, source: ReplayOptions['source'], seed: string): Promise<string> {
  const { rewrites } = await us.client.replays.plan({ to: name, source, seed });
  const id = rewrites.find(({ kind }) => kind === 'session')?.to ?? '';
  const path = at('sessions', 'receiver', 'NL', 'WBX', id);
  for (const method of ['PUT', 'PATCH']) partner.override(`${method} ${path}`, GOOD);
  return id;
}

const refused = (options: Partial<ReplayOptions> & Pick<ReplayOptions, 'source'>, at = met) =>
  failureOf(at.us.client.replays.start({ to: at.name, ...CALM, ...options }));

describe('what can be replayed', () => {
  it('exchanges by their ids: each is sent anew under another id, and the run says so step by step', async () => {
    const { ids, session } = await recorded(met);
    const plan = await met.us.client.replays.plan({ to: met.name, source: { kind: 'exchanges', ids } });
    expect(plan).toMatchObject({
      to: met.name,
      environment: 'test',
      version: VERSION,
      stepCount: 2,
      sends: 2,
      writes: 2,
    });
    const renamed = plan.rewrites.find(({ kind }) => kind === 'session');
    expect(renamed).toMatchObject({ from: session, steps: 2 });
    expect(await taken(met, { kind: 'exchanges', ids }, plan.seed)).toBe(renamed?.to);
    const before = met.heard('sessions').length;
    const { run, steps } = await replayed(met, { source: { kind: 'exchanges', ids }, seed: plan.seed });
    expect([run.state, ...told(steps)]).toEqual(['done', 'same send sessions.put', 'same send sessions.patch']);
    expect(run).toMatchObject({
      to: met.name,
      steps: 2,
      done: 2,
      same: 2,
      different: 0,
      paused: false,
      seed: plan.seed,
    });
    // By the same seed it is called what the plan said.
    expect(met.heard('sessions').slice(before)).toEqual(
      ['PUT', 'PATCH'].map(method => `${method} sessions/NL/WBX/${renamed?.to}`),
    );
    expect((await met.us.client.runs.get({ runId: run.runId })).steps).toHaveLength(1);
  });

  it('a part of the traffic of a link, by time', async () => {
    const { ids } = await recorded(met);
    const lines = await met.us.client.exchanges.list({ link: met.name, limit: 2 });
    const [last = 0, first = 0] = lines.map(({ at }) => Date.parse(at));
    const planOf = (since: number, until: number) =>
      met.us.client.replays.plan({ to: met.name, source: { kind: 'link', name: met.name, since, until } });
    expect((await planOf(first, last + 1)).steps.map(({ exchangeId }) => exchangeId)).toEqual(ids);
    expect((await planOf(last, last + 1)).steps.map(({ exchangeId }) => exchangeId)).toContain(ids[1]);
    expect(await failureOf(planOf(1, 2))).toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('of that time'),
    });
  });

  it('a transaction, by any exchange of it', async () => {
    const { ids } = await recorded(met);
    const source = { kind: 'transaction', id: ids[1] ?? 0 } as const;
    const plan = await met.us.client.replays.plan({ to: met.name, source });
    expect(plan.steps.map(({ exchangeId }) => exchangeId)).toEqual(ids);
  });

  it('an object that a partner pushed, as its revisions came, sent as we would send it', async () => {
    const id = `THEIRS-${++sessions}`;
    const whole = { ...own(VERSION, 'Session', { id }), country_code: 'DE', party_id: 'PRT' };
    const path = `/ocpi/${VERSION}/receiver/sessions/DE/PRT/${id}`;
    expect(await theirs(met, 'PUT', path, whole)).toEqual([201, 1000]);
    expect(await theirs(met, 'PATCH', path, { kwh: 9, last_updated: new Date().toISOString() })).toEqual([200, 1000]);
    const source = { kind: 'object', link: met.name, module: 'sessions', key: id } as const;
    const plan = await met.us.client.replays.plan({ to: met.name, source });
    expect(plan.steps.map(({ kind, operation }) => `${kind} ${operation}`)).toEqual([
      'send sessions.put',
      expect.stringMatching(/^send sessions\.p/),
    ]);
    const named = await met.us.client.replays.plan({ to: met.name, source: { ...source, key: `DE-PRT/${id}` } });
    expect(named.stepCount).toBe(plan.stepCount);
    expect(await refused({ source: { ...source, key: 'NOBODY' } })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refused({ source: { ...source, module: 'commands' } })).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('a file of traffic, which is imported once for the plan and the run', async () => {
    const { client } = met.us;
    const body = JSON.stringify(own(VERSION, 'Session', { id: 'CURL-1' }));
    const text = `curl -X PUT 'https://example.com/ocpi/2.2.1/sessions/NL/WBX/CURL-1' -H 'Content-Type: application/json' -d '${body}'`;
    const file = { kind: 'file', name: 'one.curl', text, format: 'auto' } as const;
    const before = (await client.links.list()).length;
    const plan = await client.replays.plan({ to: met.name, source: file });
    expect(plan.steps).toMatchObject([{ kind: 'send', operation: 'sessions.put' }]);
    expect(plan.notes.join()).toContain('one.curl stand under the link one');
    const { run } = await replayed(met, { source: file, wait: 1 });
    expect((await client.links.list()).length).toBe(before + 1);
    // What is kept is where it stands now: it can be replayed again without the file.
    expect(run.options.source).toEqual({ kind: 'link', name: 'one' });
    expect(await refused({ source: { ...file, text: 'nothing of the kind' } })).toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(await refused({ source: { kind: 'file', name: 'x', format: 'auto' } })).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('a scenario of ours, one that is kept, and one that is only written', async () => {
    const { replays } = met.us.client;
    const { scenario } = await replays.scenarios.get({ name: 'patch-storm' });
    const text = JSON.stringify({ ...scenario, name: 'mine' });
    await replays.scenarios.save({ text });
    for (const source of [
      { kind: 'scenario', name: 'patch-storm' },
      { kind: 'scenario', name: 'mine' },
      { kind: 'written', name: 'mine.json', text },
    ] as const) {
      const plan = await replays.plan({ to: met.name, source, part: 'cpo' });
      expect(plan).toMatchObject({ title: scenario.title, version: VERSION });
    }
    expect(await refused({ source: { kind: 'scenario', name: 'nobody' } })).toMatchObject({ code: 'NOT_FOUND' });
    const broken = await refused({ source: { kind: 'written', name: 'mine.json', text: '{"scenario":1,' } });
    expect(broken).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(/mine\.json is no scenario: line 1/),
    });
  });

  it('an earlier replay: the same source and options but for what is said anew, under new ids', async () => {
    const { ids } = await recorded(met);
    const source = { kind: 'exchanges', ids } as const;
    await taken(met, source, 'one');
    await taken(met, source, 'another');
    const first = await replayed(met, { source, seed: 'one', strict: true });
    const { client } = met.us;
    const plan = await client.replays.plan({ to: met.name, source: { kind: 'again', runId: first.run.runId } });
    expect([plan.stepCount, plan.seed === 'one']).toEqual([2, false]);
    const anew = await replayed(met, {
      source: { kind: 'again', runId: first.run.runId },
      seed: 'another',
      speed: 100,
    });
    expect(anew.run).toMatchObject({
      seed: 'another',
      options: { speed: 100, strict: true, source: { kind: 'exchanges', ids } },
    });
    const compared = await met.us.client.replays.compare({ runId: anew.run.runId, earlier: first.run.runId });
    expect(compared).toMatchObject({
      changed: [],
      earlier: { runId: first.run.runId },
      later: { runId: anew.run.runId },
    });
    expect(await refused({ source: { kind: 'again', runId: 99_999 } })).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a replay is refused', () => {
  it('where there is no such link, exchange, transaction or sandbox', async () => {
    const { ids } = await recorded(met);
    const source = { kind: 'exchanges', ids } as const;
    expect(await refused({ source, to: 'nobody' })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refused({ source, to: 'sandbox' })).toMatchObject({
      code: 'WRONG_STATE',
      message: 'the sandbox does not run',
    });
    expect(await refused({ source: { kind: 'exchanges', ids: [999_999] } })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refused({ source: { kind: 'transaction', id: 999_999 } })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refused({ source: { kind: 'link', name: 'nobody' } })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('of exchanges of two links in which both sides speak, not of what we alone said', async () => {
    const [mine, elsewhere] = [await recorded(met), await recorded(other)];
    await theirs(met, 'PUT', `/ocpi/${VERSION}/receiver/sessions/DE/PRT/X1`, {
      ...own(VERSION, 'Session', { id: 'X1' }),
      country_code: 'DE',
      party_id: 'PRT',
    });
    const [incoming] = await met.us.client.exchanges.list({ link: met.name, limit: 1 });
    const ours = [...mine.ids, ...elsewhere.ids];
    const planOf = (ids: number[]) => met.us.client.replays.plan({ to: met.name, source: { kind: 'exchanges', ids } });
    expect((await planOf(ours)).stepCount).toBe(4);
    expect(await failureOf(planOf([...ours, incoming?.id ?? 0]))).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining(`several links (${met.name}, ${other.name})`),
    });
  });

  it('on a link that is suspended, and on a production link until it is confirmed', async () => {
    const { ids } = await recorded(met);
    const source = { kind: 'exchanges', ids } as const;
    const { client } = other.us;
    const at = { source, to: other.name };
    await client.links.set({ name: other.name, suspended: true });
    expect(await refused(at, other)).toMatchObject({ code: 'WRONG_STATE', message: `${other.name} is suspended` });
    await client.links.set({ name: other.name, suspended: false, environment: 'production' });
    const asked = await refused(at, other);
    expect(asked).toMatchObject({ code: 'CONFIRMATION_NEEDED', message: expect.stringContaining('2 requests') });
    // A plan is only read.
    expect((await client.replays.plan({ to: other.name, source })).environment).toBe('production');
    await taken(other, source, 'x');
    const { run } = await replayed(other, { source, seed: 'x', confirmed: true });
    expect(run.state).toBe('done');
    // To be confirmed is asked each time.
    expect(run.options.confirmed).toBeUndefined();
    await client.links.set({ name: other.name, environment: 'test', confirmed: true });
  });

  it('while another one runs on the link, which is paused, goes on by single steps, and is stopped', async () => {
    const { ids } = await recorded(met);
    const source = { kind: 'exchanges', ids } as const;
    const { replays } = met.us.client;
    await taken(met, source, 'paused');
    const { runId } = await replays.start({ to: met.name, source, seed: 'paused', ...CALM, paused: true });
    expect(await refused({ source })).toMatchObject({ code: 'BUSY', message: expect.stringContaining(`run ${runId}`) });
    expect(await replays.get({ runId })).toMatchObject({ state: 'running', paused: true, done: 0 });
    expect((await replays.steps({ runId })).steps.map(({ verdict }) => verdict)).toEqual(['waiting', 'waiting']);
    await replays.step({ runId });
    await expect.poll(async () => (await replays.get({ runId })).done).toBe(1);
    expect(await replays.stop({ runId })).toMatchObject({ runId });
    const { run, steps } = await over(met, runId);
    expect(run).toMatchObject({ state: 'cancelled', paused: false, done: 2, same: 1 });
    expect(steps.map(({ verdict }) => verdict)).toEqual(['same', 'skipped']);
    for (const act of ['pause', 'continue', 'step', 'stop'] as const) {
      expect(await failureOf(replays[act]({ runId }))).toMatchObject({ code: 'WRONG_STATE' });
      expect(await failureOf(replays[act]({ runId: 99_999 }))).toMatchObject({ code: 'NOT_FOUND' });
    }
  });
});

describe('what became of a replay', () => {
  it('is told with its differences, side by side, in a report, and compared with an earlier one', async () => {
    const { replays } = met.us.client;
    const { ids } = await recorded(met);
    const source = { kind: 'exchanges', ids } as const;
    await taken(met, source, 'one');
    const first = await replayed(met, { source, seed: 'one' });
    const id = await taken(met, source, 'two');
    met.answer('PATCH', met.at('sessions', 'receiver', 'NL', 'WBX', id), says(200, 2003));
    const { run, steps } = await replayed(met, { source, seed: 'two' });
    expect([run.state, ...told(steps)]).toEqual(['failed', 'same send sessions.put', 'different send sessions.patch']);
    const { runId } = run;
    const unlike = await replays.steps({ runId, different: true });
    expect(unlike).toMatchObject({ count: 1, steps: [{ no: 2 }] });
    expect(unlike.steps[0]?.differences[0]).toMatchObject({ layer: 'ocpi', expected: '1000', met: '2003' });
    const view = await replays.stepView({ runId, no: 2 });
    expect(view.direction).toBe('out');
    expect(view.sides.map(({ what }) => what)).toEqual(['request', 'answer']);
    expect(view.sides[1]?.met).toContain('2003');
    expect(view.sides[1]?.expected).toContain('1000');
    const compared = await replays.compare({ runId, earlier: first.run.runId });
    expect(compared.changed).toMatchObject([{ no: 2, earlier: { verdict: 'same' }, later: { verdict: 'different' } }]);
    expect((await replays.report({ runId, format: 'junit' })).text).toContain('failures="1"');
    expect(JSON.parse((await replays.report({ runId, format: 'json' })).text)).toMatchObject({ run: { runId } });
    expect((await replays.list({ to: met.name.toUpperCase() }))[0]).toMatchObject({ runId, different: 1 });
    expect(await replays.list({ to: 'nobody' })).toEqual([]);
    expect(await failureOf(replays.stepView({ runId, no: 9 }))).toMatchObject({ code: 'NOT_FOUND' });
    for (const ask of [replays.get, replays.steps] as const) {
      expect(await failureOf(ask({ runId: 99_999 }))).toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await failureOf(replays.compare({ runId, earlier: 99_999 }))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await failureOf(replays.report({ runId: 99_999, format: 'text' }))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is shown side by side after a restart as before, with what was learned; one that was killed has the steps it had', async () => {
    const { us, name } = met;
    const { ids } = await recorded(met);
    const source = { kind: 'exchanges', ids } as const;
    await taken(met, source, 'kept');
    const { run } = await replayed(met, { source, seed: 'kept' });
    const shown = await us.client.replays.stepView({ runId: run.runId, no: 2 });
    const { runId } = await us.client.replays.start({
      to: name,
      source,
      seed: 'kept',
      ...CALM,
      paused: true,
    });
    await us.client.replays.step({ runId });
    await expect.poll(async () => (await us.client.replays.get({ runId })).done).toBe(1);
    await expect.poll(() => storedSteps(us, runId)).toBeGreaterThan(0);
    const after = await openPlatform({ file: killed(us), serve: false });
    await us.client.replays.stop({ runId });
    const { replays } = after.client;
    expect(await replays.get({ runId: run.runId })).toEqual(run);
    expect(await replays.stepView({ runId: run.runId, no: 2 })).toEqual(shown);
    expect(await replays.get({ runId })).toMatchObject({ state: 'interrupted', steps: 2, done: 1, same: 1 });
    const { steps } = await replays.steps({ runId });
    expect(steps[0]).toMatchObject({ no: 1, verdict: 'same' });
    expect(steps.every(({ verdict }) => verdict === 'same' || verdict === 'skipped')).toBe(true);
    await endOf(us, { runId });
  });

  it('cannot be where the database takes no new run: that is said, and nothing is sent', async () => {
    const { ids } = await recorded(met);
    const lock = new Database(met.us.file);
    const before = met.heard('sessions').length;
    lock.exec('BEGIN IMMEDIATE');
    try {
      expect(await refused({ source: { kind: 'exchanges', ids } })).toMatchObject({ code: 'DATABASE_UNUSABLE' });
    } finally {
      lock.exec('ROLLBACK');
      lock.close();
    }
    expect(met.heard('sessions').length).toBe(before);
  });
});

describe('scenarios of the operator', () => {
  it('are checked, kept under their own names, shown beside ours, and removed', async () => {
    const { scenarios } = met.us.client.replays;
    const { scenario, ours, text } = await scenarios.get({ name: 'charge' });
    const { $schema: _, ...shown } = scenario;
    expect([ours, Scenario.parse(JSON.parse(text))]).toEqual([true, shown]);
    expect(await failureOf(scenarios.save({ text }))).toMatchObject({ code: 'NAME_TAKEN' });
    const mine = JSON.stringify({ ...scenario, name: 'my-charge', title: 'Mine' });
    expect(await scenarios.check({ text: mine })).toEqual([]);
    expect(await scenarios.save({ text: mine })).toMatchObject({ name: 'my-charge', ours: false });
    expect(await scenarios.save({ text: mine.replace('"Mine"', '"Mine too"') })).toMatchObject({ title: 'Mine too' });
    expect((await scenarios.list()).filter(({ name }) => name === 'my-charge')).toHaveLength(1);
    expect(await failureOf(scenarios.save({ text: '{"scenario":1}' }))).toMatchObject({ code: 'INVALID_INPUT' });
    expect((await scenarios.remove({ name: 'my-charge' })).some(({ name }) => name === 'my-charge')).toBe(false);
    expect(await failureOf(scenarios.remove({ name: 'my-charge' }))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await failureOf(scenarios.remove({ name: 'charge' }))).toMatchObject({ code: 'INVALID_INPUT' });
  });
});

function storedSteps({ file }: TestPlatform, runId: number): number {
  const database = new Database(file, { readonly: true });
  const count = database
    .prepare<[number], number>("SELECT count(*) FROM replay_step WHERE run_id = ? AND verdict = 'same'")
    .pluck();
  const found = count.get(runId) ?? 0;
  database.close();
  return found;
}

/** The database as a `kill -9` at this moment would leave it, under another name and without its owner. */
function killed({ file }: TestPlatform): string {
  const copy = newDatabase();
  const database = new Database(file, { readonly: true });
  database.exec(`VACUUM INTO '${copy}'`);
  database.close();
  copyFileSync(`${file}.key`, `${copy}.key`);
  const copied = new Database(copy);
  copied.exec('DELETE FROM owner');
  copied.close();
  return copy;
}
