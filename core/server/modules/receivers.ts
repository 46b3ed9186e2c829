import { ciEqual } from '../../ocpi/ci-string.ts';
import { type Finding, finding } from '../../ocpi/findings.ts';
import { cutMembers } from '../../ocpi/json-cut.ts';
import { findPart, withPart } from '../../ocpi/object-part.ts';
import { mergePatch } from '../../ocpi/patch-merge.ts';
import { findType } from '../../ocpi/types.ts';
import { atLeast22, type Version } from '../../ocpi/versions.ts';
import type { OwnModule } from '../own-data.ts';
import type { PushedObjects } from '../pushed-objects.ts';
import type { OcpiRequest, PlannedReply, Responder } from '../responder.ts';
import { type CdrReceiverParts, cdrReceiver } from './cdr-receiver.ts';
import { answered, versionOf } from './object-answers.ts';
import { createObjectQueue, type ObjectQueue } from './object-queue.ts';
import { postReceivers } from './post-receivers.ts';
import { addressOf, foreignOwner, type PushedAddress } from './pushed-address.ts';
import { invalid, noObject, noPart, notAnnounced, outcome } from './pushed-answers.ts';
import { readPushed } from './pushed-body.ts';

export interface ReceiverParts extends CdrReceiverParts {
  /** Those that a party of ours receives, by its roles: only they are advertised. */
  readonly modules: () => readonly OwnModule[];
}

const WHOLE = ['get-pushed', 'put', 'patch'] as const;

/** Catalogue ids behind the name of the module. */
const OPERATIONS: Readonly<Record<Exclude<OwnModule, 'cdrs'>, readonly string[]>> = {
  locations: ['', '-evse', '-connector'].flatMap(part => WHOLE.map(operation => `${operation}${part}`)),
  sessions: WHOLE,
  tariffs: [...WHOLE, 'delete'],
  tokens: WHOLE,
  hubclientinfo: ['get-pushed', 'put'],
  invoicereconciliation: ['get-pushed', 'put', 'delete'],
  payments: ['get-pushed-terminal', 'get-pushed-confirmation'],
  bookings: [
    ...WHOLE,
    ...['location', 'calendar'].flatMap(kind => [`get-pushed-${kind}`, `put-${kind}`, `patch-${kind}`]),
  ],
};
/** What tells apart objects of one id and party. */
const VARIANT: Readonly<Partial<Record<OwnModule, string>>> = { tokens: 'type', hubclientinfo: 'role' };

/** The RECEIVER interface of what partners own and push (digest 1.7, 1.8, 6): one responder a module, another for POST. */
export function receiverResponders(parts: ReceiverParts): Responder[] {
  const inTurn = createObjectQueue();
  return parts.modules().flatMap(module => {
    if (module === 'cdrs') return [cdrReceiver(parts, inTurn)];
    return [receiver(parts, module, inTurn), ...postReceivers(parts, module, inTurn)];
  });
}

function receiver(
  { objects, clock }: ReceiverParts,
  module: Exclude<OwnModule, 'cdrs'>,
  inTurn: ObjectQueue,
): Responder {
  return {
    serves: OPERATIONS[module].map(operation => `${module}.${operation}`),
    respond: request => {
      const foreign = foreignOwner(request);
      if (foreign) return notAnnounced(foreign);
      const address = addressOf(module, request);
      const version = versionOf(request);
      const { method } = request.entry;
      if (method === 'GET') return read(objects, address, { version, now: clock.now() });
      if (method === 'DELETE') return inTurn(address.turn, () => remove(objects, address, version));
      return change(objects, { address, request, inTurn });
    },
  };
}

function read(
  objects: PushedObjects,
  { key, steps }: PushedAddress,
  { version, now }: { version: Version; now: number },
): PlannedReply {
  const text = objects.get(key);
  if (text === undefined) return noObject(key, version);
  const found = findPart(text, steps);
  return 'text' in found ? { status: 200, ...answered(found.text, now) } : noPart(found.missing);
}

async function remove(objects: PushedObjects, { key }: PushedAddress, version: Version): Promise<PlannedReply> {
  if (objects.get(key) === undefined) return noObject(key, version);
  return outcome(await objects.remove(key), { existed: true, findings: [] });
}

interface Change {
  readonly address: PushedAddress;
  readonly request: OcpiRequest;
  readonly inTurn: ObjectQueue;
}

/** What can be told from the request alone is told at once; the rest waits for what came before. */
function change(objects: PushedObjects, { address, request, inTurn }: Change): PlannedReply | Promise<PlannedReply> {
  const pushed = readPushed(request);
  if (!pushed.ok) return pushed.reply;
  const version = versionOf(request);
  const { object, text, findings } = pushed;
  const { key, steps, type, turn } = address;
  const { linkId, module, list } = key;
  const isPatch = request.entry.method === 'PATCH';
  const told = object[VARIANT[module] ?? ''];
  const variant = typeof told === 'string' ? told : undefined;
  const wrongType = variant !== undefined && key.type !== undefined && typeFinding(variant, key.type);
  if (wrongType) return invalid([...findings, wrongType], wrongType);
  const moved = object['last_updated'];
  const dated = atLeast22(version) && typeof moved === 'string' ? { dated: { lastUpdated: moved, version } } : {};

  return inTurn(turn, async () => {
    // A token that is put is the one of its own type; one that is patched, the one that is there.
    const named = !isPatch && variant !== undefined ? { ...key, type: variant } : key;
    const before = objects.get(named);
    if (before === undefined && (isPatch || steps.length > 0)) return { ...noObject(key, version), findings };
    const target = before === undefined ? undefined : findPart(before, isPatch ? steps : steps.slice(0, -1));
    if (target && 'missing' in target) return { ...noPart(target.missing), findings };
    const existed = before !== undefined && 'text' in findPart(before, steps);
    const patched = isPatch ? target?.text : undefined;
    const other = patched !== undefined && variant !== undefined ? otherType(patched, variant) : undefined;
    if (other) return invalid([...findings, other], other);
    const part = patched === undefined ? text : mergePatch(patched, text, rulesOf(type, version));
    const whole = before === undefined ? part : withPart(before, { steps, part, ...dated });
    const kept = await objects.keep({ linkId, module, ...(list && { list }), version, text: whole });
    return outcome(kept, { existed, findings });
  });
}

/** What tells how a type is patched; the periods of a session are appended from 2.2 on (digest 6.2). */
function rulesOf(type: PushedAddress['type'], version: Version) {
  const schema = findType(version, type)?.schema;
  if (!schema) throw new Error(`${version} has no ${type}`);
  return { schema, ...(type === 'Session' && atLeast22(version) && { appended: ['charging_periods'] }) };
}

/** The type belongs to the identity of a token (digest 6.5), which no PATCH changes (T17a). */
function otherType(stored: string, type: string): Finding | undefined {
  const there: unknown = JSON.parse(cutMembers(stored).get('type') ?? 'null');
  return typeof there === 'string' ? typeFinding(type, there) : undefined;
}

function typeFinding(met: string, expected: string): Finding | undefined {
  return ciEqual(met, expected) ? undefined : finding('id.mismatch', { pointer: '/type', met, expected });
}
