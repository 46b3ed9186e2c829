import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LifeAnswer } from '../../../core/sandbox/life/ports.ts';
import { must } from '../../support/platform.ts';
import { BEGIN, freePlug, type Stage, type StageOptions, stage, TOKEN } from './stage.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
type Json = Record<string, unknown>;

const CARD = { ...TOKEN, type: 'RFID', whitelist: 'ALWAYS' };
const withCards = (cards: readonly Json[] = [CARD]): StageOptions => ({
  partners: { some: async (_link, module) => (module === 'tokens' ? cards : []) },
});

async function driverAt(one: Stage, input: Json = {}): Promise<string> {
  const starting = one.life.start({ link: 'volta', ...input });
  await one.clock.pass(100);
  return must(await starting).id;
}

const ofSession = ({ partner }: Stage, id: string) =>
  partner.calls.filter(({ operation, params }) => operation.startsWith('sessions.') && params['session_id'] === id);

/** What has to be true of every session and CDR, however they came about. */
function judge({ partner }: Stage, { done }: { done: boolean }): void {
  expect(partner.findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
  for (const [id, session] of partner.sessions) {
    const periods = (session['charging_periods'] ?? []) as { start_date_time: string; dimensions: Json[] }[];
    let end = String(session['start_date_time']);
    for (const { start_date_time: start, dimensions } of periods) {
      expect(start).toBe(end);
      const hours = dimensions.find(({ type }) => String(type).includes('TIME'))?.['volume'];
      end = new Date(Date.parse(start) + Math.round(Number(hours) * 3_600_000)).toISOString().replace('.000', '');
    }
    if (!done) continue;
    expect(session).toMatchObject({ status: 'COMPLETED', end_date_time: end });
    const cdrs = partner.cdrs.filter(({ session_id: of }) => of === id);
    expect(new Set(cdrs.map(({ id: cdr }) => cdr)).size).toBe(1);
    expect(cdrs[0]).toMatchObject({
      total_energy: session['kwh'],
      end_date_time: end,
      total_cost: session['total_cost'],
    });
  }
}

/** kWh and `last_updated` of a session as they were told one after the other. */
function judgeOrder(one: Stage): void {
  for (const id of one.partner.sessions.keys()) {
    let [kwh, updated] = [0, ''];
    for (const { operation, body = {} } of ofSession(one, id)) {
      // After a restart the same is told once more, whole.
      expect(
        String(body['last_updated']) > updated || (operation === 'sessions.put' && body['last_updated'] === updated),
      ).toBe(true);
      updated = String(body['last_updated']);
      const told = Number(body['kwh'] ?? kwh);
      expect(told).toBeGreaterThanOrEqual(kwh);
      kwh = told;
    }
  }
}

describe('a driver at a living charger', () => {
  it('charges, and is asked for at the provider only where the whitelist wants it', async () => {
    const one = stage(withCards());
    const session = await driverAt(one);
    await one.clock.pass(30 * HOUR);
    expect(one.partner.sessions.get(session)).toMatchObject({ auth_method: 'WHITELIST', status: 'COMPLETED' });
    expect(one.partner.calls.some(({ operation }) => operation === 'tokens.authorize')).toBe(false);
    judge(one, { done: true });

    const two = stage(withCards([{ ...CARD, whitelist: 'NEVER' }]));
    const allowed = { allowed: 'ALLOWED', authorization_reference: 'REF-7', token: CARD };
    two.partner.answer = ({ operation }) =>
      operation === 'tokens.authorize' ? { ok: true, reason: 'yes', httpStatus: 200, data: allowed } : undefined;
    const asked = await driverAt(two);
    await two.clock.pass(MINUTE);
    expect(two.partner.calls[0]).toMatchObject({ params: { token_uid: CARD.uid }, query: { type: 'RFID' } });
    expect(two.partner.sessions.get(asked)).toMatchObject({
      auth_method: 'AUTH_REQUEST',
      authorization_reference: 'REF-7',
    });
  });

  it.each([
    ['ALLOWED_OFFLINE', { ok: false, reason: 'nobody answered' }, undefined],
    ['NEVER', { ok: false, reason: 'nobody answered' }, 'nobody answered'],
    ['NEVER', { ok: true, reason: '', httpStatus: 200, data: { allowed: 'BLOCKED' } }, 'is BLOCKED'],
    ['ALLOWED_OFFLINE', { ok: false, reason: 'unknown', httpStatus: 404, ocpiStatus: 2004 }, 'unknown'],
  ] as const)('with whitelist %s, answered %j, does not charge because: %s', async (whitelist, answer, why) => {
    const one = stage(withCards([{ ...CARD, whitelist }]));
    one.partner.answer = ({ operation }): LifeAnswer | undefined =>
      operation === 'tokens.authorize' ? answer : undefined;
    const starting = one.life.start({ link: 'volta' });
    await one.clock.pass(100);
    const started = await starting;
    expect(started.ok).toBe(why === undefined);
    if (!started.ok) expect(started.failure.message).toContain(why);
  });

  it('is told why there is no charge: no tokens, no place, a place that is taken, a link that is not there', async () => {
    const one = stage();
    const failureOf = async (input: Json, on = one) => {
      const starting = on.life.start(input);
      await on.clock.pass(1_000);
      const started = await starting;
      return started.ok ? 'it began' : `${started.failure.code} ${started.failure.message}`;
    };
    expect(await failureOf({ link: 'volta' })).toMatch(/^WRONG_STATE .*not any token/);
    expect(await failureOf({ link: 'nobody' })).toMatch(/^NOT_FOUND no link "nobody"/);
    const two = stage(withCards());
    const plug = freePlug(two.world);
    expect(await failureOf({ link: 'volta', location: 'NOWHERE' }, two)).toMatch(/^NOT_FOUND we own no location/);
    expect(await failureOf({ link: 'volta', location: plug.location, evse: 'E9' }, two)).toMatch(/^NOT_FOUND/);
    await driverAt(two, plug);
    expect(await failureOf({ link: 'volta', ...plug }, two)).toMatch(/^BUSY/);
    expect(await failureOf({ as: 'app' }, two)).toMatch(/^INVALID_INPUT/);
    expect(two.life.stop({ id: 'NONE' })).toMatchObject({ ok: false, failure: { code: 'NOT_FOUND' } });
  });

  it('comes by itself as often as is wanted, and another one when one has gone', async () => {
    const one = stage({ ...withCards(), locations: 40 });
    one.life.set({ charges: 25, speed: 100 });
    await one.clock.pass(5_000);
    expect(one.life.view()).toMatchObject({ charges: 25, speed: 100 });
    const going = () => one.life.view().charging.filter(({ state }) => state !== 'COMPLETED').length;
    expect(going()).toBe(25);
    await one.clock.pass(6 * 36_000);
    expect(one.life.view().finished).toBeGreaterThan(5);
    expect(going()).toBeGreaterThanOrEqual(24);
    // Some chargers broke meanwhile, and were repaired.
    const statuses = one.partner.calls.map(({ body }) => body?.['status']);
    expect(statuses).toContain('OUTOFORDER');
    one.life.set({ charges: 0 });
    await one.clock.pass(30 * 36_000);
    expect(one.life.view()).toMatchObject({ open: 0, pushes: { waiting: 0 } });
    judge(one, { done: true });
    judgeOrder(one);
  });

  it('arrives by chance at the rate that is wanted', async () => {
    const one = stage({ ...withCards(), locations: 10 });
    one.life.set({ arrivals: 1, speed: 100 });
    await one.clock.pass(4 * 36_000);
    const { open, finished } = one.life.view();
    expect(open + finished).toBeGreaterThan(10);
    expect(open + finished).toBeLessThan(80);
  });
});

describe('what is told', () => {
  it('to a slow partner is merged, nothing is lost, and the order is kept', async () => {
    const one = stage(withCards());
    let underWay = 0;
    one.partner.answer = async ({ operation }) => {
      if (!operation.startsWith('sessions.')) return undefined;
      expect(++underWay).toBe(1);
      await one.clock.sleep(45 * MINUTE);
      underWay--;
      return undefined;
    };
    const plug = freePlug(one.world, ({ powerType }) => powerType !== 'DC');
    const session = await driverAt(one, { ...plug, kwh: 20 });
    await one.clock.pass(40 * HOUR);
    const { charging_periods: periods } = one.partner.sessions.get(session) as { charging_periods: unknown[] };
    const calls = ofSession(one, session);
    expect(calls.length).toBeLessThan(periods.length);
    expect(calls.some(({ body }) => ((body?.['charging_periods'] ?? []) as unknown[]).length > 2)).toBe(true);
    judge(one, { done: true });
    judgeOrder(one);
  });

  it('and not taken is not repeated: the next push sends the whole session', async () => {
    const one = stage(withCards());
    let refuse = false;
    one.partner.answer = ({ operation }) =>
      refuse && operation.startsWith('sessions.')
        ? { ok: false, reason: 'HTTP 503', httpStatus: 503, exchangeId: 9 }
        : undefined;
    const plug = freePlug(one.world, ({ powerType }) => powerType !== 'DC');
    const session = await driverAt(one, { ...plug, kwh: 25 });
    await one.clock.pass(10 * MINUTE);
    refuse = true;
    await one.clock.pass(15 * MINUTE);
    expect(one.life.view()).toMatchObject({
      charging: [{ session, behind: true }],
      pushes: { failed: 1, waiting: 0 },
      failures: [{ link: 'volta', what: `session ${session}, PATCH`, reason: 'HTTP 503', exchangeId: 9 }],
    });
    refuse = false;
    await one.clock.pass(15 * MINUTE);
    expect(ofSession(one, session).map(({ operation }) => operation)).toEqual([
      'sessions.put',
      'sessions.patch',
      'sessions.patch',
      'sessions.patch',
      'sessions.put',
    ]);
    await one.clock.pass(30 * HOUR);
    judge(one, { done: true });
    judgeOrder(one);
  });

  it('is repeated in its order where a profile of the sandbox has it so', async () => {
    const one = stage({ ...withCards(), repeatsFailed: () => true });
    let failures = 3;
    one.partner.answer = ({ operation }) =>
      operation.startsWith('sessions.') && failures-- > 0 ? { ok: false, reason: 'HTTP 503' } : undefined;
    const session = await driverAt(one);
    await one.clock.pass(MINUTE);
    expect(one.partner.sessions.get(session)).toMatchObject({ status: 'ACTIVE' });
    expect(
      ofSession(one, session)
        .map(({ operation }) => operation)
        .slice(0, 4),
    ).toEqual(Array(4).fill('sessions.put'));
  });

  it('of a status at a location the partner does not have becomes the whole location', async () => {
    const one = stage(withCards());
    const known = new Set<string>();
    one.partner.answer = ({ operation, params }) => {
      const id = params['location_id'] ?? '';
      if (operation === 'locations.put') known.add(id);
      const unknown = operation === 'locations.patch-evse' && !known.has(id);
      return unknown ? { ok: false, reason: 'HTTP 404', httpStatus: 404, ocpiStatus: 2003 } : undefined;
    };
    const plug = freePlug(one.world);
    await driverAt(one, { ...plug, kwh: 1 });
    await one.clock.pass(5 * HOUR);
    const told = one.partner.calls.filter(({ operation }) => operation.startsWith('locations.'));
    expect(told.map(({ operation }) => operation)).toEqual([
      'locations.patch-evse',
      'locations.put',
      'locations.patch-evse',
    ]);
    expect(told[1]?.body).toMatchObject({ id: plug.location, publish: expect.any(Boolean) });
    expect(one.life.view()).toMatchObject({ failures: [], pushes: { failed: 0 } });
  });

  it('of a CDR that was not taken is told once, and the charge is over', async () => {
    const one = stage(withCards());
    one.partner.answer = ({ operation }) => (operation === 'cdrs.post' ? { ok: false, reason: 'HTTP 500' } : undefined);
    await driverAt(one, { kwh: 1 });
    await one.clock.pass(5 * HOUR);
    expect(one.partner.calls.filter(({ operation }) => operation === 'cdrs.post')).toHaveLength(1);
    expect(one.life.view()).toMatchObject({ open: 0, failures: [{ reason: 'HTTP 500' }] });
  });
});

describe('simulated time', () => {
  it('begins at the real moment, runs as fast as wanted, stands while paused, and is the real one again when all is over', async () => {
    const one = stage(withCards());
    const simulated = () => Date.parse(one.life.view().simulatedAt);
    one.life.set({ speed: 60 });
    await driverAt(one, { kwh: 2 });
    const begun = simulated();
    expect(begun - BEGIN).toBeLessThan(10_000);
    await one.clock.pass(10_000);
    expect(simulated() - begun).toBe(600_000);
    one.life.pause();
    const calls = one.partner.calls.length;
    await one.clock.pass(HOUR);
    expect(simulated() - begun).toBe(600_000);
    expect(one.partner.calls.length).toBe(calls);
    expect(one.life.view().running).toBe(false);
    one.life.resume();
    await one.clock.pass(10 * MINUTE);
    expect(one.life.view().open).toBe(0);
    await driverAt(one, { kwh: 2 });
    expect(Math.abs(simulated() - one.clock.now())).toBeLessThan(20_000);
  });

  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 10, max: 60_000 }) }) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('speed' as const), speed: fc.integer({ min: 1, max: 1000 }) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('restart' as const),
        how: fc.constantFrom('crash' as const, 'order' as const),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('refuse' as const), refuse: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('slow' as const), ms: fc.constantFrom(0, 500, 20_000) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('start' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('stop' as const) }) },
  );

  it('whatever the speeds, refusals and restarts: kWh never fall, periods are without a gap, the partner ends with our session and one CDR', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async steps => {
        let one = stage({ ...withCards(), locations: 5 });
        let refuse = false;
        one.partner.answer = ({ operation }) =>
          refuse && operation !== 'cdrs.post' ? { ok: false, reason: 'no' } : undefined;
        await driverAt(one, { kwh: 30 });
        for (const what of steps) {
          if (what.do === 'pass') await one.clock.pass(what.ms);
          else if (what.do === 'speed') one.life.set({ speed: what.speed });
          else if (what.do === 'restart') one = one.restart(what.how);
          else if (what.do === 'refuse') refuse = what.refuse;
          else if (what.do === 'slow') one.partner.answersAfter = what.ms;
          else if (what.do === 'start') await driverAt(one, { kwh: 10 });
          else one.life.stop({ id: one.life.view().charging.find(({ state }) => state === 'ACTIVE')?.session ?? '' });
          judge(one, { done: false });
        }
        refuse = false;
        one.partner.answersAfter = 0;
        one.life.set({ speed: 100 });
        await one.clock.pass(3 * HOUR);
        expect(one.life.view()).toMatchObject({ open: 0, pushes: { waiting: 0 } });
        judgeOrder(one);
        // A session whose last push was refused stays as it was told before: what is lost is not queued (digest 1.11).
        for (const { object } of one.stored.kept.filter(({ module }) => module === 'cdrs')) {
          const id = String(object['session_id']);
          expect(one.partner.cdrs.filter(cdr => cdr['id'] === object['id']).length).toBeGreaterThanOrEqual(1);
          const ours = one.stored.kept.findLast(kept => kept.object['id'] === id)?.object;
          const last = ofSession(one, id).at(-1)?.body;
          expect(last).toMatchObject({ last_updated: ours?.['last_updated'], status: 'COMPLETED' });
          const theirs = one.partner.sessions.get(id);
          if (theirs?.['last_updated'] === last?.['last_updated']) expect(theirs).toMatchObject({ kwh: ours?.['kwh'] });
        }
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
