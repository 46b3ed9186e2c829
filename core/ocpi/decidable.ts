import { type CatalogueEntry, catalogue } from './catalogue.ts';
import type { ModuleId } from './modules.ts';
import { VERSIONS, type Version } from './versions.ts';

/** What kind of answer a call waits for: its own enum, or nothing but the code of the envelope (`object`). */
export type DecidableKind = 'command' | 'profile' | 'preferences' | 'authorization' | 'booking' | 'object';

/** A call of a partner whose answer is ours to choose, with everything it may be. The first of each list is the usual one. */
export interface Decidable {
  readonly kind: DecidableKind;
  /** `ACCEPTED`, `ALLOWED`, `1000`. */
  readonly yes: readonly string[];
  /** `REJECTED`, `BLOCKED`, or the OCPI status code of an error: `2001`. */
  readonly no: readonly string[];
  /** What may follow a yes at its response_url; empty where nothing does. */
  readonly later: readonly string[];
  /** What is answered where nobody has said anything. */
  readonly usual: 'accept' | 'simulate';
}

/** Instead of something that follows. */
export const NOTHING_LATER = 'none';

const STATUS_CODE = /^[1-4]\d{3}$/;

/** OCPI codes that say no without saying anything of what was asked (digest 2). */
const ERRORS = ['2000', '2001', '3000'] as const;

const OBJECT: Decidable = { kind: 'object', yes: ['1000'], no: ['2001', '2000', '3000'], later: [], usual: 'accept' };

/** Digest 6.11: a Booking is reserved, or waits for its CPO; a change or cancellation is granted or declined. */
const BOOKING: Decidable = {
  kind: 'booking',
  yes: ['RESERVED', 'PENDING'],
  no: ['REJECTED', 'FAILED', '2003', ...ERRORS],
  later: [],
  usual: 'simulate',
};

const COMMAND_NO = ['REJECTED', 'NOT_SUPPORTED', 'UNKNOWN_SESSION'] as const;
/** Digest 6.6: 2.1.1 has one type for the answer and for what follows, TIMEOUT included. */
const COMMAND_211: Decidable = {
  kind: 'command',
  yes: ['ACCEPTED'],
  no: [...COMMAND_NO, 'TIMEOUT', '2003', ...ERRORS],
  later: ['ACCEPTED', ...COMMAND_NO, 'TIMEOUT', NOTHING_LATER],
  usual: 'simulate',
};
const COMMAND: Decidable = {
  kind: 'command',
  yes: ['ACCEPTED'],
  no: [...COMMAND_NO, '2003', ...ERRORS],
  later: [
    'ACCEPTED',
    'CANCELED_RESERVATION',
    'EVSE_OCCUPIED',
    'EVSE_INOPERATIVE',
    'FAILED',
    'NOT_SUPPORTED',
    'REJECTED',
    'TIMEOUT',
    'UNKNOWN_RESERVATION',
    NOTHING_LATER,
  ],
  usual: 'simulate',
};
const PROFILE: Decidable = {
  kind: 'profile',
  yes: ['ACCEPTED'],
  no: ['REJECTED', 'NOT_SUPPORTED', 'TOO_OFTEN', 'UNKNOWN_SESSION', ...ERRORS],
  later: ['ACCEPTED', 'REJECTED', 'UNKNOWN', NOTHING_LATER],
  usual: 'simulate',
};
const PREFERENCES: Decidable = {
  kind: 'preferences',
  yes: ['ACCEPTED'],
  no: ['NOT_POSSIBLE', 'DEPARTURE_REQUIRED', 'ENERGY_NEED_REQUIRED', 'PROFILE_TYPE_NOT_SUPPORTED', ...ERRORS],
  later: [],
  usual: 'simulate',
};
const ALLOWED_NO = ['NOT_ALLOWED', 'BLOCKED', 'EXPIRED', 'NO_CREDIT'] as const;
/** 2.1.1 has no code for unknown tokens (T7). */
const AUTHORIZATION_211: Decidable = {
  kind: 'authorization',
  yes: ['ALLOWED'],
  no: [...ALLOWED_NO, '2002', ...ERRORS],
  later: [],
  usual: 'simulate',
};
const AUTHORIZATION: Decidable = { ...AUTHORIZATION_211, no: [...ALLOWED_NO, '2004', '2002', ...ERRORS] };

const PROFILES: ReadonlySet<string> = new Set([
  'chargingprofiles.get',
  'chargingprofiles.set',
  'chargingprofiles.clear',
]);
/** Writes at the owner of the objects, beside those of the RECEIVER interface (T32). */
const AT_OWNER: ReadonlySet<string> = new Set([
  'payments.activate-terminal',
  'payments.deactivate-terminal',
  'payments.put-terminal',
  'payments.patch-terminal',
  'chargingprofiles.put-active',
]);
const NO_OBJECTS: ReadonlySet<ModuleId> = new Set(['versions', 'credentials', 'commands', 'chargingprofiles']);

const known = new Map(
  VERSIONS.map(version => [
    version,
    new Map(
      catalogue(version).flatMap(entry => {
        const decidable = judge(entry, version);
        return decidable === undefined ? [] : [[entry.id, decidable] as const];
      }),
    ),
  ]),
);

/** Undefined for what is simply answered: lists, objects read back, results that were asked for. */
export function decidable(id: string, version: Version): Decidable | undefined {
  return known.get(version)?.get(id);
}

/** True for `2001`, the code of an envelope; false for `REJECTED`. */
export function isStatusCode(result: string): boolean {
  return STATUS_CODE.test(result);
}

/** Whether a yes or no may say this; besides what is listed every OCPI code of the kind may be wanted, for trying. */
export function mayAnswer({ kind, yes, no }: Decidable, answer: 'accept' | 'reject', result: string): boolean {
  if (answer === 'reject') return no.includes(result) || /^[2-4]\d{3}$/.test(result);
  return yes.includes(result) || (kind === 'object' && /^1\d{3}$/.test(result));
}

function judge({ id, module, interface: side, method }: CatalogueEntry, version: Version): Decidable | undefined {
  if (module === 'commands') {
    if (side !== 'RECEIVER') return undefined;
    return version === '2.1.1' ? COMMAND_211 : COMMAND;
  }
  if (PROFILES.has(id)) return PROFILE;
  if (id === 'sessions.put-preferences') return PREFERENCES;
  if (id === 'tokens.authorize') return version === '2.1.1' ? AUTHORIZATION_211 : AUTHORIZATION;
  if (id === 'bookings.post') return BOOKING;
  if (AT_OWNER.has(id)) return OBJECT;
  return side === 'RECEIVER' && method !== 'GET' && !NO_OBJECTS.has(module) ? OBJECT : undefined;
}
