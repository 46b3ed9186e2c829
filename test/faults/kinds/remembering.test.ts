import { describe, expect, it } from 'vitest';
import { remember, remembered } from '../../../core/faults/editing/remembering.ts';
import { Playing } from './played.ts';

const PARAMS = { country_code: 'NL', party_id: 'WBX', session_id: 'S1' };
const kwhOf = (text: unknown) => (JSON.parse(String(text)) as { kwh: number }).kwh;

describe('kWh that fall', () => {
  const put = (kwh: number) => ({ operation: 'sessions.put', params: PARAMS, json: `{"id":"S1","kwh":${kwh}}` });

  it('in pushes fall below what was pushed last, hit or not', () => {
    const playing = new Playing('money.kwh-falls');
    playing.observe('send', put(10));
    expect(kwhOf(playing.send(put(11)).text)).toBe(5);
    // What was told last is what counts, not what would have been told.
    expect(kwhOf(playing.send(put(12)).text)).toBe(2.5);
  });

  it('in lists fall from one answer to the next', () => {
    const playing = new Playing('money.kwh-falls', { object: 'all' });
    const list = (...kwh: readonly number[]) => ({
      operation: 'sessions.list',
      json: `[${kwh.map((one, at) => `{"id":"S${at}","kwh":${one}}`).join()}]`,
    });
    expect(playing.answer(list(8, 2)).data).toBe('[{"id":"S0","kwh":4},{"id":"S1","kwh":1}]');
    expect(playing.answer(list(9, 0)).data).toBe('[{"id":"S0","kwh":2},{"id":"S1","kwh":0}]');
  });
});

describe('charging periods', () => {
  const push = (operation: string, ...periods: readonly string[]) => ({
    operation,
    params: PARAMS,
    json: `{"charging_periods":[${periods.join(', ')}]}`,
  });

  it('told before are told again in a PATCH, as they were written', () => {
    const playing = new Playing('push.periods-again');
    playing.observe('send', push('sessions.put', '{"a":1.50}'));
    playing.observe('send', push('sessions.patch', '{"b":2}', '{"c":3}'));
    expect(playing.send(push('sessions.patch', '{"d":4}')).text).toBe(
      '{"charging_periods":[{"a":1.50},{"b":2},{"c":3},{"d":4}]}',
    );
  });

  it('of another session stay there, and a PUT begins anew', () => {
    const playing = new Playing('push.periods-again');
    playing.observe('send', { ...push('sessions.put', '{"x":1}'), params: { ...PARAMS, session_id: 'S2' } });
    playing.observe('send', push('sessions.put', '{"a":1}'));
    playing.observe('send', push('sessions.put', '{"b":1}'));
    expect(playing.send(push('sessions.patch', '{"c":1}')).text).toBe('{"charging_periods":[{"b":1},{"c":1}]}');
  });

  it('that are not there cannot be told again', () => {
    const playing = new Playing('push.periods-again');
    expect(playing.send({ operation: 'sessions.patch', params: PARAMS, json: '{"kwh":1}' })).toMatchObject({
      applied: false,
      did: 'there are no charging periods in it',
    });
  });
});

describe('404 to PATCH until PUT', () => {
  const evse = { country_code: 'SE', party_id: 'VLT', location_id: 'L1', evse_uid: 'E1' };

  it('ends with a PUT of the object or of what is around it, in whatever case', () => {
    const playing = new Playing('push.unknown-until-put');
    const patch = { operation: 'locations.patch-evse', params: evse };
    expect(playing.answer(patch)).toMatchObject({ status: 404, applied: true });
    playing.observe('send', { operation: 'locations.put', params: evse });
    playing.observe('answer', { operation: 'locations.put', params: { ...evse, location_id: 'L2' } });
    expect(playing.answer(patch).status).toBe(404);
    playing.observe('answer', { operation: 'locations.put', params: { ...evse, location_id: 'l1', party_id: 'vlt' } });
    expect(playing.answer(patch)).toMatchObject({ status: 200, applied: false });
  });
});

describe('what has gone wrong once stays wrong', () => {
  const locations = (...owners: readonly string[]) => ({
    operation: 'locations.list',
    json: `[${owners.map((owner, at) => `{"country_code":"NL","party_id":"${owner}","id":"L${at}","city":"X"}`).join()}]`,
  });

  it('objects that vanished are gone from every list, the others are in it', () => {
    const playing = new Playing('object.vanished', { share: 0.5 });
    const list = locations('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H');
    const ids = () => String(playing.answer(list).data).match(/L\d/g) ?? [];
    const first = ids();
    expect(first.length).toBeLessThan(8);
    expect(first.length).toBeGreaterThan(0);
    for (let again = 0; again < 5; again++) expect(ids()).toEqual(first);
  });

  it('the broken party is one of those that were met, and stays the one', () => {
    const playing = new Playing('hub.broken-party');
    const spoiled = () => String(playing.answer(locations('AAA', 'BBB', 'AAA', 'CCC')).data);
    const broken = /"party_id":"(...)","id":"L\d"\}/.exec(spoiled())?.[1] ?? '';
    for (let again = 0; again < 5; again++) {
      const whole = spoiled().match(/"party_id":"(...)","id":"L\d","city":"X"/g) ?? [];
      expect(whole.join()).not.toContain(broken);
      expect(whole.length).toBe(broken === 'AAA' ? 2 : 3);
    }
    expect(playing.answer(locations('DDD'))).toMatchObject({
      applied: false,
      did: 'nothing in this list belongs to the broken party',
    });
  });

  it('errors are for the first party that was asked', () => {
    const playing = new Playing('hub.party-errors', { status: 500, code: 3001 });
    const to = (from: string) => playing.answer({ operation: 'locations.list', json: '[]', from });
    expect(to('NL-AAA')).toMatchObject({ status: 500, applied: true });
    expect(to('NL-BBB')).toMatchObject({ status: 200, applied: false });
    expect(to('nl-aaa').status).toBe(500);
  });
});

it('a rule remembers the fifty objects it heard of last', () => {
  const kept = new Map<string, string>();
  const memory = {
    get: (key: string) => kept.get(key),
    set: (key: string, value: string | undefined) =>
      void (value === undefined ? kept.delete(key) : kept.set(key, value)),
  };
  for (let at = 0; at < 60; at++) remember(memory, `object ${at}`, String(at));
  remember(memory, 'object 10', 'again');
  remember(memory, 'object 60', '60');
  expect(remembered(memory, 'object 9')).toBeUndefined();
  expect(remembered(memory, 'object 10')).toBe('again');
  expect(remembered(memory, 'object 11')).toBeUndefined();
  expect(remembered(memory, 'object 60')).toBe('60');
  expect(kept.size).toBe(51);
});
