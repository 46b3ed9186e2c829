import type { Blamed, Layer } from '../../contract/explanation.ts';
import type { Finding } from '../../ocpi/findings.ts';
import type { Observed } from '../observed.ts';
import { answerer, asker, type Direction } from './known-code.ts';

/** Beginnings of codes, by the layer they speak of; the longest that fits counts. */
const LAYERS: Readonly<Record<string, Layer>> = {
  'authorization.': 'http',
  'authorization.form-varies': 'flow',
  'message-id.': 'http',
  'routing.': 'http',
  'request.': 'http',
  'request.parameter': 'ocpi',
  'request.addressee': 'ocpi',
  'response.': 'http',
  'wire.': 'http',
  'retry-after.': 'http',
  'history.': 'http',
  'body.': 'envelope',
  'envelope.': 'envelope',
  'credentials.enveloped': 'envelope',
  'command.enveloped': 'envelope',
  'status.': 'ocpi',
  'status.no-content': 'envelope',
  'status.forbidden': 'http',
  'status.not-401': 'http',
  'authorize.': 'ocpi',
  'response-url.': 'object',
  'paging.': 'flow',
  'paging.link.': 'http',
  'paging.link.loop': 'flow',
  'paging.count.missing': 'http',
  'paging.count.unusable': 'http',
  'paging.data.none': 'envelope',
  'registration.': 'flow',
  'hub.': 'flow',
  'objects.': 'flow',
  'locations.': 'flow',
  'id.case-changed': 'flow',
  'result.': 'flow',
  'push.': 'flow',
  'posted.': 'flow',
  'session.': 'flow',
  'transaction.': 'flow',
  'cdr.again': 'flow',
  'cdr.changed': 'flow',
  'cdr.before-session-end': 'flow',
  'cdr.session-billed-twice': 'flow',
  'cdr.location-': 'http',
};
const BEGINNINGS = Object.keys(LAYERS).sort((left, right) => right.length - left.length);

/** The layer a finding speaks of; what nothing else is said of is about an object. */
export function layerOfFinding(code: string): Layer {
  const beginning = BEGINNINGS.find(one => code.startsWith(one));
  return (beginning === undefined ? undefined : LAYERS[beginning]) ?? 'object';
}

const OF_ANSWERS =
  /^(envelope|status|paging|response|retry-after|versions|version-details|authorize|objects|locations)\.|^(cdr\.location-|wire\.redirect|wire\.slash|command\.timeout-missing|message-id\.changed|routing\.swapped|registration\.(second-post-accepted|token-a-accepted|unsupported-not-3002)|field\.optional-demanded|object\.refused-for-value|id\.case-changed)/;
const OF_REQUESTS =
  /^(authorization|request|patch|response-url|push|posted|result|session|hub)\.|^(party\.not-announced|party\.mismatch|id\.mismatch|cdr\.(again|changed|before-session-end|session-billed-twice)|command\.evse-uid-missing)/;

/** Which message of an exchange a finding is about. */
export function sideOfFinding(
  { code }: Pick<Finding, 'code'>,
  { method }: Pick<Observed, 'method'>,
): 'request' | 'answer' {
  if (OF_ANSWERS.test(code)) return 'answer';
  if (OF_REQUESTS.test(code)) return 'request';
  return method === 'GET' || method === 'HEAD' ? 'answer' : 'request';
}

/** Where the message alone does not tell, or tells the wrong side. */
const BLAMED: Readonly<Record<string, Blamed>> = {
  'registration.suspended': 'us',
  'registration.no-common-version': 'either',
  'status.hub': 'hub',
  'history.body-decoded': 'either',
  'wire.redirect-lossy': 'either',
  'id.case-changed': 'them',
};

/** Who brought a finding about: as a rule whoever sent the message it is about. */
export function blamedForFinding(found: Finding, observed: Observed): Blamed {
  const known = BLAMED[found.code];
  if (known !== undefined) return known;
  const direction: Direction = observed.direction;
  // These speak of the partner in so many words, whichever message showed it.
  if (/^(registration|credentials|versions|version-details)\./.test(found.code)) return 'them';
  return sideOfFinding(found, observed) === 'request' ? asker(direction) : answerer(direction);
}
