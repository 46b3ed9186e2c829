import { describe, expect, it } from 'vitest';
import { compileChecker } from '../../../core/ocpi/check.ts';
import { findType } from '../../../core/ocpi/types.ts';
import { VERSIONS } from '../../../core/ocpi/versions.ts';
import type { AskedAuthorization } from '../../../core/server/simulation.ts';
import { fixture } from '../../ocpi/fixtures.ts';
import { askedHouse } from './asked-house.ts';

const NOES = ['NOT_ALLOWED', 'BLOCKED', 'EXPIRED', 'NO_CREDIT'] as const;

describe.each(VERSIONS)('a token in %s', version => {
  const path = `${version}/sender/tokens/T1/authorize`;
  const since22 = version !== '2.1.1';
  const token = { ...fixture(version, 'Token'), uid: 'T1', type: 'RFID' };
  const location = fixture(version, 'LocationReferences');
  const own = { 'tokens/T1': token };
  const info = (json: unknown) => {
    const type = findType(version, 'AuthorizationInfo');
    if (type === undefined) throw new Error('no AuthorizationInfo');
    return compileChecker(type.schema)(json, { version }).findings.filter(({ severity }) => severity === 'error');
  };

  it('that is ours is allowed where it was asked for', async () => {
    const { send, questions } = await askedHouse({ said: { answer: 'accept' }, own });
    const { codes, json } = await send('POST', path, location);
    expect(codes).toEqual([200, 1000]);
    const more = { token, authorization_reference: 'REFERENCE' };
    expect(json.data).toEqual({ allowed: 'ALLOWED', location, ...(since22 && more) });
    expect(questions).toEqual([expect.stringMatching(/^volta asks whether token T1 \(RFID\) may charge at \S+/)]);
  });

  it.each(NOES)('is answered %s with 200 and 1000, and no location (T7)', async result => {
    const { send } = await askedHouse({ said: { answer: 'reject', result }, own });
    const { codes, json } = await send('POST', path, location);
    expect(codes).toEqual([200, 1000]);
    expect(json.data).toEqual({ allowed: result, ...(since22 && { token }) });
  });

  it('is asked for without a body, and without a Content-Type', async () => {
    const { send, questions } = await askedHouse({ said: { answer: 'accept' }, own });
    expect((await send('POST', path)).codes).toEqual([200, 1000]);
    expect((await send('POST', path, '', ['Content-Type: application/json', 'Content-Length: 0'])).codes).toEqual([
      200, 1000,
    ]);
    expect(questions).toEqual(Array(2).fill('volta asks whether token T1 (RFID) may charge'));
  });

  it('that nobody knows is answered as decided all the same, with a token made up', async () => {
    for (const said of [{ answer: 'accept' }, { answer: 'reject', result: 'BLOCKED' }] as const) {
      const { send } = await askedHouse({ said });
      const { json } = await send('POST', `${path}?type=RFID`, location);
      expect(info(json.data)).toEqual([]);
      expect((json.data as { token?: { valid: boolean } }).token?.valid).toBe(
        since22 ? said.answer === 'accept' : undefined,
      );
    }
  });

  it.each([
    ['2004', 404],
    ['2002', 200],
    ['3000', 200],
  ] as const)('is refused with %s', async (result, status) => {
    const { send } = await askedHouse({ said: { answer: 'reject', result }, own });
    const { codes, json } = await send('POST', path, location);
    expect([...codes, 'data' in json]).toEqual([status, Number(result), false]);
  });

  it('is simulated with type and location; an unknown one is 404 and the code of the version', async () => {
    const asked: AskedAuthorization[] = [];
    const played = [
      { info: { allowed: 'NO_CREDIT' } },
      { statusCode: 2004, message: 'There is no such token.' },
      { statusCode: 2002, message: 'Where?' },
    ];
    const { send } = await askedHouse({
      simulation: {
        authorize: one => {
          asked.push(one);
          return played.shift() ?? { info: {} };
        },
      },
    });
    expect((await send('POST', `${path}?type=OTHER`, location)).json.data).toEqual({ allowed: 'NO_CREDIT' });
    expect((await send('POST', `${path}?token_type=OTHER`)).codes).toEqual([404, since22 ? 2004 : 2001]);
    expect((await send('POST', path)).codes).toEqual([200, 2002]);
    expect(asked.map(({ uid, type, location: at }) => [uid, type, at])).toEqual([
      ['T1', 'OTHER', location],
      ['T1', 'OTHER', undefined],
      ['T1', 'RFID', undefined],
    ]);
  });

  it('of another type is the only one of its uid where no type was said (T44)', async () => {
    const other = { ...token, type: 'OTHER' };
    const given = { own: { 'tokens/T1': other } };
    const { send, questions } = await askedHouse({ said: { answer: 'accept' }, ...given });
    const told = async (query: string) => {
      const { json } = await send('POST', `${path}${query}`);
      return (json.data as { token?: { issuer: string; type: string } }).token;
    };
    expect(await told('')).toEqual(since22 ? other : undefined);
    const made = await told('?type=RFID');
    expect(questions).toEqual(['OTHER', 'RFID'].map(type => `volta asks whether token T1 (${type}) may charge`));
    if (since22) expect(made).toMatchObject({ type: 'RFID', issuer: 'Workbench' });
  });

  it('asked for at a location that cannot be read is answered with 2001 or 400', async () => {
    const { send, questions } = await askedHouse({ said: { answer: 'accept' }, own });
    expect((await send('POST', path, { evse_uids: ['E1'] })).codes).toEqual([200, 2001]);
    expect((await send('POST', path, [])).codes).toEqual([200, 2001]);
    expect((await send('POST', path, '{')).codes).toEqual([400, 2001]);
    expect(questions).toEqual([]);
  });
});
