import { describe, expect, it } from 'vitest';
import type { Version } from '../../core/ocpi/versions.ts';
import { convertRecording } from '../../core/replay/convert-recording.ts';
import { recordingOf } from '../../core/replay/from-exchanges.ts';
import { planReplay } from '../../core/replay/plan-replay.ts';
import { options, type Said, said, surroundings } from './support/recorded.ts';

const TOKEN_221 = {
  country_code: 'NL',
  party_id: 'OUR',
  uid: 'T1',
  type: 'RFID',
  contract_id: 'NL-OUR-C1',
  issuer: 'us',
  valid: true,
  whitelist: 'ALWAYS',
  last_updated: '2025-05-01T10:00:00Z',
};
const TOKEN_211 = {
  uid: 'T1',
  type: 'RFID',
  auth_id: 'NL-OUR-C1',
  issuer: 'us',
  valid: true,
  whitelist: 'ALWAYS',
  last_updated: '2025-05-01T10:00:00Z',
};

function converted(to: Version, ...exchanges: readonly Said[]) {
  const recording = recordingOf({ title: 'it', exchanges: exchanges.map(said) });
  if (!recording.ok) throw new Error(recording.failure.message);
  return convertRecording(recording.value, surroundings({ version: to }));
}

const put = { operation: 'tokens.put', path: '/NL/OUR/T1' } as const;

describe('a recording of another version', () => {
  it('has its objects converted, and its answers where they hold some', () => {
    const recording = converted(
      '2.1.1',
      { ...put, body: TOKEN_221 },
      { operation: 'tokens.get-pushed', path: '/NL/OUR/T1', at: 1, data: TOKEN_221 },
    );
    expect(recording.ok && recording.value.version).toBe('2.1.1');
    const [sent, read] = recording.ok ? recording.value.steps : [];
    expect(sent).toMatchObject({ spoken: { url: 'https://then.example/ocpi/2.2.1/tokens/NL/OUR/T1' } });
    const text = sent?.kind === 'request' ? (sent.spoken.request.text ?? '') : '';
    expect(JSON.parse(text)).toEqual(TOKEN_211);
    expect(JSON.parse((read?.kind === 'request' && read.spoken.answer?.text) || '')).toMatchObject({ data: TOKEN_211 });
    expect(recording.ok && recording.value.notes).toEqual(['It was OCPI 2.2.1 and is converted to 2.1.1.']);
  });

  it('is planned with our parties where its version names none', () => {
    const recording = recordingOf({
      title: 'it',
      exchanges: [said({ ...put, version: '2.1.1', body: TOKEN_211, from: undefined, to: undefined })],
    });
    if (!recording.ok) throw new Error(recording.failure.message);
    const plan = planReplay({
      recording: recording.value,
      surroundings: surroundings(),
      options: options(),
      seed: 's',
    });
    const body = (plan.ok && plan.value.view.steps[0]?.body) || '{}';
    expect(JSON.parse(body)).toMatchObject({ country_code: 'SE', party_id: 'WBX', contract_id: expect.any(String) });
    expect(plan.ok && plan.value.steps[0]).toMatchObject({ spoken: { fromParty: 'SE-WBX', toParty: 'FR-ACM' } });
  });

  it('has the token of a command converted with it', () => {
    const body = { response_url: 'https://us.then/r', token: TOKEN_211, location_id: 'L1' };
    const recording = converted('2.2.1', {
      ...{ operation: 'commands.start-session', path: '/START_SESSION', version: '2.1.1', body },
      ...{ from: undefined, to: undefined, data: { result: 'ACCEPTED' } },
    });
    const [step] = recording.ok ? recording.value.steps : [];
    const text = step?.kind === 'request' ? (step.spoken.request.text ?? '') : '';
    expect(JSON.parse(text)).toMatchObject({ token: { contract_id: 'NL-OUR-C1', party_id: 'WBX' }, location_id: 'L1' });
  });

  it.each<[string, Version, Said, string]>([
    [
      'a field of a PATCH that is called otherwise',
      '2.2.1',
      { operation: 'sessions.patch', path: '/NL/OUR/S1', version: '2.1.1', body: { kwh: 1, end_datetime: 'x' } },
      'step 1, sessions.patch: its field end_datetime is another one in OCPI 2.2.1',
    ],
    [
      'a field of another shape',
      '2.1.1',
      { operation: 'sessions.patch', path: '/NL/OUR/S1', body: { kwh: 1, total_cost: { excl_vat: 1 } } },
      'step 1, sessions.patch: its field total_cost is another one in OCPI 2.1.1',
    ],
    [
      'an operation that is not there',
      '2.1.1',
      { operation: 'commands.cancel-reservation', path: '/CANCEL_RESERVATION', body: {} },
      'step 1, commands.cancel-reservation: there is no command, cancel reservation in OCPI 2.1.1',
    ],
    [
      'an object that cannot be used',
      '2.1.1',
      { ...put, body: { uid: 5 } },
      'step 1, tokens.put: its Token cannot be used, so it cannot be converted',
    ],
    [
      'a broken body',
      '2.1.1',
      { ...put, body: '{"uid":' },
      'step 1, tokens.put: its body is no JSON, so it cannot be converted',
    ],
  ])('is refused for %s', (_what, to, exchange, message) => {
    expect(converted(to, exchange)).toMatchObject({ ok: false, failure: { code: 'INVALID_INPUT', message } });
  });

  it('passes where nothing differs: a PATCH of what both versions have, text and all', () => {
    const body = '{ "kwh": 1.50 }';
    const recording = converted('2.3.0', { operation: 'sessions.patch', path: '/NL/OUR/S1', body });
    expect(recording).toMatchObject({ ok: true, value: { steps: [{ spoken: { request: { text: body } } }] } });
  });
});
