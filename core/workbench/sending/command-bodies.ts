import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { OwnParty } from '../../contract/platform.ts';
import type { CommandInput } from '../../contract/sending.ts';
import { writeDateTime } from '../../ocpi/date-time.ts';
import { cutMembers, joinMembers } from '../../ocpi/json-cut.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import { receiveJson } from '../../ocpi/received.ts';
import { atLeast22, type Version } from '../../ocpi/versions.ts';
import type { OwnTexts } from './own-texts.ts';

export interface CommandContext {
  readonly version: Version;
  /** Our party that commands. */
  readonly party: OwnParty;
  readonly own: OwnTexts;
  readonly responseUrl: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly newId: () => string;
}

const HOUR_MS = 3_600_000;
/** Fields in the order of the specification's tables (digest 6.6), those that have to be there marked. */
const FIELDS: Readonly<Record<CommandInput['command'], readonly string[]>> = {
  START_SESSION: ['token!', 'location_id!', 'evse_uid', 'connector_id', 'authorization_reference'],
  STOP_SESSION: ['session_id!'],
  RESERVE_NOW: ['token!', 'expiry_date!', 'reservation_id!', 'location_id!', 'evse_uid', 'authorization_reference'],
  CANCEL_RESERVATION: ['reservation_id!'],
  UNLOCK_CONNECTOR: ['location_id!', 'evse_uid!', 'connector_id!'],
};
const OPTIONS: Readonly<Record<string, keyof CommandInput>> = {
  location_id: 'location',
  evse_uid: 'evse',
  connector_id: 'connector',
  session_id: 'session',
  reservation_id: 'reservation',
  expiry_date: 'expiry',
  authorization_reference: 'reference',
};
/** New in 2.2. */
const SINCE_22: Readonly<Record<string, readonly string[]>> = {
  START_SESSION: ['connector_id', 'authorization_reference'],
  RESERVE_NOW: ['authorization_reference'],
};

/** JSON text of a command's body; a token stands in it as it was written. */
export function commandBody(input: CommandInput, context: CommandContext): Outcome<string> {
  const { command } = input;
  const { version } = context;
  if (command === 'CANCEL_RESERVATION' && !atLeast22(version)) {
    const advice = 'A reservation of 2.1.1 ends by itself; wb send sends anything.';
    return failed('INVALID_INPUT', 'OCPI 2.1.1 has no CANCEL_RESERVATION', advice);
  }
  const known = FIELDS[command].map(field => field.replace('!', ''));
  for (const [field, option] of Object.entries(OPTIONS)) {
    if (input[option] === undefined) continue;
    const absent = !known.includes(field) || (!atLeast22(version) && SINCE_22[command]?.includes(field));
    if (!absent) continue;
    return failed('INVALID_INPUT', `${command} of OCPI ${version} has no ${field}`, `Leave the ${option} out.`);
  }
  const members = new Map([['response_url', JSON.stringify(context.responseUrl)]]);
  for (const field of FIELDS[command]) {
    const name = field.replace('!', '');
    const value = name === 'token' ? tokenText(input, context) : done(plainText(name, input, context));
    if (!value.ok) return value;
    if (value.value !== undefined) members.set(name, value.value);
    else if (field.endsWith('!')) {
      return failed('INVALID_INPUT', `${command} needs a ${name}`, `Name the ${OPTIONS[name] ?? name}.`);
    }
  }
  return done(joinMembers(members));
}

function plainText(name: string, input: CommandInput, { version, now, newId }: CommandContext): string | undefined {
  const given = input[OPTIONS[name] ?? 'name'];
  if (name === 'expiry_date') return JSON.stringify(given ?? writeDateTime(now + HOUR_MS));
  if (name === 'reservation_id' && input.command === 'RESERVE_NOW') {
    if (atLeast22(version)) return JSON.stringify(given ?? newId());
    // A number in 2.1.1, and unique enough by the second.
    const number = Number(given ?? Math.trunc(now / 1000) % 1_000_000_000);
    return JSON.stringify(Number.isInteger(number) ? number : given);
  }
  return given === undefined ? undefined : JSON.stringify(given);
}

/** One of our own by its uid, what was given, or one made up: remote starts of drivers come from an app (T49). */
function tokenText(input: CommandInput, context: CommandContext): Outcome<string | undefined> {
  const { token: uid, tokenObject } = input;
  if (tokenObject !== undefined) {
    const { view, text } = receiveJson(tokenObject);
    return isJsonObject(view)
      ? done(joinMembers(cutMembers(text)))
      : failed('INVALID_INPUT', 'the token is no JSON object', 'Give a whole Token, or its uid.');
  }
  if (uid === undefined) return done(JSON.stringify(madeUpToken(context)));
  const own = context.own.get('tokens', uid);
  return own === undefined
    ? failed(
        'NOT_FOUND',
        `${uid} is not among our own tokens`,
        'wb own list tokens shows them; without one it is made up.',
      )
    : done(own);
}

/** Complete and valid, as the specification asks of tokens in commands; never to be decided about without asking. */
export function madeUpToken({ version, party, now, newId }: Omit<CommandContext, 'own' | 'responseUrl'>) {
  const { countryCode, partyId, name } = party;
  const contract = `${countryCode}${partyId}C${newId().replaceAll('-', '').slice(0, 9).toUpperCase()}`;
  const common = { valid: true, whitelist: 'NEVER', last_updated: writeDateTime(now) };
  if (!atLeast22(version)) return { uid: newId(), type: 'OTHER', auth_id: contract, issuer: name, ...common };
  const owner = { country_code: countryCode, party_id: partyId };
  return { ...owner, uid: newId(), type: 'APP_USER', contract_id: contract, issuer: name, ...common };
}
