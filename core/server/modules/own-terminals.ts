import { ciEqual } from '../../ocpi/ci-string.ts';
import { writeDateTime } from '../../ocpi/date-time.ts';
import { cutMembers, joinMembers } from '../../ocpi/json-cut.ts';
import { isJsonObject, type JsonObject } from '../../ocpi/json-value.ts';
import { type PartyId, partyNamedIn } from '../../ocpi/party-id.ts';
import { mergePatch } from '../../ocpi/patch-merge.ts';
import { Terminal } from '../../ocpi/v2_3_0/payments.ts';
import type { OwnChanges, OwnData } from '../own-data.ts';
import type { OcpiRequest, PlannedReply, Responder } from '../responder.ts';
import { coded } from './asked.ts';
import { everyOwnObject } from './every-own-object.ts';
import { unknown, versionOf } from './object-answers.ts';
import { createObjectQueue } from './object-queue.ts';
import { foreignParty, linkOf } from './pushed-address.ts';
import { invalid, notAnnounced } from './pushed-answers.ts';
import { type PushedBody, readPushed } from './pushed-body.ts';

export interface OwnTerminalParts {
  readonly data: OwnData;
  readonly changes: OwnChanges;
  readonly clock: { now(): number };
  readonly newId: () => string;
  /** Posts an activated terminal to the CPO that asked for it (digest 6.10). */
  readonly handOver: (activated: { readonly linkId: number; readonly text: string }) => void;
}

const TERMINALS = { module: 'payments', list: 'terminals' } as const;
const ACTIVATE = 'payments.activate-terminal';
const DEACTIVATE = 'payments.deactivate-terminal';
const PUT = 'payments.put-terminal';
const UNKNOWN = 2001;
const UNSTORED = 3000;

/** What a CPO asks of us as the payment terminal provider (digest 6.10): terminals are activated, assigned, deactivated. */
export function ownTerminalResponder(parts: OwnTerminalParts): Responder {
  const inTurn = createObjectQueue();
  return {
    serves: [ACTIVATE, DEACTIVATE, PUT, 'payments.patch-terminal'],
    respond: request => {
      const pushed = request.entry.request === undefined ? NOTHING_SENT : readPushed(request);
      return pushed.ok ? inTurn('terminals', () => change(parts, request, pushed)) : pushed.reply;
    },
  };
}

const NOTHING_SENT = { ok: true, text: '{}', object: {}, findings: [] } as const;

async function change(
  parts: OwnTerminalParts,
  request: OcpiRequest,
  { text, object, findings }: Extract<PushedBody, { ok: true }>,
): Promise<PlannedReply> {
  const { entry, params, caller } = request;
  const isActivation = entry.id === ACTIVATE;
  const id = isActivation ? object['terminal_id'] : params['terminal_id'];
  const before =
    typeof id === 'string' && id !== '' ? terminal(parts, request, id) : await ofReference(parts, request, object);
  if (before === undefined && !isActivation) {
    return { ...unknown(UNKNOWN, `There is no terminal ${params['terminal_id']}.`), findings };
  }
  // A terminal that is rented to another CPO is none of this one's business.
  const foreign = before === undefined ? undefined : foreignParty(caller, customerOf(before), 'url');
  if (foreign) return notAnnounced(foreign);
  const other = foreignParty(caller, customerOf(text), '/party_id');
  if (other) return invalid([...findings, other], other);
  const now = writeDateTime(parts.clock.now());
  const changed = changedText(entry.id, { before, text, id: params['terminal_id'] ?? parts.newId(), now });
  const kept = parts.changes.put({ ...TERMINALS, version: versionOf(request), caller, text: changed });
  if (!kept.ok) {
    const message = 'Nothing can be stored here at the moment. Please try again.';
    return { ...coded({ code: UNSTORED, message }), findings };
  }
  const reply = { ...coded({ code: 1000, status: before === undefined ? 201 : 200 }), findings };
  if (!isActivation) return reply;
  const activated = { linkId: linkOf(caller), text: changed };
  return {
    ...reply,
    settled: delivered => {
      if (delivered) parts.handOver(activated);
    },
  };
}

interface Changing {
  readonly before: string | undefined;
  readonly text: string;
  /** Of a terminal that has none yet. */
  readonly id: string;
  readonly now: string;
}

/** The terminal as it is from now on; what is said of it keeps its spelling. */
function changedText(entry: string, { before, text, id, now }: Changing): string {
  if (entry === DEACTIVATE && before !== undefined) {
    // There is no state for it: a terminal that is not active stands nowhere.
    const members = cutMembers(before);
    for (const name of ['location_ids', 'evse_uids']) members.delete(name);
    members.set('last_updated', JSON.stringify(now));
    return joinMembers(members);
  }
  const rules = { schema: Terminal, identity: IDENTITY };
  const said = entry === PUT || before === undefined ? text : mergePatch(before, text, rules);
  const members = cutMembers(said);
  if (!isId(members.get('terminal_id'))) members.set('terminal_id', JSON.stringify(id));
  if (!cutMembers(text).has('last_updated')) members.set('last_updated', JSON.stringify(now));
  return joinMembers(members);
}

/** Its party is the one it is rented to, and may change. */
const IDENTITY: ReadonlySet<string> = new Set(['terminal_id']);

function terminal({ data }: OwnTerminalParts, { version, caller }: OcpiRequest, id = ''): string | undefined {
  return data.get({ ...TERMINALS, version: versionOf({ version }), caller, id });
}

/** An activation tells what it knows: a reference (a serial number) where it knows no id (digest 6.10). */
async function ofReference(
  { data }: OwnTerminalParts,
  { version, caller }: OcpiRequest,
  { reference }: JsonObject,
): Promise<string | undefined> {
  if (typeof reference !== 'string' || reference === '') return undefined;
  for await (const { text, object } of everyOwnObject(data, {
    ...TERMINALS,
    version: versionOf({ version }),
    caller,
  })) {
    const known = object['reference'];
    if (typeof known === 'string' && ciEqual(known, reference)) return text;
  }
  return undefined;
}

/** Of a JSON text. */
function isId(text: string | undefined): boolean {
  const id: unknown = JSON.parse(text ?? 'null');
  return typeof id === 'string' && id !== '';
}

function customerOf(text: string): PartyId | undefined {
  const json: unknown = JSON.parse(text);
  return isJsonObject(json) ? partyNamedIn(json) : undefined;
}
