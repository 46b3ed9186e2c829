import { describe, expect, it } from 'vitest';
import type { PriceInput } from '../../../core/contract/money.ts';
import { openBooks } from '../../../core/history/books/books.ts';
import { createKnownObjects } from '../../../core/workbench/money/known-objects.ts';
import { openPlatform, sharedPlatform } from '../../support/platform.ts';
import { inRoles, type Json, meet } from '../../support/registered-partner.ts';
import { cdr, location, session, tariff } from './bills.ts';

const ours = sharedPlatform({ parties: inRoles('EMP', ['EMSP', 'CPO']) });
const theirs = sharedPlatform({ parties: inRoles('ABC', ['CPO']) });
const RECEIVER = '/ocpi/2.3.0/receiver';

/** A partner of ours alone, that pushes what it likes. */
async function pushing() {
  const meeting = await meet(await ours(), await theirs());
  const { us, name, send } = meeting;
  const push = async (module: 'cdrs' | 'sessions' | 'tariffs' | 'locations', object: Json) => {
    const path = `${RECEIVER}/${module}${module === 'cdrs' ? '' : `/NL/ABC/${object['id']}`}`;
    const { codes } = await send(module === 'cdrs' ? 'POST' : 'PUT', path, object);
    expect(codes[1]).toBe(1000);
  };
  const price = (input: PriceInput) => us.client.money.price(input);
  return { ...meeting, push, price, bill: (id: string) => price({ bill: { link: name, module: 'cdrs', id } }) };
}

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: { code: string; message: string }) => [error.code, error.message],
  );

describe('a CDR that a partner sent', { timeout: 60_000 }, () => {
  it('is priced by the tariff in it, line by line', async () => {
    const { push, bill } = await pushing();
    await push('cdrs', cdr());
    const priced = await bill('d1');
    expect(priced).toMatchObject({
      kind: 'cdr',
      id: 'D1',
      version: '2.3.0',
      verdict: 'right',
      tariffs: [{ id: 'T1', from: 'within' }],
      due: { total: { before: '5', after: '6.05' } },
      stated: { total: { before: '5', after: '6.05' } },
      credit: null,
    });
    expect(priced.lines[0]).toMatchObject({ dimension: 'ENERGY', volume: '10', price: '0.5', amount: { before: '5' } });
  });

  it('is wrong by one step where it bills one more', async () => {
    const { push, bill } = await pushing();
    // 9.8 kWh are 20 blocks of 500 Wh; 21 are billed.
    const used = [{ start_date_time: '2026-11-02T12:00:00Z', dimensions: [{ type: 'ENERGY', volume: 9.8 }] }];
    const total = { before_taxes: 5.25, taxes: [{ name: 'VAT', amount: 1.1025 }] };
    await push('cdrs', cdr({ charging_periods: used, total_energy: 9.8, total_cost: total }));
    const priced = await bill('D1');
    expect(priced.verdict).toBe('wrong');
    expect(priced.departures[0]).toMatchObject({ field: 'total_cost', taxes: 'before', by: '0.25' });
    expect(priced.departures[0]?.reasons.map(({ code }) => code)).toContain('step-size-one-more');
  });

  it('without a tariff is priced by the stored one of its periods, as it was at the start', async () => {
    const { push, bill } = await pushing();
    await push('tariffs', tariff({ last_updated: '2026-11-01T00:00:00Z' }));
    const dear = [{ price_components: [{ type: 'ENERGY', price: 0.9, step_size: 1 }] }];
    await push('tariffs', tariff({ elements: dear, last_updated: '2026-11-02T12:30:00Z' }));
    await push('cdrs', cdr({ tariffs: undefined }));
    expect(await bill('D1')).toMatchObject({
      verdict: 'right',
      tariffs: [{ id: 'T1', from: 'stored' }],
      due: { total: { before: '5' } },
    });
    // What it was before anybody told of it cannot be known: then nothing is wrong for certain.
    await push('cdrs', cdr({ id: 'D3', tariffs: [], ...monthBefore, total_cost: { before_taxes: 4, taxes: [] } }));
    const unsure = await bill('D3');
    expect(unsure.verdict).toBe('unsure');
    expect(unsure.doubts).toContainEqual(expect.objectContaining({ code: 'tariff-later', matters: true }));
    expect(unsure.sentence).toContain('What tariff T1 was at the start is not known');
  });

  it('whose periods name no tariff has that of its connector, and the zone of its location', async () => {
    const { push, bill, name, price } = await pushing();
    await push('locations', location());
    await push('tariffs', tariff());
    const periods = (cdr()['charging_periods'] as Json[]).map(({ tariff_id: _, ...period }) => period);
    await push('cdrs', cdr({ tariffs: undefined, charging_periods: periods }));
    expect(await bill('D1')).toMatchObject({
      verdict: 'right',
      tariffs: [{ id: 'T1', from: 'stored' }],
      zone: { name: 'Europe/Amsterdam', from: 'location', said: `as location L1 of ${name} says` },
    });
    await push('sessions', session({ charging_periods: periods }));
    expect(await price({ bill: { link: name, module: 'sessions', id: 'S1' } })).toMatchObject({
      kind: 'session',
      verdict: 'right',
      tariffs: [{ from: 'stored' }],
    });
  });

  it('is priced by what is given instead, in the zone that is given', async () => {
    const { push, price, name } = await pushing();
    await push('cdrs', cdr());
    const bill = { link: name, module: 'cdrs', id: 'D1' } as const;
    const night = {
      elements: [
        {
          price_components: [{ type: 'ENERGY', price: 1, step_size: 1 }],
          restrictions: { start_time: '14:00', end_time: '15:00' },
        },
        { price_components: [{ type: 'ENERGY', price: 2, step_size: 1 }] },
      ],
    };
    const tariffs = JSON.stringify([tariff({ ...night })]);
    // From 12:00 to 13:00 in UTC: from 14:00 to 15:00 in Helsinki.
    expect(await price({ bill, tariffs, timeZone: 'Europe/Helsinki' })).toMatchObject({
      tariffs: [{ from: 'asked' }],
      zone: { from: 'asked', matters: true },
      due: { total: { before: '10' } },
    });
    const given = JSON.stringify(location({ time_zone: 'Europe/London' }));
    expect(await price({ bill, tariffs, location: given })).toMatchObject({
      zone: { name: 'Europe/London', from: 'location' },
      due: { total: { before: '20' } },
    });
    expect(await failureOf(price({ bill, tariffs, timeZone: 'Helsinki' }))).toEqual([
      'INVALID_INPUT',
      '"Helsinki" is no time zone',
    ]);
    expect(await failureOf(price({ bill, tariffs: '{}' }))).toEqual([
      'INVALID_INPUT',
      'what is given as tariff is no tariff: it is an object with nothing in it',
    ]);
  });

  it('nets out with its credit CDR, from either side', async () => {
    const { push, bill } = await pushing();
    const minus = { before_taxes: -5, taxes: [{ name: 'VAT', amount: -1.05 }] };
    await push('cdrs', cdr());
    expect((await bill('D1')).credit).toBeNull();
    await push('cdrs', cdr({ id: 'D1-C', credit: true, credit_reference_id: 'd1', total_cost: minus }));
    expect((await bill('D1')).credit).toMatchObject({ creditedBy: ['D1-C'], net: { before: '0', after: '0' } });
    expect(await bill('D1-C')).toMatchObject({
      verdict: 'right',
      credit: { credits: 'd1', creditedBy: [], net: { before: '0', after: '0' } },
    });
  });
});

it('what a card is charged to in advance is what the tariff said at the moment of the payment', async () => {
  const { us, name, push } = await pushing();
  await push('locations', location());
  for (const [preauthorize_amount, month] of [
    [30, '09'],
    [50, '11'],
  ]) {
    const last_updated = `2026-${month}-01T00:00:00Z`;
    await push('tariffs', tariff({ type: 'AD_HOC_PAYMENT', preauthorize_amount, last_updated }));
  }
  const books = openBooks(us.file);
  const known = createKnownObjects(books);
  const place = { id: 'L1', party: undefined, whose: undefined, link: name, evse: 'E1', connector: '1' };
  const amounts = ['2026-10-02', '2026-11-02'].map(day => known.preauthorizeAmount({ ...place, at: Date.parse(day) }));
  books.close();
  expect(amounts).toEqual([30, 50]);
}, 60_000);

it('a session of 2.1.1 has the tariff of the connector in its own location, though that was never pulled', async () => {
  const { client } = await openPlatform({ parties: inRoles('ABC', ['CPO']) });
  const elements = [{ price_components: [{ type: 'ENERGY', price: 0.5, step_size: 1 }] }];
  const own = { id: 'T9', currency: 'EUR', elements, last_updated: '2026-01-01T00:00:00Z' };
  await client.own.import({ module: 'tariffs', version: '2.1.1', text: JSON.stringify(own) });
  const text = JSON.stringify({
    ...{ id: 'S1', currency: 'EUR', kwh: 10, total_cost: 5, status: 'COMPLETED', auth_id: 'A1' },
    start_datetime: '2026-11-02T12:00:00Z',
    end_datetime: '2026-11-02T13:00:00Z',
    location: { id: 'NEVER', evses: [{ uid: 'E1', connectors: [{ id: '1', tariff_id: 'T9' }] }] },
  });
  expect(await client.money.price({ bill: { text } })).toMatchObject({
    verdict: 'right',
    tariffs: [{ id: 'T9', from: 'stored' }],
    due: { total: { before: '5', after: null } },
  });
}, 60_000);

describe('what is to be priced', { timeout: 60_000 }, () => {
  it('is found wherever it is, by its id alone; where several have it they are named', async () => {
    const { client } = await openPlatform({ parties: inRoles('ABC', ['CPO']) });
    await client.own.import({ module: 'cdrs', version: '2.3.0', text: JSON.stringify(cdr({ id: 'OWN' })) });
    await client.own.import({ module: 'sessions', version: '2.3.0', text: JSON.stringify(session({ id: 'OWN' })) });
    const price = (bill: PriceInput['bill']) => client.money.price({ bill });
    expect(await price({ own: 'cdrs', id: 'own' })).toMatchObject({ kind: 'cdr', verdict: 'right', credit: null });
    const credit = cdr({
      id: 'C',
      credit: true,
      credit_reference_id: 'OWN',
      total_cost: { before_taxes: -5, taxes: [] },
    });
    await client.own.import({ module: 'cdrs', version: '2.3.0', text: JSON.stringify(credit) });
    expect((await price({ own: 'cdrs', id: 'own' })).credit).toMatchObject({ creditedBy: ['C'], net: { before: '0' } });
    expect(await price({ anywhere: 'own', what: 'session' })).toMatchObject({ kind: 'session' });
    expect(await failureOf(price({ anywhere: 'OWN' }))).toEqual([
      'INVALID_INPUT',
      '"OWN" is known in several places: our own cdrs, NL-ABC, our own sessions, NL-ABC',
    ]);
    expect(await failureOf(price({ own: 'cdrs', id: 'OWN', party: 'NL-XYZ' }))).toEqual([
      'NOT_FOUND',
      'no CDR "OWN" is known',
    ]);
    expect(await failureOf(price({ anywhere: 'NONE' }))).toEqual(['NOT_FOUND', 'no CDR or session "NONE" is known']);
    expect(await failureOf(price({ link: 'nobody', module: 'cdrs', id: 'D1' }))).toEqual([
      'NOT_FOUND',
      'there is no link "nobody"',
    ]);
    expect((await failureOf(price({ transaction: 7 })))?.[0]).toBe('NOT_FOUND');
  });

  it('is one where it was copied to our own data, and several where two partners have one of that id', async () => {
    const { us, push, name } = await pushing();
    await push('cdrs', cdr({ id: 'TWICE' }));
    const { text } = await us.client.objects.text({ name, module: 'cdrs', id: 'TWICE' });
    await us.client.own.import({ module: 'cdrs', version: '2.3.0', text, party: 'NL-EMP' });
    expect(await us.client.money.price({ bill: { anywhere: 'TWICE' } })).toMatchObject({ verdict: 'right' });
    const other = await pushing();
    await other.push('cdrs', cdr({ id: 'TWICE', remark: 'another' }));
    const [code, message] = (await failureOf(us.client.money.price({ bill: { anywhere: 'twice' } }))) ?? [];
    expect(code).toBe('INVALID_INPUT');
    expect(message).toContain(`cdrs of ${name}, NL-ABC`);
    expect(message).toContain(`cdrs of ${other.name}, NL-ABC`);
  });

  it('is JSON of it, of any size, and of nothing else', async () => {
    const { client } = await ours();
    const price = (text: string) => client.money.price({ bill: { text } });
    const large = cdr({ remark: 'x'.repeat(4_000_000) });
    expect(await price(JSON.stringify({ data: large, status_code: 1000 }))).toMatchObject({ verdict: 'right' });
    expect(await failureOf(price('{"id":1}'))).toEqual([
      'INVALID_INPUT',
      'this is neither a session nor a CDR: it is an object with id',
    ]);
  });
});

const monthBefore = {
  start_date_time: '2026-10-02T12:00:00Z',
  end_date_time: '2026-10-02T13:00:00Z',
  charging_periods: (cdr()['charging_periods'] as Json[]).map(period => ({
    ...period,
    start_date_time: '2026-10-02T12:00:00Z',
  })),
};
