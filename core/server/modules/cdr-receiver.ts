import { type Finding, finding } from '../../ocpi/findings.ts';
import { jsonDiff } from '../../ocpi/json-diff.ts';
import type { JsonObject } from '../../ocpi/json-value.ts';
import { formatPartyId, type PartyId, partyNamedIn } from '../../ocpi/party-id.ts';
import { atLeast22 } from '../../ocpi/versions.ts';
import type { PushedKey, PushedObjects } from '../pushed-objects.ts';
import type { OcpiRequest, PlannedReply, Responder } from '../responder.ts';
import { answered, unknown, versionOf } from './object-answers.ts';
import type { ObjectQueue } from './object-queue.ts';
import type { OwnDataParts } from './own-lists.ts';
import { addressOf, foreignParty, linkOf, ownerIn, turnOf } from './pushed-address.ts';
import { invalid, notAnnounced, outcome } from './pushed-answers.ts';
import { readPushed } from './pushed-body.ts';

export interface CdrReceiverParts extends Pick<OwnDataParts, 'urls' | 'clock'> {
  readonly objects: PushedObjects;
}

const ID = '{cdr_id}';
const OWNED = ['{country_code}', '{party_id}', ID];

/**
 * CDRs are posted, and read back where the Location header leads (digest 6.3, T43). One that comes again is answered alike
 * with 200. A CDR is never to change: one that says something else than before is kept as a revision, with an error.
 */
export function cdrReceiver(parts: CdrReceiverParts, inTurn: ObjectQueue): Responder {
  return {
    serves: ['cdrs.post', 'cdrs.get-pushed'],
    given: { 'cdrs.get-pushed': version => (atLeast22(version) ? OWNED : [ID]) },
    respond: request => (request.entry.method === 'GET' ? read(parts, request) : post(parts, request, inTurn)),
  };
}

function read({ objects, clock }: CdrReceiverParts, request: OcpiRequest): PlannedReply {
  const foreign = foreignParty(request.caller, ownerIn(request.params), 'url');
  if (foreign) return notAnnounced(foreign);
  const { key } = addressOf('cdrs', request);
  const text = objects.get(key);
  return text === undefined
    ? unknown(2001, `There is no CDR ${key.id}.`)
    : { status: 200, ...answered(text, clock.now()) };
}

function post(
  { objects, urls }: CdrReceiverParts,
  request: OcpiRequest,
  inTurn: ObjectQueue,
): PlannedReply | Promise<PlannedReply> {
  const pushed = readPushed(request);
  if (!pushed.ok) return pushed.reply;
  const { object, text, findings } = pushed;
  const version = versionOf(request);
  const owner = atLeast22(version) ? partyNamedIn(object) : undefined;
  const foreign = foreignParty(request.caller, owner, '/party_id');
  if (foreign) return invalid([...findings, foreign], foreign);
  const linkId = linkOf(request.caller);
  const id = String(object['id']);
  const key: PushedKey = { linkId, module: 'cdrs', id, ...(owner && { party: formatPartyId(owner) }) };
  const headers = [['Location', `${urls.endpointUrl(version, 'cdrs', 'RECEIVER')}/${placeOf(id, owner)}`]] as const;

  return inTurn(turnOf(linkId, 'cdrs', id), async () => {
    const before = objects.get(key);
    const existed = before !== undefined;
    const again = existed ? compared(JSON.parse(before), object) : undefined;
    const found = again ? [...findings, again] : findings;
    if (again?.code === 'cdr.again') return { ...outcome({ ok: true }, { existed, findings: found }), headers };
    const kept = await objects.keep({ linkId, module: 'cdrs', version, text });
    return { ...outcome(kept, { existed, findings: found }), ...(kept.ok && { headers }) };
  });
}

function placeOf(id: string, owner: PartyId | undefined): string {
  const segments = owner ? [owner.countryCode, owner.partyId, id] : [id];
  return segments.map(encodeURIComponent).join('/');
}

function compared(before: unknown, object: JsonObject): Finding {
  const [first] = jsonDiff(before, object);
  if (!first) return finding('cdr.again', { pointer: '/id', met: String(object['id']), expected: 'a CDR once' });
  const { pointer } = first;
  return finding('cdr.changed', { pointer, met: 'another value than in the CDR posted before', expected: 'no change' });
}
