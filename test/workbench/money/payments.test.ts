import { describe, expect, it } from 'vitest';
import { sharedPlatform } from '../../support/platform.ts';
import { inRoles, type Json, meet } from '../../support/registered-partner.ts';
import { cdr, location, session, tariff } from './bills.ts';

const ours = sharedPlatform({ parties: inRoles('ABC', ['CPO']) });
const theirs = sharedPlatform({ parties: inRoles('PTP', ['PTP']) });
const RECEIVER = '/ocpi/2.3.0/receiver';
const HOUR = 3_600_000;

const AD_HOC: Json = { country_code: 'NL', party_id: 'PTP', uid: 'CARD', type: 'AD_HOC_USER', contract_id: 'C' };
const ago = (hours: number) => new Date(Date.now() - hours * HOUR).toISOString();
const confirmation = (changes: Json): Json => ({
  total_costs: { before_taxes: 5, taxes: [{ name: 'VAT', amount: 1.05 }] },
  currency: 'EUR',
  eft_data: ['paid by card'],
  capture_status_code: 'SUCCESS',
  last_updated: ago(1),
  ...changes,
});

/** We are the operator of the charger: what is charged at it is our own data; the partner has the terminal. */
describe('payments at a terminal', () => {
  it('are put together of what the partner sent, what is ours, and the command', { timeout: 60_000 }, async () => {
    const us = await ours();
    const { name, send } = await meet(us, await theirs());
    const own = (module: 'cdrs' | 'sessions' | 'tariffs' | 'locations', object: Json) =>
      us.client.own.import({ module, version: '2.3.0', text: JSON.stringify(object) });
    const post = async (path: string, body: Json) =>
      expect((await send('POST', `${RECEIVER}/${path}`, body)).codes[1]).toBe(1000);
    // Accepted, and nobody plugs in.
    const policy = { answer: 'accept' } as const;
    await us.client.decisions.setPolicy({ name, operation: 'commands.start-session', policy });
    await own('locations', location());
    await own('tariffs', tariff({ type: 'AD_HOC_PAYMENT', preauthorize_amount: 40 }));
    await post('payments/terminals', { terminal_id: 'TERM1', location_ids: ['L1'], last_updated: ago(100) });
    const start = (reference: string) =>
      send('POST', `${RECEIVER}/commands/START_SESSION`, {
        response_url: 'http://127.0.0.1:9/result',
        token: { ...AD_HOC, issuer: 'PTP', valid: true, whitelist: 'NEVER', last_updated: ago(100) },
        ...{ location_id: 'L1', evse_uid: 'E1', connector_id: '1', authorization_reference: reference },
      });
    await start('REF-1');
    const of = (reference: string, id: string, changes: Json = {}) => ({
      ...{ id, authorization_reference: reference, cdr_token: AD_HOC, tariffs: [], last_updated: ago(2), ...changes },
    });
    await own('sessions', session(of('REF-1', 'S1', { tariffs: undefined })));
    await own('cdrs', cdr(of('REF-1', 'D1')));
    await post('payments/financial-advice-confirmations', confirmation({ id: 'F1', authorization_reference: 'ref-1' }));
    // Nobody captured this one, for two days; and this one nobody billed.
    await own('cdrs', cdr(of('REF-2', 'D2', { last_updated: ago(48), invoice_reference_id: 'I-2' })));
    await post('payments/financial-advice-confirmations', confirmation({ id: 'F3', authorization_reference: 'REF-3' }));
    await post('invoicereconciliation', {
      ...{
        country_code: 'NL',
        party_id: 'PTP',
        id: 'R1',
        invoice_id: 'I-1',
        cdrs: ['D1', 'GONE'],
        last_updated: ago(1),
      },
    });
    // What was paid for by contract is no payment at a terminal.
    await own('cdrs', cdr({ id: 'CONTRACT', authorization_reference: 'REF-9' }));

    const all = await us.client.money.payments({});
    const byReference = new Map(all.rows.map(row => [row.reference, row]));
    expect([all.count, [...byReference.keys()].toSorted()]).toEqual([3, ['REF-1', 'REF-2', 'REF-3']]);
    const started = (await us.client.exchanges.list({ link: name })).find(one =>
      one.operation.includes('start-session'),
    );
    expect(byReference.get('REF-1')).toMatchObject({
      link: name,
      transaction: started?.id,
      terminal: 'TERM1',
      preauthorized: '40',
      session: 'S1',
      cdrs: ['D1'],
      billed: { before: '5', after: '6.05' },
      confirmation: { id: 'F1', status: 'SUCCESS', captured: { after: '6.05' } },
      invoice: { id: 'R1', reference: 'I-1' },
      state: 'unmatched',
      problems: [{ code: 'unknown-cdr', sentence: 'Invoice record R1 names CDR GONE, which nobody knows.' }],
    });
    expect(byReference.get('REF-2')).toMatchObject({ state: 'unmatched', problems: [{ code: 'no-confirmation' }] });
    expect(byReference.get('REF-3')).toMatchObject({ link: name, problems: [{ code: 'no-cdr' }], billed: null });

    // One alone, however its reference is spelt.
    const one = await us.client.money.payments({ reference: 'ref-2' });
    expect([one.count, one.rows.map(({ reference }) => reference)]).toEqual([1, ['REF-2']]);
    expect((await us.client.money.payments({ reference: 'REF' })).count).toBe(0);

    // The record is put right, and what began a moment ago is awaited.
    await send('PUT', `${RECEIVER}/invoicereconciliation/NL/PTP/R1`, {
      ...{ country_code: 'NL', party_id: 'PTP', id: 'R1', invoice_id: 'I-1', cdrs: ['D1'], last_updated: ago(0) },
    });
    await start('REF-4');
    const references = async (conditions: Parameters<typeof us.client.money.payments>[0]) =>
      (await us.client.money.payments(conditions)).rows.map(({ reference }) => reference).toSorted();
    expect(await references({ state: 'matched' })).toEqual(['REF-1']);
    expect(await references({ state: 'open', link: name.toUpperCase() })).toEqual(['REF-4']);
    expect(await references({ until: Date.now() - 24 * HOUR })).toEqual(['REF-2']);
    expect(await references({ since: Date.now() - 24 * HOUR, state: 'unmatched' })).toEqual(['REF-3']);
    expect(await references({ offset: 1, limit: 2 })).toHaveLength(2);
    await expect(us.client.money.payments({ link: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are none where nobody has a terminal: a charge without a contract may be paid for otherwise', async () => {
    const us = await theirs();
    await us.client.platform.configure({ parties: inRoles('PTP', ['PTP', 'CPO']) });
    const text = JSON.stringify(cdr({ id: 'APP', party_id: 'PTP', cdr_token: AD_HOC, authorization_reference: 'X' }));
    await us.client.own.import({ module: 'cdrs', version: '2.3.0', text });
    expect(await us.client.money.payments({})).toEqual({ count: 0, rows: [] });
  });
});
