import { describe, expect, it } from 'vitest';
import { failureOf } from '../../support/platform.ts';
import { clock, DAY, HOUR, ours, watched } from './watched.ts';

describe('the health of a link', () => {
  it('is told: when it was heard, what failed, how long answers took, tokens, and nothing that is wrong', async () => {
    const { client, name, send, kinds } = await watched();
    expect(await kinds()).toEqual([]);
    await send('GET', '/ocpi/2.2.1/nowhere');
    const { links, behind } = await client.health.links({ link: name });
    expect(behind).toBe(0);
    const [link] = links;
    expect(links).toHaveLength(1);
    expect(link).toMatchObject({
      ...{ link: name, state: 'registered', version: '2.2.1', environment: 'test', pulls: [], overdue: [] },
      ...{ changes: [], locations: 0, evses: 0, statuses: {}, notices: [], p95Ms: expect.any(Number) },
    });
    expect(Date.parse(link?.lastHeard ?? '')).toBeGreaterThan(clock.now() - 60_000);
    expect(link?.failed).toBe(1);
    expect(link?.exchanges).toBeGreaterThan(3);
    expect(link?.errorRate).toBeCloseTo(1 / (link?.exchanges ?? 0));
    expect(link?.hours).toHaveLength(24);
    expect(link?.hours.slice(-2).reduce((sum, { exchanges }) => sum + exchanges, 0)).toBe(link?.exchanges);
    expect(link?.tokens.map(({ issuedBy, days }) => `${issuedBy} ${days}`).sort()).toEqual(['them 0', 'us 0']);
  });

  it('tells a partner that is silent for a day, until it is heard again; what ended stays in the list', async () => {
    const { client, name, send, kinds, sentences } = await watched();
    clock.pass(DAY + HOUR);
    expect(await kinds()).toEqual(['silent']);
    expect(await sentences('silent')).toEqual([
      expect.stringMatching(/^Nothing has been heard since \S+Z, for more than 24 hours\.$/),
    ]);
    expect(await kinds()).toEqual(['silent']);
    await send('GET', '/ocpi/versions');
    expect(await kinds()).toEqual([]);
    const { notices, count, open, unseen } = await client.health.notices({ link: name });
    expect({ count, open, unseen }).toEqual({ count: 1, open: 0, unseen: 0 });
    expect(notices).toMatchObject([{ kind: 'silent', severity: 'error', link: name, until: expect.any(String) }]);
  });

  it('hears no partner in connections that failed', async () => {
    const { client, name, partner, kinds } = await watched();
    await partner.stop();
    clock.pass(DAY + HOUR);
    await client.sending.send({ name, operation: 'versions.list' });
    expect(await kinds()).toEqual(['silent']);
  });

  it('tells errors from the tenth exchange of an hour on; those with faults of ours at work are none', async () => {
    const { client, name, send, kinds, sentences } = await watched();
    clock.pass(2 * HOUR);
    for (let at = 0; at < 9; at++) await send('GET', '/ocpi/2.2.1/nowhere');
    expect(await kinds()).toEqual([]);
    await send('GET', '/ocpi/2.2.1/nowhere');
    expect(await kinds()).toEqual(['error-rate']);
    expect(await sentences('error-rate')).toEqual([
      '10 of 10 exchanges within an hour failed: 100 %, with 10 % as the limit.',
    ]);
    clock.pass(HOUR + 60_000);
    expect(await kinds()).toEqual([]);

    const rule = await client.faults.add({ kind: 'transport.cut', parameters: { at: 20 }, reachesRegistration: true });
    for (let at = 0; at < 12; at++) await send('GET', '/ocpi/versions').catch(() => {});
    await client.faults.arm({ ids: [rule.id], armed: false });
    expect(await kinds()).toEqual([]);
    const { links } = await client.health.links({ link: name });
    expect(links[0]?.exchanges).toBe(0);
    expect((await client.exchanges.list({ link: name, limit: 12 })).every(({ ended }) => ended === 'broken-off')).toBe(
      true,
    );
  });

  it('tells slow answers, by the 95th of 100, of at least ten', async () => {
    const { client, name, kinds, sentences } = await watched();
    await client.health.setThresholds({ link: name, thresholds: { p95Ms: 0.5 } });
    clock.pass(2 * HOUR);
    for (let at = 0; at < 9; at++) await client.sending.send({ name, operation: 'versions.list' });
    expect(await kinds()).toEqual([]);
    await client.sending.send({ name, operation: 'versions.list' });
    expect(await kinds()).toEqual(['slow']);
    expect(await sentences('slow')).toEqual([
      expect.stringMatching(/^95 of 100 answers within an hour took up to \d+ ms, with 0\.5 ms as the limit\.$/),
    ]);
    await client.health.setThresholds({ link: name, thresholds: { p95Ms: 60_000 } });
    expect(await kinds()).toEqual([]);
  });

  it('tells tokens that are old, by their labels and never by themselves', async () => {
    const { client, name, kinds } = await watched();
    await client.health.setThresholds({ link: name, thresholds: { silentHours: null, tokenDays: 100 } });
    clock.pass(101 * DAY);
    expect(await kinds()).toEqual(['token-old', 'token-old']);
    const { tokens } = await client.links.get({ name });
    const told = JSON.stringify(await client.health.notices({ link: name, open: true }));
    for (const { id, state } of tokens) {
      const { token } = await client.links.reveal({ name, tokenId: id });
      expect(told).not.toContain(token);
      if (state === 'active') expect(told).toContain(id);
    }
    await client.health.setThresholds({ link: name, thresholds: { tokenDays: 200 } });
    expect(await kinds()).toEqual([]);
  });

  it('tells for a day that version or endpoints became others', async () => {
    const { client, name, partner, kinds, sentences } = await watched();
    expect(await kinds()).toEqual([]);
    expect((await partner.update({ version: '2.1.1' })).ok).toBe(true);
    expect(await kinds()).toEqual(['endpoints-changed', 'version-changed']);
    expect(await sentences('version-changed')).toEqual([
      expect.stringMatching(/^The version became 2\.1\.1 at \S+Z; it was 2\.2\.1\.$/),
    ]);
    const [endpoints] = await sentences('endpoints-changed');
    expect(endpoints).toMatch(/^Endpoints became others at \S+Z: .*cdrs is new.*cdrs SENDER is gone/);
    const { links } = await client.health.links({ link: name });
    expect(links[0]?.changes.map(({ what }) => what).sort()).toEqual(['endpoints', 'version']);
    clock.pass(DAY + 1000);
    await client.health.setThresholds({ link: name, thresholds: { silentHours: null } });
    expect(await kinds()).toEqual([]);
  });

  it('is nobody’s business while the link is suspended, and gone with its notices once it is removed', async () => {
    const { client, name, kinds } = await watched();
    clock.pass(DAY + HOUR);
    expect(await kinds()).toEqual(['silent']);
    await client.links.set({ name, suspended: true });
    expect(await kinds()).toEqual([]);
    await client.links.set({ name, suspended: false });
    expect(await kinds()).toEqual(['silent']);
    await client.links.remove({ name });
    await client.health.look({});
    const { notices, open } = await client.health.notices({ link: name });
    expect(open).toBe(0);
    expect(notices.map(({ link }) => link)).toEqual([name, name]);
  });
});

describe('a notice', () => {
  it('that was acknowledged stays so while nothing is well, and is told anew after it was', async () => {
    const { client, name, send } = await watched();
    clock.pass(DAY + HOUR);
    const [first] = (await client.health.look({ link: name })).notices;
    expect(first).toMatchObject({ kind: 'silent', acknowledged: false });
    expect(await client.health.acknowledge({ ids: [first?.id ?? 0] })).toEqual({ changed: 1 });
    expect(await client.health.acknowledge({ ids: [first?.id ?? 0, 999_999] })).toEqual({ changed: 0 });
    clock.pass(DAY);
    expect((await client.health.look({ link: name })).notices).toEqual([{ ...first, acknowledged: true }]);
    expect(await client.health.notices({ link: name })).toMatchObject({ open: 1, unseen: 0 });
    await send('GET', '/ocpi/versions');
    expect((await client.health.look({ link: name })).notices).toEqual([]);
    clock.pass(DAY + HOUR);
    const [again] = (await client.health.look({ link: name })).notices;
    expect(again).toMatchObject({ kind: 'silent', acknowledged: false });
    expect(again?.id).toBeGreaterThan(first?.id ?? 0);
  });
});

describe('thresholds', () => {
  it('of a link stand above those of all, which stand above those to begin with', async () => {
    const { client, name } = await watched();
    const { health } = client;
    await health.setThresholds({ thresholds: { silentHours: 5, stuckDays: null } });
    const set = await health.setThresholds({ link: name, thresholds: { silentHours: 7 } });
    expect(set).toMatchObject({
      own: { silentHours: 7 },
      thresholds: { silentHours: 7, stuckDays: null, pullHours: 24 },
    });
    await health.setThresholds({ link: name, thresholds: { errorRate: 0.5 } });
    expect((await health.thresholds({ link: name })).own).toEqual({ silentHours: 7, errorRate: 0.5 });
    // What is not named is given up.
    const whole = await health.setThresholds({ link: name, thresholds: { errorRate: 0.5 }, whole: true });
    expect(whole).toMatchObject({ own: { errorRate: 0.5 }, thresholds: { silentHours: 5 } });
    expect(Object.keys(whole.own)).toEqual(['errorRate']);
    expect((await health.setThresholds({ link: name, thresholds: null })).thresholds.silentHours).toBe(5);
    expect((await health.setThresholds({ thresholds: null })).own).toEqual({});
  });

  it('and everything else of a link that there is not are refused by its name', async () => {
    const { health } = (await ours()).client;
    for (const call of [
      () => health.thresholds({ link: 'nobody' }),
      () => health.setThresholds({ link: 'nobody', thresholds: {} }),
      () => health.links({ link: 'nobody' }),
      () => health.locations({ link: 'nobody' }),
      () => health.location({ link: 'nobody', id: 'L1' }),
      () => health.notices({ link: 'nobody' }),
      () => health.look({ link: 'nobody' }),
    ]) {
      expect(await failureOf(call())).toMatchObject({ code: 'NOT_FOUND', message: 'there is no link "nobody"' });
    }
  });
});
