import { describe, expect, it } from 'vitest';
import { VERSIONS, type Version } from '../../../core/ocpi/versions.ts';
import type { AskedCommand } from '../../../core/server/simulation.ts';
import { fixture } from '../../ocpi/fixtures.ts';
import { connectRaw } from '../../support/raw-client.ts';
import { askedHouse } from './asked-house.ts';

const COMMANDS = [
  { command: 'START_SESSION', type: 'StartSession', words: /^volta asks to start a session at .+ with token .+$/ },
  { command: 'STOP_SESSION', type: 'StopSession', words: /^volta asks to stop session .+$/ },
  {
    command: 'RESERVE_NOW',
    type: 'ReserveNow',
    words: /^volta asks to reserve .+ until .+ for token .+ \(reservation .+\)$/,
  },
  { command: 'CANCEL_RESERVATION', type: 'CancelReservation', words: /^volta asks to cancel reservation .+$/ },
  { command: 'UNLOCK_CONNECTOR', type: 'UnlockConnector', words: /^volta asks to unlock the connector at .+, .+, .+$/ },
] as const;
const CASES = VERSIONS.flatMap(version =>
  COMMANDS.filter(({ command }) => version !== '2.1.1' || command !== 'CANCEL_RESERVATION').map(of => ({
    ...of,
    version,
  })),
);

const at = (version: Version, command: string) => `${version}/receiver/commands/${command}`;
const ROUTED = [
  'OCPI-to-party-id: WBX',
  'OCPI-to-country-code: NL',
  'OCPI-from-party-id: RUT',
  'OCPI-from-country-code: SE',
];

describe.each(CASES)('$command in $version', ({ version, command, type, words }) => {
  const body = fixture(version, type);
  const since22 = version !== '2.1.1';

  it('that is accepted is answered as an object, and its result posted bare to response_url', async () => {
    const { send, results, questions } = await askedHouse({ said: { answer: 'accept' } });
    const { codes, json } = await send('POST', at(version, command), body, ROUTED);
    expect([codes, json.data]).toEqual([
      [200, 1000],
      since22 ? { result: 'ACCEPTED', timeout: 30 } : { result: 'ACCEPTED' },
    ]);
    const us = { countryCode: 'NL', partyId: 'WBX' };
    const them = { countryCode: 'SE', partyId: 'RUT' };
    expect(await results(1)).toEqual([
      {
        linkId: 1,
        version,
        operation: 'commands.result',
        url: body['response_url'],
        body: { result: 'ACCEPTED' },
        ...(since22 && { routing: { to: them, from: us } }),
      },
    ]);
    expect(questions).toEqual([expect.stringMatching(words)]);
  });

  it('is simulated with what was read of it', async () => {
    const asked: AskedCommand[] = [];
    const { send, posted } = await askedHouse({
      simulation: {
        command: one => {
          asked.push(one);
          return { result: 'NOT_SUPPORTED', timeout: 7, message: 'Not here.' };
        },
      },
    });
    const { json } = await send('POST', at(version, command), body);
    const more = { timeout: 7, message: [{ language: 'en', text: 'Not here.' }] };
    expect(json.data).toEqual({ result: 'NOT_SUPPORTED', ...(since22 && more) });
    expect(asked).toMatchObject([{ command, version, linkId: 1, responseUrl: body['response_url'], body }]);
    expect(posted).toEqual([]);
  });

  it('without a response_url, with one that cannot be called, or not JSON is refused, and nobody is asked', async () => {
    const { send, questions, found } = await askedHouse({ said: { answer: 'accept' } });
    const { response_url: _, ...without } = body;
    expect((await send('POST', at(version, command), without)).codes).toEqual([200, 2001]);
    const unusable = await send('POST', at(version, command), { ...body, response_url: '/callback/1' });
    expect(unusable.codes).toEqual([200, 2001]);
    expect(unusable.json.status_message).toMatch(
      /^\/response_url: \/callback\/1; expected an absolute http or https URL/,
    );
    expect(found().filter(code => code === 'url.relative')).toHaveLength(1);
    expect((await send('POST', at(version, command), '{"response_url"')).codes).toEqual([400, 2001]);
    expect((await send('POST', at(version, command), '')).codes).toEqual([400, 2001]);
    expect(questions).toEqual([]);
  });
});

describe.each(VERSIONS)('a command in %s', version => {
  const body = fixture(version, 'StartSession');
  const path = at(version, 'START_SESSION');
  const rejected = version === '2.1.1' ? { result: 'REJECTED' } : { result: 'REJECTED', timeout: 0 };

  it.each<readonly [string | undefined, number, unknown]>([
    [undefined, 1000, rejected],
    ['NOT_SUPPORTED', 1000, { ...rejected, result: 'NOT_SUPPORTED' }],
    ['UNKNOWN_SESSION', 1000, { ...rejected, result: 'UNKNOWN_SESSION' }],
    ['2003', 2003, rejected],
    ['2001', 2001, undefined],
    ['3000', 3000, undefined],
  ])('rejected with %s is answered so, and nothing follows', async (result, code, data) => {
    const { send, posted } = await askedHouse({ said: { answer: 'reject', ...(result !== undefined && { result }) } });
    const { codes, json } = await send('POST', path, body);
    expect([...codes, json.data]).toEqual([200, code, data]);
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(posted).toEqual([]);
  });

  it.each(['FAILED', 'TIMEOUT', 'none'])('accepted with %s to follow is followed by just that', async later => {
    const { send, results, posted } = await askedHouse({ said: { answer: 'accept', later } });
    expect((await send('POST', path, body)).codes).toEqual([200, 1000]);
    if (later === 'none') {
      await new Promise(resolve => setTimeout(resolve, 20));
      expect(posted).toEqual([]);
    } else expect((await results(1)).map(({ body: sent }) => sent)).toEqual([{ result: later }]);
  });

  it('at an unknown location is answered with what the simulation says of it', async () => {
    const { send } = await askedHouse({
      simulation: { command: () => ({ statusCode: 2003, message: 'There is no location X.' }) },
    });
    const { codes, json } = await send('POST', path, body);
    expect([...codes, json.status_message, json.data]).toEqual([200, 2003, 'There is no location X.', rejected]);
  });

  it('with a value nobody knows is taken, with a finding where the enum is closed', async () => {
    const { send, found } = await askedHouse({ said: { answer: 'accept' } });
    const token = { ...(body['token'] as object), type: 'TATTOO' };
    expect((await send('POST', path, { ...body, token })).codes).toEqual([200, 1000]);
    expect(found().includes('enum.unknown')).toBe(version !== '2.3.0');
  });

  it('whose partner goes before the answer is not followed by a result', async () => {
    const answer = Promise.withResolvers<{ answer: 'accept' }>();
    const asked = Promise.withResolvers<void>();
    const { port, bytes, posted, recorder } = await askedHouse({
      asks: true,
      said: ({ signal }) => {
        signal.addEventListener('abort', () => answer.resolve({ answer: 'accept' }), { once: true });
        asked.resolve();
        return answer.promise;
      },
    });
    const client = await connectRaw({ port });
    await client.send(bytes('POST', path, body));
    await asked.promise;
    expect(recorder.exchanges).toMatchObject([{ ended: { how: 'open' }, operation: 'commands.start-session' }]);
    client.reset();
    const [exchange] = await recorder.settled(1);
    expect([exchange?.ended.how, exchange?.response]).toEqual(['reset', undefined]);
    expect(posted).toEqual([]);
  });
});

describe('the token of a command', () => {
  it.each([
    ['of the partner itself', [{ countryCode: 'SE', partyId: 'RUT' }], false],
    ['of a party behind a hub', [{ countryCode: 'DE', partyId: 'HUB', role: 'HUB' }], false],
    ['of somebody else', [{ countryCode: 'DE', partyId: 'ABC', role: 'EMSP' }], true],
  ] as const)('%s is taken', async (_, parties, told) => {
    const { send, found, recorder } = await askedHouse({ said: { answer: 'accept' }, parties });
    expect((await send('POST', at('2.2.1', 'START_SESSION'), fixture('2.2.1', 'StartSession'))).codes).toEqual([
      200, 1000,
    ]);
    expect(found().includes('party.not-announced')).toBe(told);
    const weights = recorder.exchanges[0]?.findings.filter(({ code }) => code === 'party.not-announced');
    expect(weights?.map(({ severity }) => severity)).toEqual(told ? ['warning'] : []);
  });
});

it('CANCEL_RESERVATION does not exist in 2.1.1', async () => {
  const { send } = await askedHouse({ said: { answer: 'accept' } });
  expect((await send('POST', at('2.1.1', 'CANCEL_RESERVATION'), {})).status).toBe(404);
});
