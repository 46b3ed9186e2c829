import type { Clock } from '../../clock.ts';
import type { StartCharge } from '../../contract/life.ts';
import { entryById } from '../../ocpi/catalogue.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { pathParams } from '../../ocpi/path-params.ts';
import type { Plan } from '../../replay/plan.ts';
import type { Nudged, ReplayPorts } from '../../replay/ports.ts';
import { expectedRequest } from '../../replay/rebase/expected.ts';
import type { RequestStep, Step } from '../../replay/recording.ts';
import type { SandboxDesk } from '../../sandbox/beside.ts';

export interface NudgingOptions {
  readonly plan: Plan;
  readonly sandbox: Pick<SandboxDesk, 'view' | 'charge' | 'life'>;
  readonly clock: Pick<Clock, 'sleep'>;
}

type As = NonNullable<StartCharge['as']>;

/** What makes a partner send it by itself, where nothing before it in the plan does already. */
const BEGINS: Readonly<Partial<Record<string, As>>> = {
  'commands.start-session': 'app',
  'sessions.put': 'driver',
  'sessions.patch': 'driver',
  'tokens.authorize': 'driver',
};
/** Payment terminals are met by cards alone. */
const BY_CARD = /^payments\./;
const NOT_OURS: Nudged = { how: 'not-ours' };
const DONE: Nudged = { how: 'done' };
/** A trip is stopped once its session is known to have begun: tried so often, with pauses of so many milliseconds. */
const STOP_TRIES = 10;
const STOP_PAUSE = 100;

/** Has the built-in partner do its part: it charges at our chargers, and drivers come to its own. */
export function createNudging({ plan, sandbox, clock }: NudgingOptions): ReplayPorts['nudge'] {
  let trip: string | undefined;

  const begin = async (step: RequestStep, as: As): Promise<Nudged> => {
    const card = plan.steps.some(
      one => one.kind === 'request' && one.by === 'them' && BY_CARD.test(one.spoken.operation),
    );
    const wanted: StartCharge = { as: as === 'app' && card ? 'card' : as };
    // At the very place and with the very token that are expected, if that can be; else at any.
    const exact = { ...wanted, ...placeOf(plan, step) };
    const first = await sandbox.charge(exact);
    const begun = first.ok || Object.keys(exact).length === 1 ? first : await sandbox.charge(wanted);
    if (!begun.ok) return { how: 'refused', why: begun.failure.message };
    if (as === 'app') trip = begun.value.id;
    return DONE;
  };

  const stop = async (id: string): Promise<Nudged> => {
    for (let tries = 1; ; tries++) {
      const stopped = await sandbox.life(life => life.stop({ id }));
      if (stopped.ok) return DONE;
      if (tries === STOP_TRIES) return { how: 'refused', why: stopped.failure.message };
      await clock.sleep(STOP_PAUSE);
    }
  };

  return async (step, before) => {
    const { running, link } = sandbox.view();
    if (!running || link !== plan.surroundings.link) return NOT_OURS;
    const { operation } = step.spoken;
    if (operation === 'commands.stop-session' && trip !== undefined) return stop(trip);
    const as = BEGINS[operation];
    return as === undefined || before.some(isBeginning) ? NOT_OURS : begin(step, as);
  };
}

/** A flow that is on its way goes on by itself. */
function isBeginning(step: Step): boolean {
  if (step.kind === 'flow') return false;
  const { operation } = step.spoken;
  return operation in BEGINS || operation === 'commands.reserve-now' || BY_CARD.test(operation);
}

function placeOf(plan: Plan, step: RequestStep): Pick<StartCharge, 'location' | 'evse' | 'connector' | 'token'> {
  const { url, text } = expectedRequest(plan, step);
  const entry = entryById(step.spoken.operation);
  const value = (text === undefined ? undefined : parsed(text)) ?? {};
  const object = isJsonObject(value['cdr_token']) ? value['cdr_token'] : value['token'];
  const named = entry === undefined ? undefined : pathParams(entry, url)['token_uid'];
  const token = (isJsonObject(object) ? stringOf(object['uid']) : undefined) ?? named;
  const location = stringOf(value['location_id']);
  const evse = location && stringOf(value['evse_uid']);
  const connector = evse && stringOf(value['connector_id']);
  return {
    ...(location && { location }),
    ...(evse && { evse }),
    ...(connector && { connector }),
    ...(token !== undefined && { token }),
  };
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
