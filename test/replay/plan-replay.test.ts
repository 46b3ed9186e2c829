import { describe, expect, it } from 'vitest';
import { learn } from '../../core/replay/learn.ts';
import { expectedRequest } from '../../core/replay/rebase/expected.ts';
import {
  bodyOf,
  COMMAND,
  OUR_CHARGE,
  planned,
  REMOTE,
  ready,
  refusal,
  SESSION,
  step,
  tryReady,
} from './support/planned.ts';
import { said, surroundings, things } from './support/recorded.ts';

describe('our own charge, replayed', () => {
  it('goes to the endpoints of the target with new ids, our parties of now and times of now', () => {
    const plan = planned(OUR_CHARGE);
    const put = ready(plan, 1);
    const session = plan.mapping.get('session', 'SES-1001-AB');
    expect(session).toMatch(/^[A-Z]{3}-\d{4}-[A-Z]{2}$/);
    expect(put.url).toBe(`https://acme.example/receiver/sessions/SE/WBX/${session}`);
    expect(bodyOf(put)).toMatchObject({
      id: session,
      country_code: 'SE',
      party_id: 'WBX',
      start_date_time: '2026-01-15T11:59:50Z',
      last_updated: '2026-01-15T12:00:00.123Z',
      cdr_token: { country_code: 'FR', party_id: 'ACM' },
    });
    expect(put.routing).toEqual({
      from: { countryCode: 'SE', partyId: 'WBX' },
      to: { countryCode: 'FR', partyId: 'ACM' },
    });
    const cdr = bodyOf(ready(plan, 3));
    expect(cdr).toMatchObject({ session_id: session, tariffs: [{ last_updated: '2019-01-01T00:00:00Z' }] });
    expect(cdr['id']).not.toBe('CDR-77');
  });

  it('keeps what nobody has to rewrite byte for byte: spaces, numbers, unknown fields', () => {
    const plan = planned(OUR_CHARGE);
    expect(ready(plan, 2).text).toBe(
      '{ "kwh": 1.50, "last_updated":"2026-01-15T12:01:00Z", "x":"2026-01-15T14:01:00+02:00" }',
    );
  });

  it('keeps requests together that had one correlation id', () => {
    const plan = planned(OUR_CHARGE);
    const [put, patch, cdr] = [ready(plan, 1), ready(plan, 2), ready(plan, 3)];
    expect(patch.correlationId).toBe(put.correlationId);
    expect(cdr.correlationId).not.toBe(put.correlationId);
    expect(put.correlationId).not.toBe('c-1');
  });

  it('puts tokens, places and tariffs in that are there, and says why', () => {
    const there = surroundings({
      ours: things({
        parties: [{ countryCode: 'SE', partyId: 'WBX' }],
        places: [
          { location: 'L7', evse: 'E70', connector: '4', available: false },
          { location: 'L8', evse: 'E80', evseId: 'SE*WBX*E80', connector: '5', available: true },
        ],
        tariffs: ['T9'],
      }),
      theirs: things({
        parties: [{ countryCode: 'FR', partyId: 'ACM' }],
        tokens: [
          { uid: 'BAD', type: 'RFID', contract: 'C-BAD', valid: false },
          { uid: 'GOOD', type: 'RFID', contract: 'C-GOOD', valid: true },
        ],
      }),
    });
    const plan = planned(OUR_CHARGE, there);
    expect(bodyOf(ready(plan, 1))).toMatchObject({
      cdr_token: { uid: 'GOOD', contract_id: 'C-GOOD' },
      location_id: 'L8',
      evse_uid: 'E80',
      connector_id: '5',
      charging_periods: [{ tariff_id: 'T9' }],
    });
    expect(bodyOf(ready(plan, 3))).toMatchObject({
      cdr_location: { id: 'L8', evse_uid: 'E80', evse_id: 'SE*WBX*E80', connector_id: '5' },
      tariffs: [{ id: 'T9' }],
    });
    expect(plan.view.rewrites).toContainEqual({
      kind: 'token',
      from: 'TOK1',
      to: 'GOOD',
      why: 'a valid token that is known',
      steps: 2,
    });
    expect(plan.view.notes).toEqual(['The cdr CDR-OLD was made before this flow: it stays as it was.']);
  });

  it('keeps tokens, places and tariffs that are known', () => {
    const there = surroundings({
      ours: things({ places: [], ids: ['location LOC1', 'tariff T1', 'cdr CDR-OLD'] }),
      theirs: things({ ids: ['token TOK1'] }),
    });
    const plan = planned(OUR_CHARGE, there);
    expect(bodyOf(ready(plan, 1))).toMatchObject({
      cdr_token: { uid: 'TOK1', contract_id: 'DE-THR-C1' },
      location_id: 'LOC1',
      evse_uid: 'E1',
      connector_id: '1',
      charging_periods: [{ tariff_id: 'T1' }],
    });
    expect(plan.view.notes).toEqual([
      'No party of ours is known: NL-OUR stays as it was.',
      'No party of acme is known: DE-THR stays as it was.',
    ]);
  });

  it('calls things as the operator says, before anything else', () => {
    const map = { 'session:ses-1001-ab': 'MINE', 'connector:1': '9', 'party:NL-OUR': 'NO-XYZ', 'location:LOC1': 'L1' };
    const plan = planned(OUR_CHARGE, surroundings(), { map });
    expect(bodyOf(ready(plan, 1))).toMatchObject({ id: 'MINE', connector_id: '9', party_id: 'XYZ', location_id: 'L1' });
  });

  it('says where the operator named something that is not there', () => {
    const { notes } = planned(OUR_CHARGE, surroundings(), {
      map: { 'location:LOC9': 'L1', 'session:SES-1001-AB': 'S' },
    });
    expect(notes.filter(note => note.startsWith('No request'))).toEqual(['No request of this flow has location:LOC9.']);
  });

  it('is shown before it runs', () => {
    const { view } = planned(OUR_CHARGE, surroundings(), { speed: 10 });
    expect(view).toMatchObject({ sends: 3, awaits: 0, writes: 3, stepCount: 3, lastsMs: 12_000, version: '2.2.1' });
    expect(view.steps[1]).toMatchObject({
      kind: 'send',
      words: 'session, patch',
      method: 'PATCH',
      expected: 'HTTP 200, 1000',
      at: 60_000,
    });
    expect(view.rewrites.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['party', 'session', 'cdr', 'endpoint', 'time', 'request-id', 'correlation-id']),
    );
    expect(view.rewrites.filter(({ kind }) => kind === 'party').map(({ from, steps }) => [from, steps])).toEqual([
      ['NL-OUR', 3],
      ['DE-THR', 3],
    ]);
    expect(view.notes).toContain('Times in messages run up to 2 min ahead of the clock at this speed.');
  });

  it('ends now where the last time is to be now', () => {
    const plan = planned(OUR_CHARGE, surroundings(), { times: 'end' });
    expect(bodyOf(ready(plan, 3))['last_updated']).toBe('2026-01-15T12:00:00Z');
  });

  it('can begin in the middle: what was made before is kept', () => {
    const plan = planned(OUR_CHARGE, surroundings(), { fromStep: 2 });
    expect(plan.view.stepCount).toBe(2);
    expect(ready(plan, 2).url).toBe('https://acme.example/receiver/sessions/SE/WBX/SES-1001-AB');
    expect(plan.view.notes).toContain('The session SES-1001-AB was made before this flow: it stays as it was.');
  });

  it('makes the same ids of the same seed', () => {
    expect([...planned(OUR_CHARGE).mapping.entries()]).toEqual([...planned(OUR_CHARGE).mapping.entries()]);
  });

  it('lets the party speak that has the role', () => {
    const parties = [
      { countryCode: 'SE', partyId: 'MSP', roles: ['EMSP'] },
      { countryCode: 'SE', partyId: 'CPO', roles: ['CPO'] },
    ];
    const plan = planned(OUR_CHARGE, surroundings({ ours: things({ parties }) }));
    expect(plan.mapping.get('party', 'NL-OUR')).toBe('SE-CPO');
  });
});

describe('a remote start, replayed', () => {
  const theirs = things({
    parties: [{ countryCode: 'FR', partyId: 'ACM' }],
    places: [{ location: 'P1', evse: 'Q1', connector: '2', available: true }],
  });
  const ours = things({ parties: [{ countryCode: 'SE', partyId: 'WBX' }], ids: ['token TOK1'] });
  const plan = () => planned(REMOTE.map(said), surroundings({ theirs, ours }));

  it('asks for a place the partner has, with a token of ours and a response_url of ours', () => {
    expect(bodyOf(ready(plan(), 1))).toMatchObject({
      response_url: 'https://us.example/r/1',
      token: { uid: 'TOK1', party_id: 'WBX' },
      location_id: 'P1',
      evse_uid: 'Q1',
      connector_id: '2',
    });
  });

  it('awaits the result at the new response_url, for as long as the answer said', () => {
    const made = plan();
    ready(made, 1);
    expect(expectedRequest(made, step(made, 2)).url).toBe('https://us.example/r/1');
    expect(step(made, 2).withinMs).toBe(90_000);
  });

  it('learns the id of the session from the partner, and stops that session', () => {
    const made = plan();
    const { authorization_reference: reference } = bodyOf(ready(made, 1));
    const awaited = expectedRequest(made, step(made, 3));
    expect(awaited.marks).toContainEqual({ pointer: '/id', kind: 'session', from: 'S-9', to: undefined });
    expect(JSON.parse(awaited.text ?? '')).toMatchObject({ authorization_reference: reference, location_id: 'P1' });
    learn(
      made,
      step(made, 3),
      said({
        operation: 'sessions.put',
        direction: 'in',
        path: '/FR/ACM/NEW-1',
        body: { ...SESSION, id: 'NEW-1', location_id: 'ELSE' },
      }),
    );
    expect(bodyOf(ready(made, 4))['session_id']).toBe('NEW-1');
    expect(expectedRequest(made, step(made, 3))).toMatchObject({ url: '/FR/ACM/NEW-1' });
    expect(made.mapping.get('location', 'LOC1')).toBe('P1');
  });

  it('does not stop a session nobody told', () => {
    const made = plan();
    const failure = tryReady(made, 4);
    expect(failure).toMatchObject({ ok: false, failure: { code: 'WRONG_STATE' } });
    expect(!failure.ok && failure.failure.message).toContain('session S-9');
  });

  it('shows what is not known yet by its kind', () => {
    const [, result, session, stop] = plan().view.steps;
    expect(result).toMatchObject({ kind: 'await', expected: 'comes within 90 s' });
    expect(session).toMatchObject({ url: '/FR/ACM/S-9' });
    expect(JSON.parse(stop?.body ?? '')).toEqual({ response_url: '{response_url}', session_id: '{session}' });
  });

  it('is played from the other side: we are commanded, and answer at the URL that is given now', () => {
    const made = planned(REMOTE.map(said), surroundings(), { play: 'theirs' });
    expect(step(made, 1).by).toBe('them');
    expect(tryReady(made, 2)).toMatchObject({
      ok: false,
      failure: { message: expect.stringContaining('response_url') },
    });
    learn(
      made,
      step(made, 1),
      said({
        operation: 'commands.start-session',
        direction: 'in',
        path: '/START_SESSION',
        body: { ...COMMAND, response_url: 'https://acme.example/r/abc?k=1', location_id: 'OURS' },
      }),
    );
    expect(ready(made, 2)).toMatchObject({ url: 'https://acme.example/r/abc?k=1', text: '{"result":"ACCEPTED"}' });
    expect(bodyOf(ready(made, 3))).toMatchObject({ location_id: 'OURS', authorization_reference: 'AUTH-555-X' });
  });
});

describe('a plan is refused', () => {
  it('where the target offers none of what is sent', () => {
    const failure = refusal(OUR_CHARGE, surroundings({ endpoints: [] }));
    expect(failure).toMatchObject({ code: 'NOT_FOUND' });
    expect(failure.message).toBe(
      'nothing of this can be sent to acme: it offers no sessions (RECEIVER), cdrs (RECEIVER)',
    );
  });

  it('for a first step behind the last one', () => {
    expect(refusal(OUR_CHARGE, undefined, { fromStep: 9 }).message).toBe('there is no step 9');
  });

  it('for a party that is none', () => {
    const failure = refusal(OUR_CHARGE, undefined, { map: { 'party:NL-OUR': 'nobody' } });
    expect(failure.message).toBe('party:NL-OUR cannot become "nobody": that is no party');
  });

  it('for something that is called so by nobody', () => {
    const failure = refusal(OUR_CHARGE, undefined, { map: { 'time:x': 'y' } });
    expect(failure.message).toBe('"time:x" names nothing that can be called something else');
  });
});

it('leaves out what the target has no endpoint for, and says so', () => {
  const { endpoints } = surroundings();
  const plan = planned(
    OUR_CHARGE,
    surroundings({ endpoints: endpoints.filter(({ identifier }) => identifier !== 'cdrs') }),
  );
  expect(plan.view.stepCount).toBe(2);
  expect(plan.view.notes).toContain('Step 3 is left out: acme offers no cdrs (RECEIVER).');
});
