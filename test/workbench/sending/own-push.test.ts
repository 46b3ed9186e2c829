import { describe, expect, it } from 'vitest';
import { endOf, failureOf } from '../../support/platform.ts';
import { GOOD, meet, own, PARTIES } from './meeting.ts';

type Json = Record<string, unknown>;

describe('our own data', () => {
  it('is pushed whole or by id, in the version of the partner, and a second push of the module waits its turn', async () => {
    const { us, name, pushed, at, answer, heard } = await meet('2.1.1');
    const made = await us.client.own.generate({ module: 'tariffs', version: '2.3.0', count: 3, seed: 'push' });
    expect(made.ok).toBe(true);
    const { objects } = await us.client.own.list({ module: 'tariffs', offset: 0, limit: 10 });
    const ids = objects.map(({ id }) => id);
    for (const id of ids) answer('PUT', at('tariffs', 'receiver', 'NL', 'WBX', id), GOOD, GOOD);
    const [first = ''] = ids;
    answer('PUT', at('tariffs', 'receiver', 'NL', 'WBX', first), { do: 'delay', ms: 60, when: 'before' }, GOOD);
    const { runId } = await us.client.sending.push({ name, module: 'tariffs', own: 'all' });
    expect(await failureOf(us.client.sending.push({ name, module: 'tariffs', own: 'all' }))).toMatchObject({
      code: 'BUSY',
    });
    expect((await endOf(us, { runId })).result?.push).toMatchObject({ sent: 3 });
    expect(heard('tariffs').map(line => line.split('/').at(-1))).toEqual(ids);
    expect((await pushed({ module: 'tariffs', own: [first] })).state).toBe('done');
  });

  it('of a list beside the usual one is pushed by id or whole, and found in that list only', async () => {
    const { us, name, pushed, at, answer, heard } = await meet('2.3.0');
    const stored = (module: 'bookings' | 'payments', list: 'booking_locations' | 'financial-advice-confirmations') => {
      const type = module === 'bookings' ? 'BookingLocation' : 'FinancialAdviceConfirmation';
      const text = JSON.stringify(own('2.3.0', type, { id: 'K1' }));
      return us.client.own.import({ module, list, text });
    };
    await us.client.platform.configure({
      parties: [...PARTIES, { countryCode: 'NL', partyId: 'WBX', role: 'PTP', name: 'Us' }],
    });
    try {
      expect((await stored('bookings', 'booking_locations')).ok).toBe(true);
      expect((await stored('payments', 'financial-advice-confirmations')).ok).toBe(true);
      const terminal = JSON.stringify(own('2.3.0', 'Terminal', { terminal_id: 'K2' }));
      await us.client.own.import({ module: 'payments', text: terminal });
      answer('PUT', at('bookings', 'receiver', 'NL', 'WBX', 'booking_locations', 'K1'), GOOD, GOOD);
      answer('POST', at('payments', 'receiver', 'financial-advice-confirmations'), GOOD);
      answer('POST', at('payments', 'receiver', 'terminals'), GOOD);
      const count = heard('bookings').length + heard('payments').length;
      const lists = [
        { module: 'bookings', list: 'booking_locations', own: ['k1'] },
        { module: 'bookings', list: 'booking_locations', own: 'all' },
        { module: 'payments', list: 'financial-advice-confirmations', own: ['K1'] },
        { module: 'payments', own: ['K2'] },
      ] as const;
      for (const order of lists) {
        const { own: ids, ...more } = order;
        const run = await pushed({ ...more, own: ids === 'all' ? ids : [...ids] });
        expect(run.result?.push).toMatchObject({ sent: 1, ok: 1 });
      }
      expect([...heard('bookings'), ...heard('payments')].length).toBe(count + 4);
      expect(heard('payments').slice(-2)).toEqual([
        'POST payments/financial-advice-confirmations',
        'POST payments/terminals',
      ]);
      const example = await us.client.sending.example({ name, operation: 'bookings.put-location', of: 'K1' });
      expect(example.params).toMatchObject({ booking_location_id: 'K1' });
      const calendar = await us.client.sending.example({ name, operation: 'bookings.put-calendar', of: 'K1' });
      const [first] = own('2.3.0', 'BookingLocation')['calendars'] as Json[];
      expect([calendar.params['calendar_id'], JSON.parse(calendar.body ?? '')]).toEqual([first?.['id'], first]);
      const push = us.client.sending.push;
      expect(await failureOf(push({ name, module: 'bookings', own: ['K1'] }))).toMatchObject({
        code: 'NOT_FOUND',
        message: 'K1 is not among our own bookings',
      });
      expect(await failureOf(push({ name, module: 'payments', list: 'terminals', own: ['K1'] }))).toMatchObject({
        code: 'NOT_FOUND',
        advice: expect.stringContaining('wb own list payments --list terminals'),
      });
    } finally {
      await us.client.platform.configure({ parties: [...PARTIES] });
    }
  });

  it('is of no list that the module does not have; a document is of none', async () => {
    const { us, name } = await meet('2.3.0');
    const push = us.client.sending.push;
    expect(await failureOf(push({ name, module: 'tariffs', list: 'terminals', own: 'all' }))).toMatchObject({
      code: 'INVALID_INPUT',
      message: 'tariffs has no list terminals',
    });
    expect(await failureOf(push({ name, module: 'bookings', list: 'booking_locations', text: '{}' }))).toMatchObject({
      code: 'INVALID_INPUT',
      message: 'a document is of no list of ours',
    });
  });
});
