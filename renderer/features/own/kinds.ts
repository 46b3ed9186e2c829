import { OWN_LISTS, type OwnListName, OwnModuleName, type OwnObject } from '../../../core/contract/own.ts';
import type { OwnParty, OwnRole, VersionName } from '../../../core/contract/platform.ts';
import { modulesOf } from '../../../core/ocpi/modules.ts';
import { rolesWith } from '../../../core/ocpi/role-modules.ts';

/** Objects of one kind: those of a module, or of one of its lists. */
export interface OwnKind {
  readonly id: KindId;
  readonly module: OwnModuleName;
  /** Absent: the usual list of the module. */
  readonly list?: OwnListName;
}

export type KindId = OwnModuleName | OwnListName;

const OF_MODULES: readonly OwnKind[] = OwnModuleName.options.flatMap((module): OwnKind[] => {
  const lists = OWN_LISTS[module];
  if (lists === undefined) return [{ id: module, module }];
  return lists.map(list => (list === '' ? { id: module, module } : { id: list, module, list }));
});

/** Every kind there is, in the order of the specification's chapters. */
export const KINDS = OF_MODULES;

/** The name of their type in the specification. */
const TYPES: Readonly<Record<KindId, string>> = {
  locations: 'Location',
  sessions: 'Session',
  cdrs: 'CDR',
  tariffs: 'Tariff',
  tokens: 'Token',
  hubclientinfo: 'ClientInfo',
  invoicereconciliation: 'InvoiceReconciliationRecord',
  payments: 'Terminal',
  bookings: 'Booking',
  booking_locations: 'BookingLocation',
  terminals: 'Terminal',
  'financial-advice-confirmations': 'FinancialAdviceConfirmation',
};

export function typeOfKind({ id }: OwnKind): string {
  return TYPES[id];
}

export function kindOf(id: string | undefined): OwnKind | undefined {
  return KINDS.find(kind => kind.id === id);
}

/** What names a kind in every call. */
export function ofKind({ module, list }: OwnKind): { readonly module: OwnModuleName; readonly list?: OwnListName } {
  return list === undefined ? { module } : { module, list };
}

/** Roles that own objects of a kind; what a hub hands on of others is not its own. */
export function owningRoles({ module }: OwnKind): readonly OwnRole[] {
  return rolesWith(module, 'SENDER').filter(role => role !== 'HUB' || module === 'hubclientinfo');
}

/** Our parties that own objects of a kind, `NL-WBX`, each once. */
export function ownersOf(parties: readonly OwnParty[], kind: OwnKind): readonly string[] {
  const roles = owningRoles(kind);
  const owners = parties.filter(({ role }) => roles.includes(role));
  return [...new Set(owners.map(({ countryCode, partyId }) => `${countryCode}-${partyId}`))];
}

/** Versions of ours that know a kind, oldest first. */
export function versionsOf(versions: readonly VersionName[], { module }: OwnKind): readonly VersionName[] {
  return versions.filter(version => modulesOf(version).includes(module)).toSorted();
}

/** What we have objects of, or may have. */
export function kindsOf(platform: {
  readonly parties: readonly OwnParty[];
  readonly versions: readonly VersionName[];
}) {
  return KINDS.filter(
    kind => ownersOf(platform.parties, kind).length > 0 && versionsOf(platform.versions, kind).length > 0,
  );
}

/** Which object of a kind: its id, whose it is, and of tokens and the like the type beside the id. */
export interface OwnName {
  readonly party: string;
  readonly type: string;
  readonly id: string;
}

/** Where the id of an object stands. */
const ID_FIELDS: Readonly<Partial<Record<KindId, string>>> = {
  tokens: 'uid',
  terminals: 'terminal_id',
  payments: 'terminal_id',
};

export function idFieldOf({ id }: OwnKind): string {
  return ID_FIELDS[id] ?? 'id';
}

/** The id a text would be kept under; undefined where it has none, or is no JSON. Parties behind a hub are known by their own. */
export function idIn(kind: OwnKind, text: string): string | undefined {
  try {
    const object = JSON.parse(text) as Readonly<Record<string, unknown>> | null;
    if (kind.id === 'hubclientinfo') {
      const { country_code: country, party_id: party } = object ?? {};
      return typeof country === 'string' && typeof party === 'string' ? `${country}-${party}` : undefined;
    }
    const id = object?.[idFieldOf(kind)];
    return typeof id === 'string' && id !== '' ? id : undefined;
  } catch {
    return undefined;
  }
}

/** The field that tells objects of one id apart. */
const TOLD_APART: Readonly<Partial<Record<KindId, string>>> = { tokens: 'type', hubclientinfo: 'role' };

export function nameOf(kind: OwnKind, { party, id, object }: Pick<OwnObject, 'party' | 'id' | 'object'>): OwnName {
  const field = TOLD_APART[kind.id];
  const type = field === undefined ? undefined : (object as Readonly<Record<string, unknown>> | null)?.[field];
  return { party, type: typeof type === 'string' ? type : '', id };
}

/** `NL-WBX//LOC1`, `NL-WBX/RFID/0123`; only the id may hold slashes. */
export function printName({ party, type, id }: OwnName): string {
  return `${party}/${encodeURIComponent(type)}/${id}`;
}

export function parseName(text: string | undefined): OwnName | undefined {
  const [, party, type, id] = /^([^/]+)\/([^/]*)\/(.+)$/s.exec(text ?? '') ?? [];
  if (party === undefined || type === undefined || id === undefined) return undefined;
  try {
    return { party, type: decodeURIComponent(type), id };
  } catch {
    return undefined;
  }
}

/** What names one object in a call. */
export function ofName(kind: OwnKind, { party, type, id }: OwnName) {
  return { ...ofKind(kind), party, id, ...(type !== '' && { type }) };
}
