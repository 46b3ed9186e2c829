import { setTimeout as sleep } from 'node:timers/promises';
import type { ReplayOptions, ReplayRun, ReplayStep } from '../../../core/contract/replay.ts';
import type { Version } from '../../../core/ocpi/versions.ts';
import type { Action } from '../../support/partner/action.ts';
import { endOf } from '../../support/platform.ts';
import { ask, request } from '../../support/raw-client.ts';
import { ACCEPTED, type Json, soon } from '../sending/commanding.ts';
import { type Met, says } from '../sending/meeting.ts';

export const VERSION: Version = '2.2.1';

/** What the partner, a CPO, does in a charge that our app starts and stops; what is left out is as it should be. */
export interface Charge {
  /** Id of the session it makes. */
  readonly session: string;
  readonly result?: string;
  /** The result is posted not before this; null: never. */
  readonly resultAfter?: Promise<unknown> | null;
  readonly currency?: string;
  /** The session is put once more, in the middle. */
  readonly again?: boolean;
  /** Updates of the session before it is asked to stop, each so many milliseconds after the one before. */
  readonly updates?: { readonly count: number; readonly everyMs: number };
  /** Updates of the session that it still tells after it was asked to stop. */
  readonly lateUpdates?: number;
  /** It asks for something that has nothing to do with the charge. */
  readonly aside?: boolean;
  readonly startAnswer?: Action;
}

let calls = 0;
const nowText = () => new Date().toISOString();

/** A call of the partner's, in literal bytes with its token. */
export async function theirs({ us, partner }: Met, method: string, path: string, body: unknown): Promise<number[]> {
  const token = Buffer.from(partner.relation.outgoing ?? '').toString('base64');
  const lines = [
    'Content-Type: application/json',
    `Authorization: Token ${token}`,
    `X-Request-ID: their-${++calls}`,
    'X-Correlation-ID: theirs',
    'OCPI-to-country-code: NL',
    'OCPI-to-party-id: WBX',
    'OCPI-from-country-code: DE',
    'OCPI-from-party-id: PRT',
  ];
  const port = Number(new URL(us.versionsUrl).port);
  const answer = await ask(
    { port },
    request(`${method} ${path}`, lines, body === undefined ? '' : JSON.stringify(body)),
  );
  return [answer.status, (JSON.parse(answer.body) as { status_code: number }).status_code];
}

/** Waits for the nth command of a kind from now on, and gives its body. */
async function commandIn(met: Met, command: string, since: number): Promise<Json> {
  for (;;) {
    const found = met.partner.requests.slice(since).find(({ url }) => url.endsWith(`/${command}`));
    if (found !== undefined) return JSON.parse(found.text) as Json;
    await soon();
  }
}

/** Plays the partner through one charge. Resolves when it has done its part. */
export async function playCharge(met: Met, charge: Charge): Promise<void> {
  const { session, result = 'ACCEPTED', resultAfter = Promise.resolve(), currency = 'EUR' } = charge;
  const since = met.partner.requests.length;
  met.answer('POST', met.at('commands', 'receiver', 'START_SESSION'), charge.startAnswer ?? says(200, 1000, ACCEPTED));
  met.answer('POST', met.at('commands', 'receiver', 'STOP_SESSION'), says(200, 1000, ACCEPTED));
  const post = (url: unknown, body: unknown) => theirs(met, 'POST', new URL(String(url)).pathname, body);
  const push = (method: string, body: Json) =>
    theirs(met, method, `/ocpi/${VERSION}/receiver/sessions/DE/PRT/${session}`, body);

  const start = await commandIn(met, 'START_SESSION', since);
  if (resultAfter !== null) {
    await resultAfter;
    await post(start['response_url'], { result });
  }
  if (result !== 'ACCEPTED') return;
  const { token } = start as { readonly token: Json };
  const whole = {
    country_code: 'DE',
    party_id: 'PRT',
    id: session,
    start_date_time: nowText(),
    kwh: 0,
    cdr_token: {
      country_code: token['country_code'],
      party_id: token['party_id'],
      uid: token['uid'],
      type: token['type'],
      contract_id: token['contract_id'],
    },
    auth_method: 'COMMAND',
    location_id: start['location_id'],
    evse_uid: start['evse_uid'],
    connector_id: '1',
    currency,
    status: 'ACTIVE',
    last_updated: nowText(),
  };
  await push('PUT', whole);
  if (charge.again) await push('PUT', { ...whole, last_updated: nowText() });
  if (charge.aside) await theirs(met, 'GET', `/ocpi/${VERSION}/sender/tokens`, undefined);
  await push('PATCH', { kwh: 3.5, last_updated: nowText() });
  const { count, everyMs } = charge.updates ?? { count: 0, everyMs: 0 };
  for (let more = 1; more <= count; more++) {
    await sleep(everyMs);
    await push('PATCH', { kwh: 3.5 + more / 10, last_updated: nowText() });
  }
  const stop = await commandIn(met, 'STOP_SESSION', since);
  if (stop['session_id'] !== session) throw new Error(`it stops ${stop['session_id']} instead of ${session}`);
  for (let more = 0; more < (charge.lateUpdates ?? 0); more++) {
    await push('PATCH', { kwh: 4 + more, last_updated: nowText() });
  }
  await post(stop['response_url'], { result: 'ACCEPTED' });
  await push('PATCH', { status: 'COMPLETED', kwh: 7, last_updated: nowText() });
}

/** A charge as the operator makes it by hand; the ids of its exchanges, oldest first. */
export async function recordCharge(met: Met, charge: Charge): Promise<number[]> {
  const { us, name } = met;
  const [before] = await us.client.exchanges.list({ link: name, limit: 1 });
  const playing = playCharge(met, charge);
  const at = { location: 'LOC1', evse: 'E1' } as const;
  await endOf(us, await us.client.sending.command({ name, command: 'START_SESSION', ...at }));
  const patches = 1 + (charge.updates?.count ?? 0);
  for (;;) {
    const told = await us.client.exchanges.list({ link: name, module: 'sessions', limit: 100 });
    const since = told.filter(({ id, method }) => id > (before?.id ?? 0) && method === 'PATCH');
    if (since.length >= patches) break;
    await soon();
  }
  await endOf(us, await us.client.sending.command({ name, command: 'STOP_SESSION', session: charge.session }));
  await playing;
  const made = await us.client.exchanges.list({ link: name, limit: 100 });
  return made.flatMap(({ id }) => (id > (before?.id ?? 0) ? [id] : [])).reverse();
}

export interface Replayed {
  readonly run: ReplayRun;
  readonly steps: readonly ReplayStep[];
}

/** Replays and waits for the end. */
export async function replayed(met: Met, options: Omit<ReplayOptions, 'to'>): Promise<Replayed> {
  const { us, name } = met;
  const { runId } = await us.client.replays.start({ to: name, speed: 'fast', ...options });
  return over(met, runId);
}

export async function over({ us }: Met, runId: number): Promise<Replayed> {
  await endOf(us, { runId });
  const { steps } = await us.client.replays.steps({ runId, limit: 500 });
  return { run: await us.client.replays.get({ runId }), steps };
}

/** `same send commands.start-session`, one a step. */
export function told(steps: readonly ReplayStep[]): string[] {
  return steps.map(({ verdict, kind, operation }) => `${verdict} ${kind} ${operation}`);
}
