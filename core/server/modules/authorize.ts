import type { Clock } from '../../clock.ts';
import { isStatusCode } from '../../ocpi/decidable.ts';
import type { Finding } from '../../ocpi/findings.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import type { PartyId } from '../../ocpi/party-id.ts';
import { queryValue, readTokenType } from '../../ocpi/request-query.ts';
import { atLeast22 } from '../../ocpi/versions.ts';
import type { Decided } from '../deciding.ts';
import type { OwnData } from '../own-data.ts';
import type { OcpiRequest, PlannedReply, Responder } from '../responder.ts';
import type { AskedAuthorization } from '../simulation.ts';
import { type AnsweringParts, coded, readAsked, whenDecided } from './asked.ts';
import { authorizationWords } from './asked-words.ts';
import { authorizationInfo, unknownToken } from './authorization-info.ts';
import { versionOf } from './object-answers.ts';
import { linkOf } from './pushed-address.ts';

export interface AuthorizeParts extends AnsweringParts {
  readonly data: Pick<OwnData, 'get'>;
  /** Whose a token is that is not among our own: the issuer of an answer by decision. */
  readonly issuer: PartyId & { readonly name: string };
  /** Makes authorization references: at most 36 characters. */
  readonly newId: () => string;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  /** Milliseconds that an answer by simulation takes; none unless said. */
  readonly takes?: number | undefined;
}

const UNKNOWN_TOKEN = 2004;
/** 2.1.1 has no code of its own for unknown tokens (T7). */
const UNKNOWN_TOKEN_211 = 2001;

/** Real-time authorization at the SENDER of tokens (digest 6.5): 200 whatever is allowed, 404 for an unknown token. */
export function authorizeResponder(parts: AuthorizeParts): Responder {
  const { deciding, clock, takes = 0 } = parts;
  return {
    serves: ['tokens.authorize'],
    slow: request => takes > 0 || deciding.asks(request),
    respond: request => {
      const read = request.body === undefined ? undefined : readAsked(request);
      if (read?.ok === false) return read.reply;
      const { token, type } = findToken(parts, request);
      const asked: AskedAuthorization = {
        caller: request.caller,
        linkId: linkOf(request.caller),
        version: versionOf(request),
        uid: request.params['token_uid'] ?? '',
        type,
        ...(read && { location: read.object }),
      };
      const decided = deciding.decide(request, () => authorizationWords(request.caller, asked));
      const findings: readonly Finding[] = read?.findings ?? [];
      const answer = (said: Decided) => ({ ...answered(parts, { said, asked, known: token }), findings });
      if (takes === 0) return whenDecided(decided, answer);
      return late(clock, takes, request.signal).then(async () => answer(await decided));
    },
  };
}

/** Whoever has gone is not waited for. */
async function late(clock: Pick<Clock, 'sleep'>, ms: number, signal: AbortSignal): Promise<void> {
  try {
    await clock.sleep(ms, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

interface Answering {
  readonly said: Decided;
  readonly asked: AskedAuthorization;
  /** The token, where it is among our own. */
  readonly known: JsonObject | undefined;
}

function answered(parts: AuthorizeParts, { said, asked, known }: Answering): PlannedReply {
  const { version } = asked;
  if (said.answer === 'simulate') {
    const played = parts.simulation().authorize(asked);
    if (!('statusCode' in played)) return response(played.info);
    const { statusCode, message } = played;
    if (statusCode !== UNKNOWN_TOKEN) return coded({ code: statusCode, message });
    return coded({ code: atLeast22(version) ? UNKNOWN_TOKEN : UNKNOWN_TOKEN_211, message, status: 404 });
  }
  const { result = said.answer === 'accept' ? 'ALLOWED' : 'NOT_ALLOWED' } = said;
  if (isStatusCode(result))
    return coded({ code: Number(result), status: Number(result) === UNKNOWN_TOKEN ? 404 : 200 });
  const { clock, issuer, newId } = parts;
  const token = known ?? unknownToken(asked, { allowed: result, issuer, now: clock.now() });
  return response(authorizationInfo(asked, { allowed: result, token, reference: newId() }));
}

/** Of the type that was said; without one it is an RFID token, else the only one with that uid (T44). */
function findToken({ data }: AuthorizeParts, { params, query, caller, version }: OcpiRequest) {
  const said = queryValue(query, 'type') ?? queryValue(query, 'token_type');
  const type = readTokenType(query);
  const of = { module: 'tokens', version: versionOf({ version }), caller, id: params['token_uid'] ?? '' } as const;
  const text = data.get({ ...of, type }) ?? (said === undefined ? data.get(of) : undefined);
  const token: unknown = text === undefined ? undefined : JSON.parse(text);
  if (!isJsonObject(token)) return { type };
  return { token, type: typeof token['type'] === 'string' ? token['type'] : type };
}

function response(info: JsonObject): PlannedReply {
  return { status: 200, envelope: { statusCode: 1000, statusMessage: 'Success', data: info } };
}
