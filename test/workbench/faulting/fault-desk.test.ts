import { describe, expect, it } from 'vitest';
import type { EventBatch } from '../../../core/contract/events.ts';
import { FaultRuleText } from '../../../core/contract/fault.ts';
import { failureOf, newDatabase, openPlatform, type TestPlatform } from '../../support/platform.ts';

type Faults = TestPlatform['client']['faults'];

async function desk({ serve = false }: { serve?: boolean } = {}) {
  const us = await openPlatform({ serve });
  const link = (name: string, environment: 'test' | 'production' = 'test') =>
    us.client.links.add({
      name,
      versionsUrl: 'http://127.0.0.1:9/ocpi/versions',
      token: `token-a-for-${name}-0001`,
      environment,
    });
  return { us, faults: us.client.faults, link };
}

const names = async (faults: Faults) => (await faults.list()).map(({ name }) => name);
const kind = 'envelope.data-null';

describe('the rules', () => {
  it('are added, listed in their order, changed, moved and removed, and are there after a restart', async () => {
    const file = newDatabase();
    const first = await openPlatform({ file, serve: false });
    const { faults } = first.client;
    const one = await faults.add({ kind });
    const two = await faults.add({ kind, when: { nth: 2 }, seed: 'x' });
    const three = await faults.add({ kind: 'envelope.http-status', name: 'Third', parameters: { status: 503 } });
    expect(one).toMatchObject({
      name: kind,
      family: 'envelope',
      armed: true,
      met: 0,
      fired: 0,
      pack: null,
      scope: {},
      lastFiredAt: null,
    });
    expect(one.explain).not.toBe('');
    expect(await names(faults)).toEqual([kind, `${kind} 2`, 'Third']);
    await faults.change({ id: three.id, before: one.id });
    await faults.change({ id: one.id, before: null });
    const changed = await faults.change({ id: two.id, name: 'second', scope: { module: 'tokens' } });
    expect(changed).toMatchObject({ name: 'second', scope: { module: 'tokens' }, when: { nth: 2 }, seed: 'x' });
    expect(await names(faults)).toEqual(['Third', 'second', kind]);
    const before = await faults.list();
    await first.close();
    const again = await openPlatform({ file, serve: false });
    expect(await again.client.faults.list()).toEqual(before);
    expect(await again.client.faults.remove({ names: ['third'] })).toMatchObject([{ name: 'Third' }]);
    expect(await again.client.faults.remove({ all: true })).toHaveLength(2);
    expect(await again.client.faults.list()).toEqual([]);
  });

  it('are armed and disarmed by id, by name or all at once', async () => {
    const { faults } = await desk();
    const { id } = await faults.add({ kind, name: 'a', armed: false });
    await faults.add({ kind, name: 'b' });
    const armed = async () => (await faults.list()).map(rule => rule.armed);
    await faults.arm({ ids: [id], armed: true });
    expect(await armed()).toEqual([true, true]);
    await faults.arm({ names: ['B'], armed: false });
    expect(await armed()).toEqual([true, false]);
    await faults.arm({ all: true, armed: false });
    expect(await armed()).toEqual([false, false]);
  });

  it('are refused where they cannot be at work, and nothing is half done', async () => {
    const { faults } = await desk();
    const { id } = await faults.add({ kind, name: 'a' });
    const wrong: readonly [Promise<unknown>, string, RegExp][] = [
      [faults.add({ kind: 'no.kind' }), 'INVALID_INPUT', /^kind: /],
      [faults.add({ kind, name: 'A' }), 'NAME_TAKEN', /"A"/],
      [faults.add({ kind, scope: { link: 'nobody' } }), 'INVALID_INPUT', /scope\.link/],
      [faults.change({ id, scope: { operation: 'nothing.get' } }), 'INVALID_INPUT', /scope\.operation/],
      [faults.change({ id: 99, seed: 'x' }), 'NOT_FOUND', /id 99/],
      [faults.change({ id, before: 99 }), 'INVALID_INPUT', /before: /],
      [faults.change({ id, before: id }), 'INVALID_INPUT', /before: /],
      [faults.arm({ names: ['a', 'nobody'], armed: false }), 'NOT_FOUND', /"nobody"/],
      [faults.remove({ ids: [id, 99] }), 'NOT_FOUND', /id 99/],
      [faults.restart({ ids: [99] }), 'NOT_FOUND', /id 99/],
      [faults.load({ pack: 'no such pack' }), 'INVALID_INPUT', /no such pack/],
      [faults.suggest({ exchangeId: 99 }), 'NOT_FOUND', /exchange 99/],
      [faults.preview({ rule: { kind }, exchangeId: 99 }), 'NOT_FOUND', /exchange 99/],
      [faults.preview({ rule: { kind: 'no.kind' } }), 'INVALID_INPUT', /^kind: /],
      [faults.try({ rule: { kind: 'no.kind' } }), 'INVALID_INPUT', /^kind: /],
    ];
    for (const [asked, code, words] of wrong) {
      const failure = await failureOf(asked);
      expect([failure.code, failure.message]).toEqual([code, expect.stringMatching(words)]);
      expect(failure.advice).not.toBe('');
    }
    expect(await faults.list()).toMatchObject([{ id, name: 'a', armed: true, scope: {} }]);
  });

  it('tell whoever listens that they changed', async () => {
    const { us, faults } = await desk();
    const batches = await us.client.events.watch();
    const next = async () => (await batches.next()).value as EventBatch;
    expect((await next()).refetch).toBe(true);
    await faults.add({ kind });
    expect((await next()).faults).toBe(true);
    await batches.return?.();
  });
});

describe('a rules file', () => {
  it('holds what another database needs, and nothing of this one', async () => {
    const { faults } = await desk();
    await faults.add({ kind, name: 'one', when: { everyNth: 3 }, seed: 's', armed: false });
    await faults.add({ kind: 'envelope.http-status', parameters: { status: 503 }, scope: { module: 'tokens' } });
    const file = await faults.export();
    expect(file.rules.map(rule => Object.keys(rule).sort())).toEqual(
      Array.from({ length: 2 }, () => [
        'armed',
        'kind',
        'name',
        'parameters',
        'reachesRegistration',
        'scope',
        'seed',
        'when',
      ]),
    );
    const other = (await desk()).faults;
    expect(await other.import({ file: JSON.parse(JSON.stringify(file)) })).toHaveLength(2);
    expect(await other.export()).toEqual(file);
  });

  it('is taken whole or not at all, besides or instead of the rules there are', async () => {
    const { faults } = await desk();
    await faults.add({ kind, name: 'kept' });
    const file = (...rules: readonly object[]) => ({ ocpiWorkbenchFaults: 1, rules });
    const bad = file({ kind }, { kind: 'envelope.http-status', parameters: { status: 'x' } });
    for (const replace of [false, true]) {
      const failure = await failureOf(faults.import({ file: bad, replace }));
      expect(failure).toMatchObject({
        code: 'INVALID_INPUT',
        message: expect.stringMatching(/^rules\[1\]\.parameters\.status: /),
      });
      expect(await names(faults)).toEqual(['kept']);
    }
    expect(await failureOf(faults.import({ file: file({ kind }, { kind, name: 'KEPT' }) }))).toMatchObject({
      code: 'NAME_TAKEN',
      message: expect.stringMatching(/^rules\[1\]\.name: /),
    });
    await faults.import({ file: file({ kind }, { kind }) });
    expect(await names(faults)).toEqual(['kept', kind, `${kind} 2`]);
    await faults.import({ file: file({ kind, name: 'Kept' }), replace: true });
    expect(await names(faults)).toEqual(['Kept']);
  });
});

describe('a production link', () => {
  it('is met by no fault before somebody said yes, one that reaches every link included', async () => {
    const { faults, link } = await desk();
    await link('test');
    await link('live', 'production');
    const asking = [
      () => faults.add({ kind }),
      () => faults.add({ kind, scope: { link: 'LIVE' } }),
      () => faults.import({ file: { ocpiWorkbenchFaults: 1, rules: [{ kind, armed: false }, { kind }] } }),
    ];
    for (const ask of asking) {
      expect(await failureOf(ask())).toMatchObject({
        code: 'CONFIRMATION_NEEDED',
        message: expect.stringContaining('live'),
      });
    }
    await faults.add({ kind, name: 'on the test link', scope: { link: 'test' } });
    const { id } = await faults.add({ kind, name: 'off', armed: false });
    expect((await failureOf(faults.arm({ ids: [id], armed: true }))).code).toBe('CONFIRMATION_NEEDED');
    expect(await faults.arm({ ids: [id], armed: true, confirmed: true })).toMatchObject([{ armed: true }]);
    expect((await failureOf(faults.change({ id, seed: '2' }))).code).toBe('CONFIRMATION_NEEDED');
    // Out of force it goes without asking.
    expect(await faults.arm({ all: true, armed: false })).toHaveLength(2);
    await faults.remove({ all: true });
    expect(await faults.add({ kind, confirmed: true })).toMatchObject({ armed: true });
  });
});

describe('a preview', () => {
  it('of a sample shows the message with and without the fault, and what happens on the wire', async () => {
    const { faults } = await desk();
    const shown = await faults.preview({ rule: { kind: 'envelope.http-status', parameters: { status: 503 } } });
    expect(shown).toMatchObject({
      exchangeId: null,
      direction: 'answer',
      idle: null,
      firings: [{ applied: true, hit: 1 }],
    });
    expect(shown.before).toMatch(/^HTTP\/1\.1 200 OK\n/);
    expect(shown.after).toMatch(/^HTTP\/1\.1 503 /);
    const cut = await faults.preview({ rule: { kind: 'transport.cut' } });
    expect(shown.wire).toEqual(['head', expect.stringMatching(/bytes$/), 'end']);
    expect(cut.wire).not.toEqual(shown.wire);
    expect(cut.before.startsWith(cut.after)).toBe(true);
  });

  it('of each kind there is works on its sample', async () => {
    const { faults } = await desk();
    const kinds = await faults.kinds();
    expect(kinds.length).toBeGreaterThan(100);
    for (const { kind: name, example, parameters } of kinds) {
      const { firings } = await faults.preview({ rule: { kind: name, reachesRegistration: true } });
      expect([name, firings.map(({ applied, did }) => (applied ? '' : did))]).toEqual([name, ['']]);
      expect(example.before).toMatch(/^(HTTP\/1\.1 \d{3} |[A-Z]+ \/)/);
      const described = Object.values(
        (parameters['properties'] ?? {}) as Record<string, { description?: string; default?: unknown }>,
      );
      expect([name, described.every(one => one.description !== undefined && 'default' in one)]).toEqual([name, true]);
    }
  });

  it('of a recorded exchange says why the rule would be idle there', async () => {
    const { us, faults } = await desk({ serve: true });
    await fetch(us.versionsUrl, { headers: { Authorization: 'Token nobody' } });
    const [seen] = await us.client.exchanges.list({ limit: 1 });
    const exchangeId = seen?.id ?? 0;
    const idle = async (rule: Partial<FaultRuleText> & { kind: string }) =>
      (await faults.preview({ rule: FaultRuleText.parse(rule), exchangeId })).idle;
    expect(await idle({ kind: 'envelope.http-status', reachesRegistration: true })).toBeNull();
    expect(await idle({ kind: 'envelope.http-status' })).toBe('it does not reach versions and credentials');
    expect(await idle({ kind: 'envelope.http-status', reachesRegistration: true, armed: false })).toBe(
      'it is disarmed',
    );
    expect(await idle({ kind: 'envelope.http-status', reachesRegistration: true, when: { nth: 7 } })).toContain(
      'number 7',
    );
    expect(await idle({ kind: 'paging.link-missing' })).toBe('paging.link-missing does not fit versions.list');
    expect(await idle({ kind: 'auth.wrong-scheme' })).toBe('auth.wrong-scheme is no fault of answers');
    const shown = await faults.preview({
      rule: { kind: 'envelope.http-status', parameters: { status: 500 }, reachesRegistration: true },
      exchangeId,
    });
    expect(shown.before).toMatch(/^HTTP\/1\.1 401 /);
    expect(shown.after).toMatch(/^HTTP\/1\.1 500 /);
  });
});

describe('rules like an exchange that went wrong', () => {
  it('begin with what was answered, and can be added as they are', async () => {
    const { us, faults } = await desk({ serve: true });
    await fetch(us.versionsUrl, { headers: { Authorization: 'Token nobody' } });
    const [seen] = await us.client.exchanges.list({ limit: 1 });
    const [first, ...more] = await faults.suggest({ exchangeId: seen?.id ?? 0 });
    expect(first).toMatchObject({
      kind: 'auth.unauthorized',
      scope: { direction: 'answer', operation: 'versions.list' },
      reachesRegistration: true,
    });
    expect(more.map(rule => rule.kind)).toContain('envelope.http-status');
    expect(more.find(rule => rule.kind === 'envelope.http-status')?.parameters).toEqual({ status: 401 });
    for (const rule of [first, ...more]) if (rule !== undefined) await faults.add(rule);
  });
});

describe('a kind that is tried', () => {
  it('is seen at the other end of a socket as it says', async () => {
    const { faults } = await desk();
    const arrived = async (name: string, parameters: Record<string, unknown> = {}) => {
      const tried = await faults.try({ rule: { kind: name, parameters, reachesRegistration: true }, patience: 300 });
      return { ...tried, text: Buffer.from(tried.arrived, 'base64').toString('latin1') };
    };
    const status = await arrived('envelope.http-status', { status: 503 });
    expect(status).toMatchObject({ ended: 'closed', text: expect.stringMatching(/^HTTP\/1\.1 503 [\s\S]*\r\n\r\n\{/) });
    expect(await arrived('transport.hang')).toMatchObject({ ended: 'open' });
    expect(await arrived('transport.reset')).toMatchObject({ ended: 'reset' });
    expect(await arrived('auth.wrong-scheme')).toMatchObject({
      direction: 'send',
      text: expect.stringMatching(/^[A-Z]+ \/ocpi\/[\s\S]*Authorization: (?!Token )/),
    });
  });
});
