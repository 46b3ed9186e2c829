import { describe, expect, it } from 'vitest';
import type { Version } from '../../../core/ocpi/versions.ts';
import type { AskedCommand } from '../../../core/server/simulation.ts';
import { BEGIN, freePlug, type Stage, type StageOptions, stage, TOKEN } from './stage.ts';

const HOUR = 3_600_000;
const RESPONSE_URL = 'http://127.0.0.1:1/results/1';

function ask(
  { life }: Stage,
  command: AskedCommand['command'],
  body: Record<string, unknown>,
  { linkId = 1, version = '2.2.1' }: { linkId?: number; version?: Version } = {},
) {
  return life.command({
    command,
    body: { response_url: RESPONSE_URL, ...body },
    responseUrl: RESPONSE_URL,
    linkId,
    version,
    caller: {
      linkId,
      token: { id: 'x', kind: 'C', state: 'active' },
      form: 'raw',
      registered: true,
      parties: [{ countryCode: 'NL', partyId: 'VOL', role: 'EMSP' }],
    },
  });
}

const at = (plug: ReturnType<typeof freePlug>) => ({
  location_id: plug.location,
  evse_uid: plug.evse,
  connector_id: plug.connector,
});

/** `PATCH`, or whatever it was, with what it said of the status. */
const told = ({ partner }: Stage) =>
  partner.calls.map(({ operation, body }) => {
    const { status } = body ?? {};
    return typeof status === 'string' ? `${operation} ${status}` : operation;
  });

const accepted = { result: 'ACCEPTED', timeout: 30 };

describe('START_SESSION at a living charger', () => {
  it('leads to the result, the session PENDING and ACTIVE, what it takes, COMPLETED, and a CDR', async () => {
    const one = stage();
    const plug = freePlug(one.world, ({ powerType }) => powerType === 'DC');
    const reference = 'REF-1';
    const answer = ask(one, 'START_SESSION', { token: TOKEN, ...at(plug), authorization_reference: reference });
    expect(answer).toEqual(accepted);
    expect(one.partner.results).toEqual([]);
    await one.clock.pass(4_000);
    expect(one.partner.results).toEqual([{ url: RESPONSE_URL, body: { result: 'ACCEPTED' } }]);
    expect(told(one)).toEqual(['sessions.put PENDING']);
    await one.clock.pass(20_000);
    expect(told(one).slice(1)).toEqual(['locations.patch-evse CHARGING', 'sessions.patch ACTIVE']);
    await one.clock.pass(20 * HOUR);

    const { sessions, cdrs, findings } = one.partner;
    const [session] = sessions.values();
    const [cdr, another] = cdrs;
    expect(another).toBeUndefined();
    expect(findings).toEqual([]);
    expect(session).toMatchObject({
      status: 'COMPLETED',
      authorization_reference: reference,
      auth_method: 'COMMAND',
      cdr_token: { uid: TOKEN.uid, contract_id: TOKEN.contract_id, party_id: 'VOL' },
      location_id: plug.location,
      evse_uid: plug.evse,
    });
    expect(cdr).toMatchObject({
      session_id: session?.['id'],
      authorization_reference: reference,
      total_energy: session?.['kwh'],
      total_cost: session?.['total_cost'],
      end_date_time: session?.['end_date_time'],
      cdr_location: { id: plug.location, evse_uid: plug.evse, connector_id: plug.connector },
    });
    expect(Number(session?.['kwh'])).toBeGreaterThan(1);
    expect(told(one).at(-1)).toBe('cdrs.post');
    expect(told(one)).toContain('locations.patch-evse AVAILABLE');
    expect(one.life.view()).toMatchObject({ open: 0, finished: 1, failures: [], pushes: { failed: 0, waiting: 0 } });
    // Served to those who pull, as well.
    expect(one.stored.kept.filter(({ module }) => module === 'cdrs')).toHaveLength(1);
    expect(one.stored.kept.findLast(({ module }) => module === 'sessions')?.object).toMatchObject({
      status: 'COMPLETED',
    });
    expect(one.stored.charges.size).toBe(0);
  });

  it.each(['2.1.1', '2.3.0'] as const)('tells it in OCPI %s without a finding', async version => {
    const one = stage({ version });
    const plug = freePlug(one.world);
    const { contract_id: _, ...rest } = TOKEN;
    const token = version === '2.1.1' ? { uid: TOKEN.uid, type: 'OTHER', auth_id: TOKEN.contract_id } : TOKEN;
    ask(one, 'START_SESSION', { token: { ...rest, ...token }, ...at(plug) }, { version });
    await one.clock.pass(40 * HOUR);
    const { sessions, cdrs, findings, results } = one.partner;
    expect(findings).toEqual([]);
    expect(results).toEqual([{ url: RESPONSE_URL, body: { result: 'ACCEPTED' } }]);
    expect(cdrs).toHaveLength(1);
    const [session] = sessions.values();
    expect(session).toMatchObject({ status: 'COMPLETED', kwh: cdrs[0]?.['total_energy'] });
    if (version === '2.1.1') {
      expect(session).toMatchObject({ auth_id: TOKEN.contract_id, location: { id: plug.location } });
      // What becomes of a list in a PATCH is not said there (T17): none is sent.
      const patches = one.partner.calls.filter(({ operation }) => operation === 'sessions.patch');
      expect(patches.length).toBeGreaterThan(0);
      for (const { body } of patches) expect(body).not.toHaveProperty('charging_periods');
      expect(cdrs[0]?.['location']).toEqual(session?.['location']);
    }
  });

  it('is refused where there is no such place, and fails later where the charger cannot', async () => {
    const one = stage();
    const plug = freePlug(one.world);
    expect(ask(one, 'START_SESSION', { token: TOKEN, location_id: 'NOWHERE' })).toMatchObject({ statusCode: 2003 });
    expect(ask(one, 'START_SESSION', { token: TOKEN, ...at(plug), evse_uid: 'NO' })).toMatchObject({
      statusCode: 2003,
    });
    expect(ask(one, 'START_SESSION', { token: TOKEN, ...at(plug), connector_id: '9' })).toMatchObject({
      statusCode: 2003,
    });
    ask(one, 'START_SESSION', { token: TOKEN, ...at(plug) });
    ask(one, 'START_SESSION', { token: { ...TOKEN, uid: 'ANOTHER' }, ...at(plug) });
    await one.clock.pass(5_000);
    expect(one.partner.results.map(({ body }) => body)).toEqual([{ result: 'ACCEPTED' }, { result: 'EVSE_OCCUPIED' }]);
    const broken = one.world
      .location(Number(plug.location.slice(4)), '2.2.1')
      .evses?.find(({ status }) => ['INOPERATIVE', 'OUTOFORDER', 'UNKNOWN'].includes(status));
    const all = Array.from({ length: 30 }, (_, index) => one.world.location(index, '2.2.1'));
    const other = all
      .flatMap(location => (location.evses ?? []).map(evse => ({ location: location.id, evse })))
      .find(({ evse }) => evse.status === 'OUTOFORDER');
    expect(broken ?? other).toBeDefined();
    ask(one, 'START_SESSION', { token: TOKEN, location_id: other?.location, evse_uid: other?.evse.uid });
    await one.clock.pass(5_000);
    expect(one.partner.results.at(-1)?.body).toEqual({ result: 'EVSE_INOPERATIVE' });
    expect(one.partner.sessions.size).toBe(1);
  });

  it('writes nothing on a link on which nothing may be written', () => {
    const one = stage({ closed: 'volta is a production link' });
    const plug = freePlug(one.world);
    expect(ask(one, 'START_SESSION', { token: TOKEN, ...at(plug) })).toMatchObject({
      result: 'REJECTED',
      message: 'volta is a production link',
    });
  });
});

describe('a session that goes on', () => {
  async function charging(options: StageOptions = {}) {
    const one = stage(options);
    const plug = freePlug(
      one.world,
      ({ powerType, capabilities }) => powerType !== 'DC' && capabilities.includes('CHARGING_PROFILE_CAPABLE'),
    );
    ask(one, 'START_SESSION', { token: TOKEN, ...at(plug) });
    await one.clock.pass(10 * 60_000);
    const [charge] = one.life.view().charging;
    if (charge === undefined) throw new Error('nothing charges');
    return { one, plug, session: charge.session };
  }

  it('is stopped by STOP_SESSION of its provider, and of nobody else', async () => {
    const { one, session } = await charging();
    expect(ask(one, 'STOP_SESSION', { session_id: 'NONE' })).toMatchObject({ result: 'UNKNOWN_SESSION' });
    expect(ask(one, 'STOP_SESSION', { session_id: session }, { linkId: 2 })).toMatchObject({ result: 'REJECTED' });
    expect(ask(one, 'STOP_SESSION', { session_id: session.toUpperCase() })).toEqual(accepted);
    await one.clock.pass(2 * 60_000);
    expect(one.partner.results.at(-1)?.body).toEqual({ result: 'ACCEPTED' });
    expect(one.partner.sessions.get(session)).toMatchObject({ status: 'COMPLETED' });
    expect(one.partner.cdrs).toHaveLength(1);
    const end = Date.parse(String(one.partner.sessions.get(session)?.['end_date_time']));
    expect((end - BEGIN) / 60_000).toBeCloseTo(10, 0);
  });

  it('ends when its connector is unlocked', async () => {
    const { one, plug, session } = await charging();
    expect(ask(one, 'UNLOCK_CONNECTOR', at(plug))).toEqual(accepted);
    expect(ask(one, 'UNLOCK_CONNECTOR', { ...at(plug), connector_id: '7' })).toMatchObject({ statusCode: 2003 });
    await one.clock.pass(2 * 60_000);
    expect(one.partner.results.at(-1)?.body).toEqual({ result: 'ACCEPTED' });
    expect(one.partner.sessions.get(session)).toMatchObject({ status: 'COMPLETED' });
    expect(one.partner.cdrs).toHaveLength(1);
  });

  it('is held to a charging profile, tells each change of it, and is free again when it is cleared', async () => {
    const { one, session } = await charging();
    const asked = {
      session,
      responseUrl: RESPONSE_URL,
      linkId: 1,
      version: '2.2.1',
      caller: { token: { id: 'x', kind: 'C', state: 'active' }, form: 'raw', registered: true, parties: [] },
    } as const;
    const profile = {
      charging_rate_unit: 'W',
      charging_profile_period: [
        { start_period: 0, limit: 2000 },
        { start_period: 3600, limit: 1200.5 },
      ],
    };
    expect(one.life.profile({ ...asked, session: 'NONE', what: 'get' })).toMatchObject({ result: 'UNKNOWN_SESSION' });
    expect(one.life.profile({ ...asked, what: 'clear' })).toEqual(accepted);
    await one.clock.pass(3_000);
    expect(one.partner.results.at(-1)?.body).toEqual({ result: 'UNKNOWN' });
    const free = one.life.view().charging[0]?.watts;
    expect(one.life.profile({ ...asked, what: 'set', profile })).toEqual(accepted);
    await one.clock.pass(60_000);
    expect(one.partner.results.at(-1)?.body).toEqual({ result: 'ACCEPTED' });
    expect(one.life.view().charging[0]?.watts).toBe(2000);
    const active = () => one.partner.calls.filter(({ operation }) => operation === 'chargingprofiles.put-active');
    expect(active()).toHaveLength(1);
    await one.clock.pass(HOUR);
    expect(one.life.view().charging[0]?.watts).toBe(1200);
    expect(active()).toHaveLength(2);
    expect(active().at(-1)).toMatchObject({
      params: { session_id: session },
      body: {
        charging_profile: { charging_rate_unit: 'W', charging_profile_period: [{ start_period: 0, limit: 1200.5 }] },
      },
    });
    expect(one.life.profile({ ...asked, what: 'get', duration: 600 })).toEqual(accepted);
    await one.clock.pass(3_000);
    expect(one.partner.results.at(-1)?.body).toMatchObject({
      result: 'ACCEPTED',
      profile: { charging_profile: { duration: 600 } },
    });
    one.life.profile({ ...asked, what: 'clear' });
    await one.clock.pass(60_000);
    expect(one.life.view().charging[0]?.watts).toBe(free);
  });

  it('takes preferences where the charger can, and says why not elsewhere', async () => {
    const { one, session } = await charging();
    const preferred = (preferences: Record<string, unknown>, id = session) =>
      one.life.preferences({
        session: id,
        preferences,
        linkId: 1,
        version: '2.2.1',
        caller: { token: { id: 'x', kind: 'C', state: 'active' }, form: 'raw', registered: true, parties: [] },
      });
    expect(preferred({ profile_type: 'REGULAR' }, 'NONE')).toMatchObject({ statusCode: 2001 });
    expect(preferred({ profile_type: 'REGULAR' })).toEqual({ result: 'NOT_POSSIBLE' });
    const two = stage();
    const plug = freePlug(two.world, ({ capabilities }) => capabilities.includes('CHARGING_PREFERENCES_CAPABLE'));
    ask(two, 'START_SESSION', { token: TOKEN, ...at(plug) });
    await two.clock.pass(60_000);
    const [charge] = two.life.view().charging;
    const wanted = (preferences: Record<string, unknown>) =>
      two.life.preferences({
        session: charge?.session ?? '',
        preferences,
        linkId: 1,
        version: '2.2.1',
        caller: { token: { id: 'x', kind: 'C', state: 'active' }, form: 'raw', registered: true, parties: [] },
      });
    expect(wanted({ profile_type: 'FAST' })).toEqual({ result: 'PROFILE_TYPE_NOT_SUPPORTED' });
    expect(wanted({ profile_type: 'GREEN' })).toEqual({ result: 'DEPARTURE_REQUIRED' });
    expect(wanted({ profile_type: 'GREEN', departure_time: '2026-11-23T20:00:00Z' })).toEqual({
      result: 'ENERGY_NEED_REQUIRED',
    });
    expect(wanted({ profile_type: 'REGULAR', energy_need: 2 })).toEqual({ result: 'ACCEPTED' });
    await two.clock.pass(20 * HOUR);
    const kwh = Number(two.partner.cdrs[0]?.['total_energy']);
    expect(kwh).toBeGreaterThan(2);
    expect(kwh).toBeLessThan(2.5);
  });
});

describe('a reservation', () => {
  const reserve = (one: Stage, id = 'R1', minutes = 30) => {
    const plug = freePlug(one.world, ({ capabilities }) => capabilities.includes('RESERVABLE'));
    const expiry = new Date(one.clock.now() + minutes * 60_000).toISOString();
    const body = { token: TOKEN, expiry_date: expiry, reservation_id: id, ...at(plug) };
    return { plug, answer: ask(one, 'RESERVE_NOW', body) };
  };

  it('keeps the charger, is told as a session, and becomes the charge of the same token', async () => {
    const one = stage();
    const { plug, answer } = reserve(one);
    expect(answer).toEqual(accepted);
    await one.clock.pass(5 * 60_000);
    expect(told(one)).toEqual(['locations.patch-evse RESERVED', 'sessions.put RESERVATION']);
    ask(one, 'START_SESSION', { token: { ...TOKEN, uid: 'STRANGER' }, ...at(plug) });
    await one.clock.pass(5_000);
    expect(one.partner.results.at(-1)?.body).toEqual({ result: 'EVSE_OCCUPIED' });
    ask(one, 'START_SESSION', { token: TOKEN, ...at(plug) });
    await one.clock.pass(20 * HOUR);
    const [session, another] = one.partner.sessions.values();
    expect(another).toBeUndefined();
    expect(session).toMatchObject({ status: 'COMPLETED' });
    const [cdr] = one.partner.cdrs;
    const [first] = (cdr?.['charging_periods'] ?? []) as { dimensions: { type: string }[] }[];
    expect(first?.dimensions[0]?.type).toBe('RESERVATION_TIME');
    expect(one.partner.findings).toEqual([]);
  });

  it('expires: the session is over without a CDR, and the charger is free', async () => {
    const one = stage();
    reserve(one, 'R1', 10);
    await one.clock.pass(20 * 60_000);
    expect([...one.partner.sessions.values()]).toMatchObject([{ status: 'COMPLETED', kwh: 0 }]);
    expect(one.partner.cdrs).toEqual([]);
    expect(told(one)).toContain('locations.patch-evse AVAILABLE');
  });

  it('is replaced under the same id, cancelled once, and unknown after that', async () => {
    const one = stage();
    const { answer } = reserve(one);
    await one.clock.pass(5_000);
    reserve(one);
    await one.clock.pass(5_000);
    expect(answer).toEqual(accepted);
    expect(one.life.view().charging).toHaveLength(1);
    expect(ask(one, 'CANCEL_RESERVATION', { reservation_id: 'r1' })).toEqual(accepted);
    await one.clock.pass(5_000);
    ask(one, 'CANCEL_RESERVATION', { reservation_id: 'R1' });
    await one.clock.pass(5_000);
    expect(one.partner.results.map(({ body }) => body['result'])).toEqual([
      'ACCEPTED',
      'ACCEPTED',
      'ACCEPTED',
      'UNKNOWN_RESERVATION',
    ]);
    expect([...one.partner.sessions.values()].map(({ status }) => status)).toEqual(['COMPLETED']);
  });

  it('that we withdraw is told at the response_url of RESERVE_NOW', async () => {
    const one = stage();
    reserve(one);
    await one.clock.pass(5_000);
    const [charge] = one.life.view().charging;
    expect(one.life.stop({ id: charge?.session ?? '' }).ok).toBe(true);
    await one.clock.pass(1_000);
    expect(one.partner.results.at(-1)).toEqual({ url: RESPONSE_URL, body: { result: 'CANCELED_RESERVATION' } });
    expect([...one.partner.sessions.values()]).toMatchObject([{ status: 'COMPLETED' }]);
  });

  it('for a moment that is over, or at a charger that cannot, is refused', async () => {
    const one = stage();
    expect(reserve(one, 'R1', -1).answer).toMatchObject({ result: 'REJECTED' });
    const plug = freePlug(one.world, ({ capabilities }) => !capabilities.includes('RESERVABLE'));
    const expiry = new Date(BEGIN + HOUR).toISOString();
    const body = { token: TOKEN, expiry_date: expiry, reservation_id: 'R2', ...at(plug) };
    expect(ask(one, 'RESERVE_NOW', body)).toMatchObject({ result: 'NOT_SUPPORTED' });
  });
});
