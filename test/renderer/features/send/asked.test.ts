import { describe, expect, it } from 'vitest';
import { askedAgain } from '../../../../renderer/features/send/asked/asked-again.ts';
import {
  askedDraft,
  authorizeInput,
  commandInput,
  commandsOf,
  preferencesInput,
  profileInput,
} from '../../../../renderer/features/send/asked/asked-draft.ts';
import {
  connectorChoices,
  evseChoices,
  placeHint,
  sessionHint,
  tokenHint,
} from '../../../../renderer/features/send/asked/choice-reading.ts';
import { filling, SendSearch } from '../../../../renderer/features/send/search.ts';
import { exchange } from './made.ts';

const V22 = '2.2.1';

describe('the address of the area', () => {
  it('fills the form in, ids of digits alone among them', () => {
    const search = SendSearch.parse({
      link: 'volta',
      form: 'command',
      command: 'reserve_now',
      location: 17,
      evse: 'E1',
    });
    expect(askedDraft(search)).toMatchObject({ command: 'RESERVE_NOW', location: '17', evse: 'E1', session: '' });
  });

  it('leaves out what it cannot read', () => {
    expect(SendSearch.parse({ form: 'dance', run: 'first', ask: 'why', link: '' })).toEqual({});
    expect(askedDraft(SendSearch.parse({ command: 'SELF_DESTRUCT' })).command).toBe('START_SESSION');
  });

  it('begins the form anew for another thing, not for another run', () => {
    expect(filling({ link: 'volta', form: 'command', location: 'LOC1' })).toBe(filling({ location: 'LOC1' }));
    expect(filling({ location: 'LOC1', run: 1 })).toBe(filling({ location: 'LOC1', run: 2, exchange: 3 }));
    expect(filling({ location: 'LOC1' })).not.toBe(filling({ location: 'LOC2' }));
  });
});

describe('a command', () => {
  const draft = askedDraft({});

  it('names what its table names', () => {
    const filled = { ...draft, location: ' LOC1 ', evse: 'E1', connector: '1', reference: 'R1', session: 'S1' };
    expect(commandInput('volta', V22, { ...filled, wait: '60', to: 'NL-VOL' })).toEqual({
      input: {
        name: 'volta',
        command: 'START_SESSION',
        location: 'LOC1',
        evse: 'E1',
        connector: '1',
        reference: 'R1',
        toParty: 'NL-VOL',
        wait: 60,
      },
    });
    expect(commandInput('volta', V22, { ...filled, command: 'STOP_SESSION' })).toEqual({
      input: { name: 'volta', command: 'STOP_SESSION', session: 'S1' },
    });
  });

  it('leaves out what 2.1.1 does not have', () => {
    const filled = { ...draft, location: 'LOC1', evse: 'E1', connector: '1', reference: 'R1' };
    expect(commandInput('volta', '2.1.1', filled)).toEqual({
      input: { name: 'volta', command: 'START_SESSION', location: 'LOC1', evse: 'E1' },
    });
    expect(commandsOf('2.1.1')).not.toContain('CANCEL_RESERVATION');
    expect(commandsOf(V22)).toContain('CANCEL_RESERVATION');
  });

  it('holds a reservation until the moment that was chosen', () => {
    const reserve = { ...draft, command: 'RESERVE_NOW', location: 'LOC1', expiry: '2026-11-22T18:30' } as const;
    const read = commandInput('volta', V22, reserve);
    expect('input' in read && read.input.expiry).toBe(new Date('2026-11-22T18:30').toISOString());
    expect(commandInput('volta', V22, { ...reserve, expiry: 'soon' })).toEqual({ wrong: ['expiry'] });
  });

  it('names the fields that are missing or cannot be read', () => {
    expect(commandInput('volta', V22, draft)).toEqual({ wrong: ['location'] });
    expect(commandInput('volta', V22, { ...draft, command: 'UNLOCK_CONNECTOR', location: 'LOC1' })).toEqual({
      wrong: ['evse', 'connector'],
    });
    expect(commandInput('volta', V22, { ...draft, location: 'LOC1', connector: '1' })).toEqual({ wrong: ['evse'] });
    expect(commandInput('volta', V22, { ...draft, location: 'LOC1', wait: 'long' })).toEqual({ wrong: ['wait'] });
    expect(commandInput('volta', V22, { ...draft, location: 'LOC1', wait: '0' })).toEqual({ wrong: ['wait'] });
  });
});

describe('an authorization', () => {
  const draft = { ...askedDraft({}), token: '0123' };

  it('asks for a token, at a location and its EVSEs where they are given', () => {
    expect(authorizeInput('acme', V22, draft)).toEqual({ input: { name: 'acme', token: '0123' } });
    const there = { ...draft, type: 'APP_USER', location: 'LOC1', evse: 'E1, E2', connector: '1' };
    expect(authorizeInput('acme', V22, there)).toEqual({
      input: { name: 'acme', token: '0123', type: 'APP_USER', location: 'LOC1', evses: ['E1', 'E2'] },
    });
    expect(authorizeInput('acme', '2.1.1', there)).toMatchObject({ input: { connectors: ['1'] } });
  });

  it('needs the token, and the location its EVSEs belong to', () => {
    expect(authorizeInput('acme', V22, askedDraft({}))).toEqual({ wrong: ['token'] });
    expect(authorizeInput('acme', V22, { ...draft, evse: 'E1' })).toEqual({ wrong: ['location'] });
  });
});

describe('a charging profile', () => {
  const draft = { ...askedDraft({}), session: 'S1', duration: '600', wait: '5' };

  it('is set, asked for or cleared, each with what belongs to it', () => {
    expect(profileInput('volta', 'set', { ...draft, profile: '{}' })).toEqual({
      input: { name: 'volta', what: 'set', session: 'S1', profile: '{}', wait: 5 },
    });
    expect(profileInput('volta', 'get', draft)).toEqual({
      input: { name: 'volta', what: 'get', session: 'S1', duration: 600, wait: 5 },
    });
    expect(profileInput('volta', 'clear', draft)).toEqual({
      input: { name: 'volta', what: 'clear', session: 'S1', wait: 5 },
    });
  });

  it('needs a session, and the profile where one is set', () => {
    expect(profileInput('volta', 'set', { ...draft, session: ' ', profile: '' })).toEqual({
      wrong: ['session', 'profile'],
    });
    expect(profileInput('volta', 'get', { ...draft, duration: 'a while' })).toEqual({ wrong: ['duration'] });
    expect(preferencesInput('volta', { ...draft, preferences: '' })).toEqual({ wrong: ['preferences'] });
    expect(preferencesInput('volta', { ...draft, preferences: '{}', to: 'NL-VOL' })).toEqual({
      input: { name: 'volta', session: 'S1', preferences: '{}', toParty: 'NL-VOL' },
    });
  });
});

describe('what was sent before', () => {
  const endpoint = 'https://ocpi.volta.example/2.2.1';

  it('fills its form in again', () => {
    const body = JSON.stringify({
      response_url: 'http://us/1',
      token: { uid: '0123' },
      location_id: 'LOC1',
      evse_uid: 'E1',
      connector_id: '1',
      reservation_id: 7,
    });
    const command = exchange({
      method: 'POST',
      operation: 'commands.reserve-now',
      url: `${endpoint}/commands/x`,
      body,
    });
    expect(askedAgain(command)).toEqual({
      link: 'volta',
      form: 'command',
      command: 'RESERVE_NOW',
      location: 'LOC1',
      evse: 'E1',
      connector: '1',
      reservation: '7',
      token: '0123',
    });
    const authorize = exchange({
      method: 'POST',
      operation: 'tokens.authorize',
      url: `${endpoint}/tokens/01%2F23/authorize?type=APP_USER`,
      body: '{"location_id":"LOC1"}',
    });
    expect(askedAgain(authorize)).toEqual({
      link: 'volta',
      form: 'authorize',
      token: '01/23',
      type: 'APP_USER',
      location: 'LOC1',
    });
    const profile = exchange({ method: 'DELETE', operation: 'chargingprofiles.clear', url: `${endpoint}/cp/S1?x=1` });
    expect(askedAgain(profile)).toEqual({ link: 'volta', form: 'profile', ask: 'clear', session: 'S1' });
    const preferences = exchange({
      method: 'PUT',
      operation: 'sessions.put-preferences',
      url: `${endpoint}/sessions/S1/charging_preferences`,
    });
    expect(askedAgain(preferences)).toEqual({ link: 'volta', form: 'profile', ask: 'preferences', session: 'S1' });
  });

  it('fills in what can be read of a body that is cut or odd', () => {
    const odd = exchange({ method: 'POST', operation: 'commands.stop-session', url: endpoint, body: '{"session_id' });
    expect(askedAgain(odd)).toEqual({ link: 'volta', form: 'command', command: 'STOP_SESSION' });
    const broken = exchange({ method: 'GET', operation: 'chargingprofiles.get', url: `${endpoint}/cp/5%` });
    expect(askedAgain(broken)).toMatchObject({ session: '5%' });
  });

  it('is nothing for what has no such form', () => {
    expect(askedAgain(exchange({ method: 'PUT', operation: 'locations.put', url: endpoint }))).toBeUndefined();
    expect(askedAgain(exchange({ method: 'POST', operation: 'commands.result', url: endpoint }))).toBeUndefined();
    const nobody = exchange({ method: 'POST', operation: 'commands.stop-session', url: endpoint, link: null });
    expect(askedAgain(nobody)).toBeUndefined();
  });
});

describe('what might be meant', () => {
  const location = {
    evses: [
      { uid: 'E1', status: 'AVAILABLE', evse_id: 'NL*VOL*E1', connectors: [{ id: '1', standard: 'IEC_62196_T2' }] },
      { status: 'BLOCKED' },
      'not an EVSE',
      { uid: 2 },
    ],
  };

  it('is read of a location as far as it can be read', () => {
    expect(evseChoices(location)).toEqual([{ value: 'E1', hint: 'AVAILABLE · NL*VOL*E1' }, { value: '2' }]);
    expect(connectorChoices(location, 'e1')).toEqual([{ value: '1', hint: 'IEC_62196_T2' }]);
    expect(connectorChoices(location, 'E9')).toEqual([]);
    expect(evseChoices(undefined)).toEqual([]);
  });

  it('is told apart by what stands in sessions, tokens and locations of each version', () => {
    expect(sessionHint({ status: 'ACTIVE', kwh: 12.4, location_id: 'LOC1' })).toBe('ACTIVE · 12.4 kWh · LOC1');
    expect(sessionHint({ status: 'ACTIVE', location: { id: 'LOC1' } })).toBe('ACTIVE · LOC1');
    expect(tokenHint({ type: 'RFID', auth_id: 'DE8ACC', issuer: 'Acme' })).toBe('RFID · DE8ACC · Acme');
    expect(placeHint({ name: 'Haven', city: 'Rotterdam' })).toBe('Haven · Rotterdam');
    expect(placeHint(null)).toBe('');
  });
});
