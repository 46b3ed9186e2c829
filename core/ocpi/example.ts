import type * as z from 'zod';
import { writeDateTime } from './date-time.ts';
import type { PartyId } from './party-id.ts';
import { type Definition, definitionOf } from './schema.ts';

/** What an example is filled with. */
export interface ExampleContext {
  /** Milliseconds since the epoch: what was updated last, was so now. */
  readonly now: number;
  readonly newId: () => string;
  /** Whose it is. */
  readonly party: PartyId;
}

const HOUR_MS = 3_600_000;
/** Texts that a table gives a shape, by the name of their field. */
const TEXTS: Readonly<Record<string, string>> = {
  address: 'Stationsplein 1',
  city: 'Amsterdam',
  postal_code: '1012AB',
  country: 'NLD',
  latitude: '52.379189',
  longitude: '4.899431',
  time_zone: 'Europe/Amsterdam',
  currency: 'EUR',
  language: 'en',
  text: 'Example',
  name: 'Example',
  issuer: 'Example',
  issuing_company: 'Example',
  period_begin: '08:00',
  period_end: '18:00',
};
/** Values with which an object means something, where the first one of the list is no beginning. */
const CHOICES: Readonly<Record<string, string>> = {
  status: 'AVAILABLE',
  SessionStatus: 'PENDING',
  ReservationStatus: 'PENDING',
  ReservationRequestStatus: 'PENDING',
  TokenType: 'RFID',
  Status: 'AVAILABLE',
  PowerType: 'AC_3_PHASE',
  ConnectorType: 'IEC_62196_T2',
  ConnectorFormat: 'SOCKET',
  ConnectionStatus: 'CONNECTED',
  AuthMethod: 'AUTH_REQUEST',
  TariffDimensionType: 'ENERGY',
  CdrDimensionType: 'ENERGY',
  Role: 'CPO',
  ProfileType: 'REGULAR',
};
const NUMBERS: Readonly<Record<string, number>> = { max_voltage: 400, voltage: 400, max_amperage: 32, amperage: 32 };
/** Types hold themselves through others; required fields never do. */
const DEEPEST = 12;

/** A small right object of a type: its required fields, with values that could be meant. */
export function exampleOf(schema: z.ZodType, context: ExampleContext): unknown {
  return exampleValue({ schema, name: '', depth: 0, context });
}

interface Place {
  readonly schema: z.ZodType;
  /** Of the field it stands in; empty for the whole. */
  readonly name: string;
  readonly depth: number;
  readonly context: ExampleContext;
}

function exampleValue(place: Place): unknown {
  const { name, context } = place;
  const definition = definitionOf(place.schema);
  switch (definition.kind) {
    case 'object':
      return objectOf(definition.shape, place);
    case 'enum':
      return CHOICES[definition.name] ?? definition.values[0];
    case 'list':
      return [exampleValue({ ...place, schema: definition.of, depth: place.depth + 1 })];
    case 'optional':
      return exampleValue({ ...place, schema: definition.of });
    case 'text':
      return textOf(definition, place);
    case 'url':
      return `https://example.org/${name.replaceAll('_', '-')}`;
    case 'date-time':
      // Ends come after beginnings.
      return writeDateTime(context.now + (/^(end|expiry|.*_end|.*_before)/.test(name) ? HOUR_MS : 0));
    case 'number':
      return NUMBERS[name] ?? 1;
    case 'int':
      return NUMBERS[name] ?? 1;
    case 'boolean':
      return true;
    case 'any':
      return null;
  }
}

function objectOf(shape: Readonly<Record<string, z.ZodType>>, { context, depth }: Place): Record<string, unknown> {
  const fields: [string, unknown][] = [];
  if (depth > DEEPEST) return {};
  for (const [name, schema] of Object.entries(shape)) {
    const { kind, ...more } = definitionOf(schema);
    if (kind === 'optional') continue;
    // A location without EVSEs is expired, and within a session of 2.1.1 it holds the one that was used.
    if (kind === 'list' && name !== 'evses' && !('atLeastOne' in more && more.atLeastOne)) continue;
    fields.push([name, exampleValue({ schema, name, depth: depth + 1, context })]);
  }
  return Object.fromEntries(fields);
}

function textOf({ kind, ...more }: Definition, { name, context }: Place): string {
  const { party, newId } = context;
  const most = kind === 'text' && 'maxLength' in more ? (more.maxLength ?? 255) : 255;
  if (name === 'country_code') return party.countryCode;
  if (name === 'party_id') return party.partyId;
  if (name === 'evse_id') return `${party.countryCode}*${party.partyId}*E1`.slice(0, most);
  if (/(^|_)(id|uid|ids|uids|reference)$/.test(name)) return newId().slice(0, most);
  return (TEXTS[name] ?? 'Example').slice(0, most);
}
