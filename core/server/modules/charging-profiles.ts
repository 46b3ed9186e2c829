import { isStatusCode, NOTHING_LATER } from '../../ocpi/decidable.ts';
import { type Finding, finding } from '../../ocpi/findings.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import { queryValue, readResponseUrl } from '../../ocpi/request-query.ts';
import type { Decided } from '../deciding.ts';
import type { OwnData } from '../own-data.ts';
import type { OcpiRequest, PlannedReply, Responder } from '../responder.ts';
import type { AskedProfile } from '../simulation.ts';
import { activeProfile, createSetProfiles, type SetProfiles } from './active-profile.ts';
import {
  type AnsweringParts,
  coded,
  RESULT_WITHIN,
  readAsked,
  readCallable,
  routingBack,
  whenDecided,
} from './asked.ts';
import { profileWords } from './asked-words.ts';
import { versionOf } from './object-answers.ts';
import { linkOf } from './pushed-address.ts';
import { invalid } from './pushed-answers.ts';

export interface ChargingProfileParts extends AnsweringParts {
  /** For what an EVSE can give where no profile was set. */
  readonly data: Pick<OwnData, 'get'>;
}

const WHAT = {
  'chargingprofiles.get': 'get',
  'chargingprofiles.set': 'set',
  'chargingprofiles.clear': 'clear',
} as const satisfies Record<string, AskedProfile['what']>;

/** The RECEIVER interface of charging profiles (digest 6.7): answered at once, the result follows at the response_url. */
export function chargingProfilesResponder(parts: ChargingProfileParts): Responder {
  const profiles = createSetProfiles();
  return {
    serves: Object.keys(WHAT),
    slow: parts.deciding.asks,
    respond: request => {
      const asked = readProfile(parts, request);
      if (!asked.ok) return asked.reply;
      const decided = parts.deciding.decide(request, () => profileWords(request.caller, asked.profile));
      return whenDecided(decided, said => answered(parts, { said, request, profiles, ...asked }));
    },
  };
}

type ProfileRead =
  | { readonly ok: true; readonly profile: AskedProfile; readonly findings: readonly Finding[] }
  | { readonly ok: false; readonly reply: PlannedReply };

function readProfile({ results }: AnsweringParts, request: OcpiRequest): ProfileRead {
  const { caller, entry, params, query } = request;
  const linkId = linkOf(caller);
  const what = WHAT[entry.id as keyof typeof WHAT];
  const common = { caller, linkId, version: versionOf(request), what, session: params['session_id'] ?? '' } as const;
  const good = (profile: AskedProfile, findings: readonly Finding[]): ProfileRead => ({
    ok: true,
    profile,
    findings: [...findings, ...results.judge({ linkId, url: profile.responseUrl })],
  });
  const bad = (findings: readonly Finding[], why: Finding | undefined): ProfileRead => ({
    ok: false,
    reply: invalid(findings, why),
  });

  if (what === 'set') {
    const read = readAsked(request);
    if (!read.ok) return read;
    const { object, findings } = read;
    const { url, findings: unusable } = readCallable(object['response_url'], '/response_url');
    if (url === undefined) {
      return bad([...findings.filter(({ pointer }) => pointer !== '/response_url'), ...unusable], unusable[0]);
    }
    const { charging_profile: profile } = object;
    return good({ ...common, responseUrl: url, ...(isJsonObject(profile) && { profile }) }, findings);
  }
  const { url, findings } = readResponseUrl(query);
  if (url === undefined) return bad(findings, findings.find(({ severity }) => severity === 'error') ?? findings[0]);
  if (what === 'clear') return good({ ...common, responseUrl: url }, findings);
  // Where response_url was not encoded, its own query may say something of a duration, too.
  const duration = queryValue(query.split('response_url=', 1)[0] ?? '', 'duration') ?? queryValue(query, 'duration');
  const seconds = Number(duration ?? Number.NaN);
  if (Number.isInteger(seconds) && seconds > 0) {
    return good({ ...common, responseUrl: url, duration: seconds }, findings);
  }
  const wrong = finding('request.duration', {
    pointer: 'url',
    met: duration === undefined ? 'no duration' : `duration=${duration}`,
    expected: 'duration, in whole seconds',
  });
  return bad([...findings, wrong], wrong);
}

interface Answering {
  readonly said: Decided;
  readonly request: OcpiRequest;
  readonly profile: AskedProfile;
  readonly profiles: SetProfiles;
  readonly findings: readonly Finding[];
}

function answered(parts: ChargingProfileParts, { said, request, profile, profiles, findings }: Answering) {
  if (said.answer === 'simulate') {
    const played = parts.simulation().profile(profile);
    const reply =
      'statusCode' in played ? coded({ code: played.statusCode, message: played.message }) : response(played);
    return { ...reply, findings };
  }
  if (said.answer === 'reject') {
    const { result = 'REJECTED' } = said;
    const reply = isStatusCode(result) ? coded({ code: Number(result) }) : response({ result, timeout: 0 });
    return { ...reply, findings };
  }
  const { result = 'ACCEPTED', later } = said;
  const reply = { ...response({ result, timeout: RESULT_WITHIN }), findings };
  if (later === NOTHING_LATER) return reply;
  const routing = routingBack(request);
  return {
    ...reply,
    settled: (delivered: boolean) => {
      if (!delivered) return;
      const { linkId, version, responseUrl: url } = profile;
      const body = resultOf(parts, { profile, profiles, later });
      parts.results.post({ linkId, version, operation: 'chargingprofiles.result', url, body, ...routing });
    },
  };
}

/** What was accepted holds from now on. Nothing is known of a session that is none of ours: UNKNOWN, unless said otherwise. */
function resultOf(
  { data, clock }: ChargingProfileParts,
  { profile, profiles, later }: Pick<Answering, 'profile' | 'profiles'> & { readonly later: string | undefined },
): { readonly result: string; readonly profile?: unknown } {
  if (later !== undefined && later !== 'ACCEPTED') return { result: later };
  if (profile.what === 'set') profiles.set(profile);
  if (profile.what === 'clear') profiles.clear(profile);
  if (profile.what !== 'get') return { result: 'ACCEPTED' };
  const active = activeProfile(profile, { set: profiles.get(profile), data, now: clock.now() });
  return active === undefined ? { result: later ?? 'UNKNOWN' } : { result: 'ACCEPTED', profile: active };
}

function response({ result, timeout }: { readonly result: string; readonly timeout: number }): PlannedReply {
  return { status: 200, envelope: { statusCode: 1000, statusMessage: 'Success', data: { result, timeout } } };
}
