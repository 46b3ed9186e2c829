import { beforeAll, describe, expect, it } from 'vitest';
import type { OwnParty } from '../../core/contract/platform.ts';
import { failureOf, sharedPlatform, type TestPlatform } from '../support/platform.ts';

const party = (partyId: string, role: OwnParty['role']): OwnParty => ({
  countryCode: 'NL',
  partyId,
  role,
  name: partyId,
});
const token = (uid: string, type: string, more = '') =>
  `{"uid":"${uid}","type":"${type}","auth_id":"A","issuer":"I","valid":true,"whitelist":"NEVER"${more},"last_updated":"2026-01-01T00:00:00Z"}`;

const opened = sharedPlatform({ parties: [party('AAA', 'EMSP'), party('BBB', 'EMSP')], serve: false });

describe('our data, looked through', () => {
  let us: TestPlatform;
  beforeAll(async () => {
    us = await opened();
    const texts = ['04AA', '04AB', '05%_', '05x'].map(uid => token(uid, 'RFID')).join('\n');
    await us.client.own.import({ module: 'tokens', party: 'NL-AAA', version: '2.1.1', text: texts });
    const others = [token('04AA', 'OTHER', ',"extra":1.00'), token('04aa', 'RFID')].join('\n');
    await us.client.own.import({ module: 'tokens', party: 'NL-BBB', version: '2.1.1', text: others });
  });
  const begins = async (text: string, more: { party?: string; offset?: number; limit?: number } = {}) => {
    const { total, objects } = await us.client.own.list({ module: 'tokens', begins: text, ...more });
    return { total, ids: objects.map(({ party: of, id }) => `${of}/${id}`) };
  };

  it('is found by how its id begins, whatever the case, ids in their order', async () => {
    expect(await begins('04a')).toEqual({
      total: 4,
      ids: ['NL-AAA/04AA', 'NL-BBB/04AA', 'NL-BBB/04aa', 'NL-AAA/04AB'],
    });
    expect(await begins('04A', { party: 'NL-AAA' })).toEqual({ total: 2, ids: ['NL-AAA/04AA', 'NL-AAA/04AB'] });
    expect(await begins('04a', { offset: 1, limit: 2 })).toEqual({ total: 4, ids: ['NL-BBB/04AA', 'NL-BBB/04aa'] });
    expect(await begins('05%')).toEqual({ total: 1, ids: ['NL-AAA/05%_'] });
    expect(await begins('9')).toEqual({ total: 0, ids: [] });
  });

  it('is found up to the first thousand', async () => {
    const text = Array.from({ length: 1003 }, (_, at) => token(`X${String(at).padStart(4, '0')}`, 'RFID')).join('\n');
    await us.client.own.import({ module: 'tokens', party: 'NL-AAA', version: '2.1.1', text });
    const { total, ids } = await begins('x', { offset: 999, limit: 10 });
    expect({ total, ids }).toEqual({ total: 1000, ids: ['NL-AAA/X0999'] });
  });

  it('is handed out as it was written, numbers in their spelling', async () => {
    const { text, version, id } = await us.client.own.get({
      module: 'tokens',
      party: 'NL-BBB',
      id: '04AA',
      type: 'OTHER',
    });
    expect({ text, version, id }).toEqual({
      text: token('04AA', 'OTHER', ',"extra":1.00'),
      version: '2.1.1',
      id: '04AA',
    });
  });

  it('is not there for another party, type or id, which is said', async () => {
    for (const key of [
      { party: 'NL-AAA', id: '04AA', type: 'OTHER' },
      { party: 'NL-BBB', id: '05x' },
    ]) {
      expect(await failureOf(us.client.own.get({ module: 'tokens', ...key }))).toMatchObject({ code: 'NOT_FOUND' });
    }
  });
});
