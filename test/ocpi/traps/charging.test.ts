import { describe, expect, it } from 'vitest';
import { fixture } from '../fixtures.ts';
import { changed, check, type Json } from './checking.ts';

describe('sessions and CDRs', () => {
  it('watt-hours where kilowatt-hours are due are noticed (T18)', () => {
    const charging_periods = [
      { start_date_time: '2026-03-14T06:00:00Z', dimensions: [{ type: 'ENERGY', volume: 11250 }] },
    ];
    expect(changed('2.2.1', 'Session', { charging_periods }).findings).toEqual([
      'warning energy.watt-hours /charging_periods',
    ]);
    expect(changed('2.1.1', 'CDR', { charging_periods }).findings).toEqual([
      'warning energy.watt-hours /charging_periods',
    ]);
    expect(changed('2.2.1', 'Session', { charging_periods, kwh: 2 }).findings).toEqual([]);
  });

  it('an end before its beginning is a warning, across offsets too (T15a)', () => {
    expect(changed('2.2.1', 'CDR', { end_date_time: '2026-03-14T05:59:59Z' }).findings).toEqual([
      'warning period.order /end_date_time',
    ]);
    expect(changed('2.1.1', 'Session', { end_datetime: '2026-03-14T07:30:00+02:00' }).findings).toEqual([
      'warning date-time.offset /end_datetime',
      'warning period.order /end_datetime',
    ]);
  });

  it('unknown times may be the epoch (T15)', () => {
    const epoch = '1970-1-1T00:00:00Z';
    expect(changed('2.2.1', 'CDR', { start_date_time: epoch, end_date_time: epoch }).findings).toEqual([]);
  });

  it('the location within a session of 2.1.1 holds the one EVSE that was used (T28)', () => {
    const location = { ...(fixture('2.1.1', 'Session')['location'] as Json), evses: [] };
    expect(changed('2.1.1', 'Session', { location }).findings).toEqual([
      'warning embedded-location.evses /location/evses',
    ]);
  });

  it('a token without its party can be used (T20a)', () => {
    const cdr_token = { uid: '04', type: 'RFID', contract_id: 'C' };
    const { view, findings } = changed('2.2.1', 'Session', { cdr_token });
    expect(view?.['cdr_token']).toEqual(cdr_token);
    expect(findings).toEqual([
      'warning cdr-token.party-missing /cdr_token/country_code',
      'warning cdr-token.party-missing /cdr_token/party_id',
    ]);
  });

  it('RESERVED is what the text calls RESERVATION (T19)', () => {
    expect(changed('2.2.1', 'Session', { status: 'RESERVED' })).toMatchObject({
      view: { status: 'RESERVATION' },
      findings: [],
    });
  });

  it('credit CDRs name what they credit, and no other does (T38)', () => {
    expect(changed('2.2.1', 'CDR', { credit: true }).findings).toEqual([
      'warning cdr.credit-reference-missing /credit_reference_id',
    ]);
    expect(changed('2.2.1', 'CDR', { credit_reference_id: 'CDR-1' }).findings).toEqual([
      'warning cdr.credit-flag-missing /credit',
    ]);
    expect(changed('2.2.1', 'CDR', { id: 'x'.repeat(38) }).findings).toEqual(['warning cdr.id-too-long /id']);
    expect(changed('2.2.1', 'CDR', { id: 'x'.repeat(40) }).findings).toEqual(['warning text.too-long /id']);
  });

  it('dimensions for sessions only do not belong into CDRs', () => {
    const charging_periods = [{ start_date_time: '2026-03-14T06:00:00Z', dimensions: [{ type: 'POWER', volume: 11 }] }];
    expect(changed('2.2.1', 'CDR', { charging_periods }).findings).toEqual([
      'warning cdr.session-only-dimension /charging_periods/0/dimensions/0/type',
    ]);
    expect(changed('2.2.1', 'Session', { charging_periods }).findings).toEqual([]);
  });

  it('values that 2.1.1 does not know are kept (T49)', () => {
    expect(changed('2.1.1', 'Session', { auth_method: 'COMMAND' })).toMatchObject({
      view: { auth_method: 'COMMAND' },
      findings: ['warning enum.unknown /auth_method'],
    });
  });
});

describe('tokens and commands', () => {
  it('a language with a country is a warning (T44a)', () => {
    expect(changed('2.2.1', 'Token', { language: 'en-GB' })).toMatchObject({
      view: { language: 'en-GB' },
      findings: ['warning text.too-long /language'],
    });
  });

  it('a token that does not tell whether to ask cannot be used (T30a)', () => {
    expect(changed('2.2.1', 'Token', { whitelist: 'SOMETIMES' }).view).toBeUndefined();
  });

  it('2.1.1 answers commands with an object or with the bare text (T4)', () => {
    expect(check('2.1.1', 'CommandResponse', 'ACCEPTED')).toEqual({ view: { result: 'ACCEPTED' }, findings: [] });
    expect(check('2.1.1', 'CommandResponse', 'SUCCESSFUL').findings).toEqual(['warning enum.unknown /result']);
    expect(check('2.2.1', 'CommandResponse', 'ACCEPTED').findings).toEqual(['error type.mismatch ']);
  });

  it('an answer without timeout is waited for half a minute (T5)', () => {
    expect(check('2.2.1', 'CommandResponse', { result: 'ACCEPTED' })).toEqual({
      view: { result: 'ACCEPTED', timeout: 30 },
      findings: ['warning command.timeout-missing /timeout'],
    });
  });

  it('an answer nested in its type name is read (T5, T36)', () => {
    const answer = { result: 'ACCEPTED', timeout: 5 };
    expect(check('2.2.1', 'CommandResponse', { CommandResponse: answer })).toEqual({
      view: answer,
      findings: ['warning command.nested '],
    });
    expect(check('2.2.1', 'ChargingProfileResponse', { ChargingProfileResponse: answer }).view).toEqual(answer);
  });

  it('a result may come bare, in an envelope, nested, or both (T5, failures 28)', () => {
    const result = { result: 'FAILED' };
    const enveloped = { data: result, status_code: 1000, timestamp: '2026-03-14T08:15:00Z' };
    expect(check('2.2.1', 'CommandResult', result)).toEqual({ view: result, findings: [] });
    expect(check('2.2.1', 'CommandResult', enveloped)).toEqual({
      view: result,
      findings: ['warning command.enveloped '],
    });
    expect(check('2.2.1', 'CommandResult', { CommandResult: result }).view).toEqual(result);
    expect(check('2.2.1', 'CommandResult', { data: { CommandResponse: result } }).view).toEqual(result);
    expect(check('2.2.1', 'ActiveChargingProfileResult', { ActiveProfileResult: { result: 'ACCEPTED' } })).toEqual({
      view: { result: 'ACCEPTED' },
      findings: ['warning command.nested '],
    });
  });

  it('a connector is named within its EVSE', () => {
    const { evse_uid: _, ...start } = fixture('2.2.1', 'StartSession');
    expect(check('2.2.1', 'StartSession', start).findings).toEqual(['warning command.evse-uid-missing /evse_uid']);
  });
});
