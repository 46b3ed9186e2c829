import type { Failure } from '../../../core/contract/failure.ts';
import { type RecordedExchange, recordingOf } from '../../../core/replay/from-exchanges.ts';
import type { Plan, ReadyRequest } from '../../../core/replay/plan.ts';
import { planReplay } from '../../../core/replay/plan-replay.ts';
import { readyRequest } from '../../../core/replay/rebase/ready-request.ts';
import type { RequestStep } from '../../../core/replay/recording.ts';
import type { Surroundings } from '../../../core/replay/surroundings.ts';
import { options, type Said, said, surroundings } from './recorded.ts';

type Changed = Parameters<typeof options>[0];

export function tryPlan(exchanges: readonly RecordedExchange[], around = surroundings(), changed: Changed = {}) {
  const play = changed?.play;
  const recording = recordingOf({ title: 'a charge', exchanges, ...(play !== undefined && { play }) });
  if (!recording.ok) return recording;
  return planReplay({ recording: recording.value, surroundings: around, options: options(changed), seed: 'seed' });
}

export function planned(exchanges: readonly RecordedExchange[], around?: Surroundings, changed?: Changed): Plan {
  const plan = tryPlan(exchanges, around, changed);
  if (!plan.ok) throw new Error(plan.failure.message);
  return plan.value;
}

export function refusal(exchanges: readonly RecordedExchange[], around?: Surroundings, changed?: Changed): Failure {
  const plan = tryPlan(exchanges, around, changed);
  if (plan.ok) throw new Error('it was planned');
  return plan.failure;
}

export function step(plan: Plan, no: number): RequestStep {
  const found = plan.steps.find(one => one.no === no);
  if (found?.kind !== 'request') throw new Error(`no request ${no}`);
  return found;
}

let fresh = 0;
export const tryReady = (plan: Plan, no: number) =>
  readyRequest(plan, step(plan, no), { responseUrl: `https://us.example/r/${no}`, newId: () => `new-${++fresh}` });

export function ready(plan: Plan, no: number): ReadyRequest {
  const made = tryReady(plan, no);
  if (!made.ok) throw new Error(made.failure.message);
  return made.value;
}

export const bodyOf = ({ text }: ReadyRequest) => JSON.parse(text ?? 'null') as Record<string, unknown>;

export const CUSTOMER = { country_code: 'DE', party_id: 'THR', uid: 'TOK1', type: 'RFID', contract_id: 'DE-THR-C1' };
export const PATH = '/NL/OUR/SES-1001-AB';
export const SESSION = {
  country_code: 'NL',
  party_id: 'OUR',
  id: 'SES-1001-AB',
  start_date_time: '2025-05-01T09:59:50Z',
  kwh: 0,
  cdr_token: CUSTOMER,
  auth_method: 'WHITELIST',
  location_id: 'LOC1',
  evse_uid: 'E1',
  connector_id: '1',
  currency: 'EUR',
  charging_periods: [
    { start_date_time: '2025-05-01T09:59:50Z', dimensions: [{ type: 'ENERGY', volume: 1 }], tariff_id: 'T1' },
  ],
  status: 'ACTIVE',
  last_updated: '2025-05-01T10:00:00.123Z',
};
export const CDR = {
  country_code: 'NL',
  party_id: 'OUR',
  id: 'CDR-77',
  session_id: 'SES-1001-AB',
  cdr_token: CUSTOMER,
  cdr_location: { id: 'LOC1', evse_uid: 'E1', evse_id: 'NL*OUR*E1', connector_id: '1' },
  tariffs: [{ id: 'T1', last_updated: '2019-01-01T00:00:00Z' }],
  credit_reference_id: 'CDR-OLD',
  last_updated: '2025-05-01T10:02:00Z',
};
export const OUR_CHARGE = [
  said({ operation: 'sessions.put', path: PATH, body: SESSION, correlationId: 'c-1' }),
  said({
    operation: 'sessions.patch',
    path: PATH,
    at: 60,
    correlationId: 'c-1',
    body: '{ "kwh": 1.50, "last_updated":"2025-05-01T10:01:00Z", "x":"2025-05-01T12:01:00+02:00" }',
  }),
  said({ operation: 'cdrs.post', at: 120, body: CDR, correlationId: 'c-2' }),
];

export const COMMAND = {
  response_url: 'https://us.then/r/1',
  token: { ...CUSTOMER, country_code: 'NL', party_id: 'OUR', issuer: 'us' },
  location_id: 'LOC1',
  evse_uid: 'E1',
  connector_id: '1',
  authorization_reference: 'AUTH-555-X',
};
export const REMOTE: readonly Said[] = [
  {
    operation: 'commands.start-session',
    path: '/START_SESSION',
    body: COMMAND,
    data: { result: 'ACCEPTED', timeout: 90 },
  },
  { operation: 'commands.result', direction: 'in', url: '/r/1', at: 5, body: { result: 'ACCEPTED' } },
  {
    operation: 'sessions.put',
    direction: 'in',
    path: '/DE/THR/S-9',
    at: 6,
    body: {
      ...SESSION,
      country_code: 'DE',
      party_id: 'THR',
      id: 'S-9',
      authorization_reference: 'AUTH-555-X',
    },
  },
  {
    operation: 'commands.stop-session',
    path: '/STOP_SESSION',
    at: 60,
    body: { response_url: 'https://us.then/r/2', session_id: 'S-9' },
  },
];
