import { expect, it } from 'vitest';
import { GOOD, meet, own } from '../sending/meeting.ts';
import { replayed, VERSION } from './charging.ts';

it('as fast as possible several objects are under way at once, each of them in its order, and what it refers to before it', async () => {
  const met = await meet(VERSION);
  const { us, name, partner } = met;
  const send = async (module: 'sessions' | 'locations', method: 'put' | 'patch', id: string, body: unknown) => {
    partner.override('unknown', GOOD);
    const params = { country_code: 'NL', party_id: 'WBX', [module === 'sessions' ? 'session_id' : 'location_id']: id };
    await us.client.sending.send({ name, operation: `${module}.${method}`, params, body: JSON.stringify(body) });
  };
  const sessions = ['SES-A', 'SES-B', 'SES-C'];
  await send('locations', 'put', 'LOC1', own(VERSION, 'Location', { id: 'LOC1' }));
  for (const id of sessions) await send('sessions', 'put', id, own(VERSION, 'Session', { id, kwh: 0 }));
  for (const kwh of [1, 2, 3]) {
    for (const id of sessions) await send('sessions', 'patch', id, { kwh, last_updated: `2026-01-01T10:0${kwh}:00Z` });
  }
  const made = await us.client.exchanges.list({ link: name, direction: 'out', limit: 13 });
  const ids = made.map(({ id }) => id).reverse();

  const before = partner.requests.length;
  // No answer leaves before three are asked for, or there is only one.
  const three = Promise.withResolvers<void>();
  const held = { ...GOOD, after: three.promise } as typeof GOOD;
  partner.override('unknown', [GOOD, held, held, held, ...Array(9).fill(GOOD)]);
  const running = replayed(met, { source: { kind: 'exchanges', ids } });
  await expect.poll(() => partner.requests.length - before).toBe(4);
  three.resolve();
  const { run } = await running;
  expect(run.summary).toBe('13 of 13 steps as recorded');

  const got = partner.requests
    .slice(before)
    .map(({ url, text }) => ({ url, body: JSON.parse(text) as { kwh?: number } }));
  expect(got[0]?.url).toContain('/locations/');
  const bySession = Map.groupBy(got.slice(1), ({ url }) => url);
  expect(bySession.size).toBe(3);
  for (const of of bySession.values()) expect(of.map(({ body }) => body.kwh)).toEqual([0, 1, 2, 3]);
});
