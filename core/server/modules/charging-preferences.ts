import { isStatusCode } from '../../ocpi/decidable.ts';
import type { Decided } from '../deciding.ts';
import type { PlannedReply, Responder } from '../responder.ts';
import { type AnsweringParts, coded, readAsked, whenDecided } from './asked.ts';
import { preferencesWords } from './asked-words.ts';
import { versionOf } from './object-answers.ts';
import { linkOf } from './pushed-address.ts';

const INVALID = 2001;

/** Charging preferences of a driver, put at the SENDER of sessions (digest 6.2); `data` of the answer is the bare result. */
export function chargingPreferencesResponder({ deciding, simulation }: AnsweringParts): Responder {
  return {
    serves: ['sessions.put-preferences'],
    slow: deciding.asks,
    respond: request => {
      const read = readAsked(request);
      if (!read.ok) return read.reply;
      const { object: preferences, findings } = read;
      const { caller, params } = request;
      const session = params['session_id'] ?? '';
      const simulated = () => {
        const asked = { caller, linkId: linkOf(caller), version: versionOf(request), session, preferences };
        const played = simulation().preferences(asked);
        return 'statusCode' in played ? refused(played.statusCode, played.message) : response(played.result);
      };
      const decided = deciding.decide(request, () => preferencesWords(caller, session, preferences));
      return whenDecided(decided, said => ({ ...answered(said, simulated), findings }));
    },
  };
}

function answered(said: Decided, simulated: () => PlannedReply): PlannedReply {
  if (said.answer === 'simulate') return simulated();
  if (said.answer === 'accept') return response(said.result ?? 'ACCEPTED');
  const { result = 'NOT_POSSIBLE' } = said;
  return isStatusCode(result) ? refused(Number(result)) : response(result);
}

function response(result: string): PlannedReply {
  return { status: 200, envelope: { statusCode: 1000, statusMessage: 'Success', data: result } };
}

/** An EVSE that is not capable is told with 404 beside 2001 (T7a). */
function refused(code: number, message?: string): PlannedReply {
  return coded({ code, status: code === INVALID ? 404 : 200, ...(message !== undefined && { message }) });
}
