import { describe, expect, it } from 'vitest';
import { addressFindings } from '../../core/ocpi/addressed-object.ts';
import { entryById } from '../../core/ocpi/catalogue.ts';

function found(id: string, params: Record<string, string>, object: unknown) {
  const entry = entryById(id);
  if (entry === undefined) throw new Error(`no entry ${id}`);
  return addressFindings({ path: entry.path, params, object }).map(
    ({ severity, code, pointer }) => `${severity} ${code} ${pointer}`,
  );
}

const owner = { country_code: 'SE', party_id: 'ELV' };

describe('an object and the URL it is put at', () => {
  it('agree without a finding, in any case of the owner', () => {
    const params = { country_code: 'se', party_id: 'elv', location_id: 'L1' };
    expect(found('locations.put', params, { ...owner, id: 'L1' })).toEqual([]);
  });

  it('of different owners are a warning each (T22, failures 22)', () => {
    const params = { country_code: 'NL', party_id: 'TNM', tariff_id: '12' };
    expect(found('tariffs.put', params, { ...owner, id: '12' })).toEqual([
      'warning party.mismatch /country_code',
      'warning party.mismatch /party_id',
    ]);
  });

  it('of different ids are an error, under whatever name the id goes (T17a)', () => {
    const params = { ...owner, location_id: 'L1', evse_uid: 'E1', token_uid: 'T1', terminal_id: 'X1' };
    expect(found('locations.put', params, { id: 'L2' })).toEqual(['error id.mismatch /id']);
    expect(found('locations.patch-evse', params, { uid: 'E2' })).toEqual(['error id.mismatch /uid']);
    expect(found('tokens.put', params, { uid: 'T2' })).toEqual(['error id.mismatch /uid']);
    expect(found('payments.put-terminal', params, { terminal_id: 'X2' })).toEqual(['error id.mismatch /terminal_id']);
  });

  it('whose ids differ in case only are noted (T27, failures 23)', () => {
    expect(found('sessions.put', { ...owner, session_id: 's-1' }, { ...owner, id: 'S-1' })).toEqual([
      'note id.case /id',
    ]);
  });

  it('are not compared in what the object does not say', () => {
    const params = { ...owner, location_id: 'L1' };
    for (const object of [{}, { id: null }, null, [], 'x'])
      expect(found('locations.patch', params, object)).toEqual([]);
    expect(found('sessions.put-preferences', { session_id: 'S' }, { id: 'other' })).toEqual([]);
    expect(found('hubclientinfo.put', owner, { ...owner, id: 'other' })).toEqual([]);
  });
});
