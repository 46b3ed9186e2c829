import { beforeAll, describe, expect, it } from 'vitest';
import type { CommandInput } from '../../../core/contract/sending.ts';
import { VERSIONS, type Version } from '../../../core/ocpi/versions.ts';
import { fixture } from '../../ocpi/fixtures.ts';
import type { Action } from '../../support/partner/action.ts';
import { endOf, failureOf, findingCodes } from '../../support/platform.ts';
import { ACCEPTED, accepted, commanded, foundOn, type Json, post, START } from './commanding.ts';
import { GOOD, meet, meetAll, partnerOf, says } from './meeting.ts';

beforeAll(meetAll);

describe('a command', () => {
  const INPUTS: readonly [CommandInput['command'], Omit<CommandInput, 'name' | 'command'>, Json][] = [
    [
      'START_SESSION',
      { location: 'LOC1', evse: 'E1' },
      { location_id: 'LOC1', evse_uid: 'E1', token: expect.any(Object) },
    ],
    ['STOP_SESSION', { session: 'S1' }, { session_id: 'S1' }],
    ['RESERVE_NOW', { location: 'LOC1', reservation: '7' }, { location_id: 'LOC1', expiry_date: expect.any(String) }],
    ['CANCEL_RESERVATION', { reservation: '7' }, { reservation_id: '7' }],
    [
      'UNLOCK_CONNECTOR',
      { location: 'L', evse: 'E', connector: '1' },
      { location_id: 'L', evse_uid: 'E', connector_id: '1' },
    ],
  ];
  const CASES = VERSIONS.flatMap(version =>
    INPUTS.filter(([command]) => version !== '2.1.1' || command !== 'CANCEL_RESERVATION').map(
      ([command, input, expected]) => ({ version, command, input, expected }),
    ),
  );

  it.each(CASES)(
    '$command in $version is answered, and its result awaited',
    async ({ version, command, input, expected }) => {
      const partner = partnerOf(version);
      const { run, body } = await commanded(
        partner,
        { command, ...input },
        {
          answer: accepted(version),
          after: async url => expect(await post(partner, url, { result: 'ACCEPTED' })).toEqual([200, 1000]),
        },
      );
      expect(body).toMatchObject(expected);
      expect(run).toMatchObject({ kind: 'command', state: 'done' });
      expect(run.steps.map(({ step, ok }) => [step, ok])).toEqual([
        ['request', true],
        ['answer', true],
        ['result', true],
      ]);
      expect(run.result?.asked).toMatchObject({
        operation: `commands.${command.toLowerCase().replaceAll('_', '-')}`,
        answered: 'ACCEPTED',
        timeout: version === '2.1.1' ? 30 : 5,
        results: [{ result: 'ACCEPTED' }],
      });
      const exchangeId = run.result?.asked?.results[0]?.exchangeId ?? 0;
      expect(await partner.us.client.exchanges.get({ id: exchangeId })).toMatchObject({
        runId: run.id,
        operation: 'commands.result',
        findings: [],
      });
      const flaws = partner.us.client;
      expect(flaws).toBeDefined();
      expect(partner.partner.complaints).toEqual([]);
    },
  );

  it('carries one of our own tokens, one that is given, or one made up that the version knows', async () => {
    for (const version of VERSIONS) {
      const partner = partnerOf(version);
      const token: Json = { ...fixture(version, 'Token'), uid: `OWN${version}` };
      await partner.us.client.own.import({ module: 'tokens', version, party: 'NL-WBX', text: JSON.stringify(token) });
      const rejected = { answer: says(200, 1000, { result: 'REJECTED', timeout: 0 }) };
      const own = await commanded(partner, { ...START, token: `own${version}` }, rejected);
      expect(own.body['token']).toMatchObject({ uid: `OWN${version}`, issuer: token['issuer'] });
      const text = JSON.stringify({ ...token, uid: 'GIVEN' });
      const given = await commanded(partner, { ...START, tokenObject: text }, rejected);
      expect(given.body['token']).toMatchObject({ uid: 'GIVEN' });
      const { body } = await commanded(partner, START, rejected);
      expect(body['token']).toMatchObject({
        type: version === '2.1.1' ? 'OTHER' : 'APP_USER',
        whitelist: 'NEVER',
        valid: true,
      });
    }
  });

  const ANSWERS: readonly [string, Version, Action, string, string[]][] = [
    ['a bare word', '2.1.1', says(200, 1000, 'ACCEPTED'), 'ACCEPTED', []],
    ['no timeout', '2.2.1', says(200, 1000, { result: 'ACCEPTED' }), 'ACCEPTED', ['command.timeout-missing']],
    ['a nested answer', '2.2.1', says(200, 1000, { CommandResponse: ACCEPTED }), 'ACCEPTED', ['command.nested']],
    ['an unknown word', '2.3.0', says(200, 1000, { result: 'PERHAPS', timeout: 1 }), 'PERHAPS', ['enum.unknown']],
  ];
  it.each(ANSWERS)('is understood where the answer is %s (%s)', async (_, version, answer, said, codes) => {
    const partner = partnerOf(version);
    const { run } = await commanded(
      partner,
      { ...START, wait: 1 },
      {
        answer,
        after: said === 'ACCEPTED' ? url => post(partner, url, { result: 'ACCEPTED' }) : async () => {},
      },
    );
    expect(run.result?.asked?.answered).toBe(said);
    expect(run.state).toBe(said === 'ACCEPTED' ? 'done' : 'failed');
    expect(findingCodes(run).filter(code => !code.startsWith('message-id'))).toEqual(codes);
  });

  const FAILURES: readonly [string, Action, string][] = [
    ['rejected', says(200, 1000, { result: 'REJECTED', timeout: 0 }), 'REJECTED'],
    ['for an unknown location', says(200, 2003, { result: 'REJECTED', timeout: 0 }), 'REJECTED'],
    ['answered without data', says(200, 1000), 'nothing that can be read'],
    ['answered with an HTTP error', says(500, 3000), 'HTTP 500'],
    ['answered with HTML', { do: 'answer', status: 200, body: '<html></html>' }, 'HTTP 200'],
    ['reset', { do: 'reset' }, 'closed the connection'],
    ['cut', { do: 'raw', bytes: 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{', end: 'close' }, 'HTTP 200 came'],
  ];
  it.each(FAILURES)('that is %s fails without waiting', async (_, answer, words) => {
    const { run } = await commanded(partnerOf('2.2.1'), START, { answer });
    expect(run.state).toBe('failed');
    expect(run.result?.summary).toContain(words);
    expect(run.steps.some(({ step }) => step === 'result')).toBe(false);
  });

  it('whose charger refuses fails with what it said', async () => {
    const partner = partnerOf('2.2.1');
    const { run } = await commanded(partner, START, {
      answer: accepted('2.2.1'),
      after: url => post(partner, url, { result: 'EVSE_OCCUPIED' }),
    });
    expect(run.state).toBe('failed');
    expect(run.result?.summary).toMatch(/ACCEPTED, then EVSE_OCCUPIED after \d/);
  });
});

describe('what is not asked at all', () => {
  const CASES: readonly [Version, Partial<CommandInput> & { command: CommandInput['command'] }, string][] = [
    ['2.1.1', { command: 'CANCEL_RESERVATION', reservation: '1' }, 'no'],
    ['2.1.1', { ...START, connector: '1' }, 'has no connector_id'],
    ['2.1.1', { ...START, reference: 'X' }, 'has no authorization_reference'],
    ['2.2.1', { command: 'START_SESSION' }, 'needs a location_id'],
    ['2.2.1', { command: 'STOP_SESSION' }, 'needs a session_id'],
    ['2.2.1', { command: 'UNLOCK_CONNECTOR', location: 'L1' }, 'needs a evse_uid'],
    ['2.2.1', { ...START, token: 'nobody' }, 'not among our own tokens'],
    ['2.2.1', { ...START, tokenObject: '[]' }, 'no JSON object'],
    ['2.2.1', { ...START, tokenObject: '{"uid":"1"}' }, 'at /token'],
    ['2.2.1', { command: 'RESERVE_NOW', location: 'L1', expiry: 'soon' }, 'expiry_date'],
    ['2.2.1', { ...START, toParty: '!' }, 'is no party'],
  ];
  it.each(CASES)('%s %j: %s', async (version, input, words) => {
    const { us, name } = partnerOf(version);
    expect((await failureOf(us.client.sending.command({ name, ...input }))).message).toContain(words);
  });

  it('profiles and preferences of 2.1.1, a profile that is none, EVSEs of no location', async () => {
    const [old, now] = [partnerOf('2.1.1'), partnerOf('2.2.1')];
    const { client } = old.us;
    const calls = [
      client.sending.profile({ name: old.name, what: 'clear', session: 'S' }),
      client.sending.preferences({ name: old.name, session: 'S', preferences: '{}' }),
      client.sending.profile({ name: now.name, what: 'set', session: 'S' }),
      client.sending.profile({ name: now.name, what: 'set', session: 'S', profile: '{"charging_rate_unit":' }),
      client.sending.profile({ name: now.name, what: 'clear', session: 'S', profile: '{}' }),
      client.sending.preferences({ name: now.name, session: 'S', preferences: '{}' }),
      client.sending.authorize({ name: now.name, token: 'T', evses: ['E'] }),
      client.sending.authorize({ name: now.name, token: 'T', location: 'L', connectors: ['1'] }),
    ];
    for (const call of calls) expect((await failureOf(call)).code).toBe('INVALID_INPUT');
  });

  it('anything on a production link before it is confirmed', async () => {
    const partner = await meet('2.2.1', 'production');
    const { us, name, answer, at } = partner;
    expect(await failureOf(us.client.sending.command({ name, ...START }))).toMatchObject({
      code: 'CONFIRMATION_NEEDED',
    });
    answer('POST', at('commands', 'receiver', 'START_SESSION'), GOOD);
    expect((await endOf(us, await us.client.sending.command({ name, ...START, confirmed: true }))).state).toBe(
      'failed',
    );
  });

  it('a cancelled command ends at once, and its result still finds it', async () => {
    const partner = partnerOf('2.2.1');
    const { run, url } = await commanded(partner, START, {
      answer: accepted('2.2.1'),
      after: async () => {
        const [newest] = await partner.us.client.runs.list({ name: partner.name, limit: 1 });
        await partner.us.client.runs.cancel({ runId: newest?.id ?? 0 });
      },
    });
    expect(run.state).toBe('cancelled');
    await post(partner, url, { result: 'ACCEPTED' });
    expect(await foundOn(partner)).toEqual([]);
    expect((await partner.us.client.runs.get({ runId: run.id })).result?.asked?.results).toHaveLength(1);
  });
});
