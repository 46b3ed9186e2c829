import { type Finding, finding } from '../../ocpi/findings.ts';
import { jsonDiff } from '../../ocpi/json-diff.ts';
import type { JsonObject } from '../../ocpi/json-value.ts';
import { formatPartyId, partyNamedIn } from '../../ocpi/party-id.ts';
import type { OwnModule } from '../own-data.ts';
import type { PushedObjects, PushedText } from '../pushed-objects.ts';
import type { OcpiRequest, PlannedReply, Responder } from '../responder.ts';
import { versionOf } from './object-answers.ts';
import type { ObjectQueue } from './object-queue.ts';
import { foreignParty, linkOf, targetOf, turnOf } from './pushed-address.ts';
import { invalid, outcome } from './pushed-answers.ts';
import { readPushed } from './pushed-body.ts';

/** How an object comes by POST, where it is read back at a URL that follows from its id. */
interface Posted {
  /** Of the catalogue. */
  readonly id: string;
  readonly module: OwnModule;
  /** The member with its id. */
  readonly member: string;
  /** Whether it says whose it is. */
  readonly owned: boolean;
  /** Whether another POST is how it is meant to change: a terminal is never put at the CPO. */
  readonly changes: boolean;
}

const POSTED: readonly Posted[] = [
  {
    id: 'invoicereconciliation.post',
    module: 'invoicereconciliation',
    member: 'id',
    owned: true,
    changes: false,
  },
  { id: 'payments.post-terminal', module: 'payments', member: 'terminal_id', owned: false, changes: true },
  { id: 'payments.post-confirmation', module: 'payments', member: 'id', owned: false, changes: false },
];

/**
 * What is posted but not a CDR (digest 6.9, 6.10): invoice records, terminals, financial advice confirmations. One that comes
 * again is answered alike with 200, one that says something else is kept as a revision.
 */
export function postReceivers(
  { objects }: { readonly objects: PushedObjects },
  module: OwnModule,
  inTurn: ObjectQueue,
): Responder[] {
  return POSTED.filter(posted => posted.module === module).map(posted => ({
    serves: [posted.id],
    respond: request => post(objects, { posted, request, inTurn }),
  }));
}

interface Posting {
  readonly posted: Posted;
  readonly request: OcpiRequest;
  readonly inTurn: ObjectQueue;
}

function post(objects: PushedObjects, { posted, request, inTurn }: Posting): PlannedReply | Promise<PlannedReply> {
  const pushed = readPushed(request);
  if (!pushed.ok) return pushed.reply;
  const { object, text, findings } = pushed;
  const { module, member, owned, changes } = posted;
  const owner = owned ? partyNamedIn(object) : undefined;
  const foreign = foreignParty(request.caller, owner, '/party_id');
  if (foreign) return invalid([...findings, foreign], foreign);
  const linkId = linkOf(request.caller);
  const id = String(object[member]);
  const { list } = targetOf(module, request.entry);
  const of: Pick<PushedText, 'linkId' | 'module' | 'list'> = { linkId, module, ...(list && { list }) };

  return inTurn(turnOf(linkId, module, id), async () => {
    const before = objects.get({ ...of, id, ...(owner && { party: formatPartyId(owner) }) });
    const existed = before !== undefined;
    const again = existed ? compared(JSON.parse(before), { object, member }) : undefined;
    const told = again === undefined || (changes && again.code === 'posted.changed') ? [] : [again];
    const found = [...findings, ...told];
    if (again?.code === 'posted.again') return outcome({ ok: true }, { existed, findings: found });
    const kept = await objects.keep({ ...of, version: versionOf(request), text });
    return outcome(kept, { existed, findings: found });
  });
}

function compared(before: unknown, { object, member }: { object: JsonObject; member: string }): Finding {
  const [first] = jsonDiff(before, object);
  if (!first) {
    const met = String(object[member]);
    return finding('posted.again', { pointer: `/${member}`, met, expected: 'the same object once' });
  }
  const met = 'another value than in the object posted before';
  return finding('posted.changed', { pointer: first.pointer, met, expected: 'no change' });
}
