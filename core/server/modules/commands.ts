import { isStatusCode, NOTHING_LATER } from '../../ocpi/decidable.ts';
import type { Finding } from '../../ocpi/findings.ts';
import type { JsonObject } from '../../ocpi/json-value.ts';
import { atLeast22, type Version } from '../../ocpi/versions.ts';
import type { Decided } from '../deciding.ts';
import type { OcpiRequest, PlannedReply, Responder } from '../responder.ts';
import type { AskedCommand } from '../simulation.ts';
import {
  type AnsweringParts,
  coded,
  RESULT_WITHIN,
  readAsked,
  readCallable,
  routingBack,
  whenDecided,
} from './asked.ts';
import { commandWords } from './asked-words.ts';
import { versionOf } from './object-answers.ts';
import { foreignParty, linkOf } from './pushed-address.ts';
import { invalid } from './pushed-answers.ts';

const COMMANDS = {
  'commands.start-session': 'START_SESSION',
  'commands.stop-session': 'STOP_SESSION',
  'commands.reserve-now': 'RESERVE_NOW',
  'commands.cancel-reservation': 'CANCEL_RESERVATION',
  'commands.unlock-connector': 'UNLOCK_CONNECTOR',
} as const satisfies Record<string, AskedCommand['command']>;

const UNKNOWN_LOCATION = 2003;

/** CommandResponse, without what 2.1.1 does not know of (T4). */
interface Response {
  readonly result: string;
  readonly timeout: number;
  readonly message?: string;
}

/** The RECEIVER interface of commands (digest 6.6): answered at once, the result follows at the response_url. */
export function commandsResponder(parts: AnsweringParts): Responder {
  return {
    serves: Object.keys(COMMANDS),
    slow: parts.deciding.asks,
    respond: request => {
      const asked = readCommand(parts, request);
      if (!asked.ok) return asked.reply;
      const decided = parts.deciding.decide(request, () => commandWords(request.caller, asked.command));
      return whenDecided(decided, said => answered(parts, { said, request, ...asked }));
    },
  };
}

type CommandRead =
  | { readonly ok: true; readonly command: AskedCommand; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly reply: PlannedReply };

function readCommand({ results }: AnsweringParts, request: OcpiRequest): CommandRead {
  const read = readAsked(request);
  if (!read.ok) return read;
  const { caller, entry } = request;
  const linkId = linkOf(caller);
  const version = versionOf(request);
  const command = COMMANDS[entry.id as keyof typeof COMMANDS];
  const { object: body, findings } = read;
  const callable = readCallable(body['response_url'], '/response_url');
  if (callable.url === undefined) {
    const all = [...findings.filter(({ pointer }) => pointer !== '/response_url'), ...callable.findings];
    return { ok: false, reply: invalid(all, callable.findings[0]) };
  }
  const url = callable.url;
  return {
    ok: true,
    command: { caller, linkId, version, command, body, responseUrl: url },
    findings: [...findings, ...strangersToken(request, body), ...results.judge({ linkId, url })],
  };
}

/** The token is of the eMSP that sends it; it is not ours to check more of it (digest 6.6), so that it is only told. */
function strangersToken({ caller }: OcpiRequest, { token }: JsonObject): Finding[] {
  const { country_code: countryCode, party_id: partyId } = (token ?? {}) as JsonObject;
  if (typeof countryCode !== 'string' || typeof partyId !== 'string') return [];
  const foreign = foreignParty(caller, { countryCode, partyId }, '/token/party_id');
  return foreign === undefined ? [] : [{ ...foreign, severity: 'warning' }];
}

interface Answering {
  readonly said: Decided;
  readonly request: OcpiRequest;
  readonly command: AskedCommand;
  readonly findings: readonly Finding[];
}

function answered(parts: AnsweringParts, { said, request, command, findings }: Answering): PlannedReply {
  const { version, linkId, responseUrl: url } = command;
  if (said.answer === 'simulate') {
    const played = parts.simulation().command(command);
    if (!('statusCode' in played)) return { ...response(version, played), findings };
    return { ...refused(version, played.statusCode, played.message), findings };
  }
  if (said.answer === 'reject') {
    const { result = 'REJECTED' } = said;
    const reply = isStatusCode(result) ? refused(version, Number(result)) : response(version, { result, timeout: 0 });
    return { ...reply, findings };
  }
  const { result = 'ACCEPTED', later = 'ACCEPTED' } = said;
  const reply = { ...response(version, { result, timeout: RESULT_WITHIN }), findings };
  if (later === NOTHING_LATER) return reply;
  const routing = routingBack(request);
  return {
    ...reply,
    // What nobody was promised is not sent either.
    settled: delivered => {
      if (delivered) {
        parts.results.post({ linkId, version, operation: 'commands.result', url, body: { result: later }, ...routing });
      }
    },
  };
}

function response(version: Version, { result, timeout, message }: Response): PlannedReply {
  const texts = message === undefined ? {} : { message: [{ language: 'en', text: message }] };
  const data = atLeast22(version) ? { result, timeout, ...texts } : { result };
  return { status: 200, envelope: { statusCode: 1000, statusMessage: 'Success', data } };
}

/** The diagrams show a CommandResponse beside the code for an unknown location (digest 1.5). */
function refused(version: Version, code: number, message?: string): PlannedReply {
  const data = atLeast22(version) ? { result: 'REJECTED', timeout: 0 } : { result: 'REJECTED' };
  return coded({ code, ...(message !== undefined && { message }) }, code === UNKNOWN_LOCATION ? data : undefined);
}
