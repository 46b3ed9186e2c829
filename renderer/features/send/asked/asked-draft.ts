import type {
  AuthorizeInput,
  CommandInput,
  CommandName,
  PreferencesInput,
  ProfileInput,
} from '../../../../core/contract/sending.ts';
import type { ProfileAsk, SendSearch } from '../search.ts';

/** Everything that the forms of commands, authorizations and profiles take, as it stands in their fields. */
export interface AskedDraft {
  readonly command: CommandName;
  readonly location: string;
  readonly evse: string;
  readonly connector: string;
  readonly session: string;
  readonly reservation: string;
  /** Local time, as a field of a browser has it: `2026-11-22T18:30`. */
  readonly expiry: string;
  readonly token: string;
  /** TokenType. */
  readonly type: string;
  readonly reference: string;
  readonly ask: ProfileAsk;
  readonly profile: string;
  readonly duration: string;
  readonly preferences: string;
  readonly wait: string;
  readonly to: string;
}

export type AskedField = Exclude<keyof AskedDraft, 'command' | 'ask'>;

export const COMMANDS = [
  'START_SESSION',
  'STOP_SESSION',
  'RESERVE_NOW',
  'CANCEL_RESERVATION',
  'UNLOCK_CONNECTOR',
] as const satisfies readonly CommandName[];

/** 2.1.1 cannot cancel a reservation (digest 6.6). */
export function commandsOf(version: string | undefined): readonly CommandName[] {
  return version === '2.1.1' ? COMMANDS.filter(command => command !== 'CANCEL_RESERVATION') : COMMANDS;
}

interface CommandFields {
  readonly required: readonly AskedField[];
  readonly optional: readonly AskedField[];
}

/** What a command names, in the order of its table; what 2.1.1 does not have left out. */
export function fieldsOf(command: CommandName, version: string | undefined): CommandFields {
  const old = version === '2.1.1';
  switch (command) {
    case 'START_SESSION':
      return {
        required: ['location'],
        optional: ['evse', ...(old ? [] : (['connector'] as const)), 'token', ...(old ? [] : (['reference'] as const))],
      };
    case 'STOP_SESSION':
      return { required: ['session'], optional: [] };
    case 'RESERVE_NOW':
      return {
        required: ['location'],
        optional: ['evse', 'expiry', 'reservation', 'token', ...(old ? [] : (['reference'] as const))],
      };
    case 'CANCEL_RESERVATION':
      return { required: ['reservation'], optional: [] };
    case 'UNLOCK_CONNECTOR':
      return { required: ['location', 'evse', 'connector'], optional: [] };
  }
}

const PROFILE = { charging_rate_unit: 'W', charging_profile_period: [{ start_period: 0, limit: 11000 }] };

/** As the address of the area fills it in. */
export function askedDraft(search: SendSearch): AskedDraft {
  return {
    command: COMMANDS.find(command => command === search.command?.toUpperCase()) ?? 'START_SESSION',
    location: search.location ?? '',
    evse: search.evse ?? '',
    connector: search.connector ?? '',
    session: search.session ?? '',
    reservation: search.reservation ?? '',
    expiry: '',
    token: search.token ?? '',
    type: search.type ?? '',
    reference: '',
    ask: search.ask ?? 'set',
    profile: JSON.stringify(PROFILE, undefined, 2),
    duration: '',
    preferences: JSON.stringify({ profile_type: 'REGULAR' }, undefined, 2),
    wait: '',
    to: search.to ?? '',
  };
}

/** What is asked for, or the fields that have to be filled in or corrected first. */
export type Read<Input> = { readonly input: Input } | { readonly wrong: readonly AskedField[] };

export function commandInput(name: string, version: string | undefined, draft: AskedDraft): Read<CommandInput> {
  const { required, optional } = fieldsOf(draft.command, version);
  const wrong = [...required.filter(field => draft[field].trim() === ''), ...wrongNumbers(draft, ['wait'])];
  const given = filled(draft, [...required, ...optional, 'to']);
  const expiry = optional.includes('expiry') ? moment(draft.expiry) : undefined;
  if (expiry === 'unreadable') wrong.push('expiry');
  // A connector is told by its EVSE (digest 6.6).
  if (given.connector !== undefined && given.evse === undefined) wrong.push('evse');
  if (wrong.length > 0) return { wrong: [...new Set(wrong)] };
  return {
    input: {
      name,
      command: draft.command,
      ...without(given, ['to', 'expiry', 'wait']),
      ...(expiry !== undefined && { expiry }),
      ...(given.to !== undefined && { toParty: given.to }),
      ...waiting(draft),
    },
  };
}

export function authorizeInput(name: string, version: string | undefined, draft: AskedDraft): Read<AuthorizeInput> {
  if (draft.token.trim() === '') return { wrong: ['token'] };
  const given = filled(draft, ['token', 'type', 'location', 'to']);
  const [evses, connectors] = [listed(draft.evse), version === '2.1.1' ? listed(draft.connector) : []];
  if (given.location === undefined && evses.length + connectors.length > 0) return { wrong: ['location'] };
  return {
    input: {
      name,
      token: draft.token.trim(),
      ...(given.type !== undefined && { type: given.type }),
      ...(given.location !== undefined && { location: given.location }),
      ...(evses.length > 0 && { evses }),
      ...(connectors.length > 0 && { connectors }),
      ...(given.to !== undefined && { toParty: given.to }),
    },
  };
}

/** `preferences` go their own way: `preferencesInput`. */
export function profileInput(name: string, what: ProfileInput['what'], draft: AskedDraft): Read<ProfileInput> {
  const wrong: AskedField[] = [
    ...(draft.session.trim() === '' ? (['session'] as const) : []),
    ...(what === 'set' && draft.profile.trim() === '' ? (['profile'] as const) : []),
    ...wrongNumbers(draft, what === 'get' ? ['duration', 'wait'] : ['wait']),
  ];
  if (wrong.length > 0) return { wrong };
  return {
    input: {
      name,
      what,
      session: draft.session.trim(),
      ...(what === 'set' && { profile: draft.profile }),
      ...(what === 'get' && draft.duration.trim() !== '' && { duration: Number(draft.duration) }),
      ...(draft.to.trim() !== '' && { toParty: draft.to.trim() }),
      ...waiting(draft),
    },
  };
}

export function preferencesInput(name: string, draft: AskedDraft): Read<PreferencesInput> {
  const wrong = (['session', 'preferences'] as const).filter(field => draft[field].trim() === '');
  if (wrong.length > 0) return { wrong };
  const { session, preferences, to } = draft;
  return {
    input: { name, session: session.trim(), preferences, ...(to.trim() !== '' && { toParty: to.trim() }) },
  };
}

function filled(draft: AskedDraft, fields: readonly AskedField[]): Partial<Record<AskedField, string>> {
  return Object.fromEntries(fields.map(field => [field, draft[field].trim()]).filter(([, value]) => value !== ''));
}

function without<Field extends AskedField>(
  given: Partial<Record<AskedField, string>>,
  fields: readonly Field[],
): Omit<Partial<Record<AskedField, string>>, Field> {
  const rest = { ...given };
  for (const field of fields) delete rest[field];
  return rest;
}

/** Whole numbers from 1 on, where there is one. */
function wrongNumbers(draft: AskedDraft, fields: readonly AskedField[]): AskedField[] {
  return fields.filter(field => draft[field].trim() !== '' && !/^[1-9]\d{0,3}$/.test(draft[field].trim()));
}

function waiting({ wait }: AskedDraft): { wait?: number } {
  return wait.trim() === '' ? {} : { wait: Number(wait) };
}

function moment(local: string): string | 'unreadable' | undefined {
  if (local.trim() === '') return undefined;
  const read = new Date(local);
  return Number.isNaN(read.getTime()) ? 'unreadable' : read.toISOString();
}

/** `E1, E2`. */
function listed(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}
