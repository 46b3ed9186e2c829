import type * as z from 'zod';
import { definitionOf, isOcpiSchema } from './schema.ts';
import * as business211 from './v2_1_1/business-details.ts';
import * as cdrs211 from './v2_1_1/cdrs.ts';
import * as commands211 from './v2_1_1/commands.ts';
import * as credentials211 from './v2_1_1/credentials.ts';
import * as text211 from './v2_1_1/display-text.ts';
import * as locations211 from './v2_1_1/locations.ts';
import * as envelope211 from './v2_1_1/response-envelope.ts';
import * as sessions211 from './v2_1_1/sessions.ts';
import * as tariffs211 from './v2_1_1/tariffs.ts';
import * as tokens211 from './v2_1_1/tokens.ts';
import * as versions211 from './v2_1_1/version-details.ts';
import * as business221 from './v2_2_1/business-details.ts';
import * as cdrs221 from './v2_2_1/cdrs.ts';
import * as profiles221 from './v2_2_1/chargingprofiles.ts';
import * as commands221 from './v2_2_1/commands.ts';
import * as credentials221 from './v2_2_1/credentials.ts';
import * as hub221 from './v2_2_1/hubclientinfo.ts';
import * as locations221 from './v2_2_1/locations.ts';
import * as price221 from './v2_2_1/price.ts';
import * as profile221 from './v2_2_1/profile-type.ts';
import * as sessions221 from './v2_2_1/sessions.ts';
import * as tariffs221 from './v2_2_1/tariffs.ts';
import * as tokens221 from './v2_2_1/tokens.ts';
import * as versions221 from './v2_2_1/version-details.ts';
import * as bookings230 from './v2_3_0/bookings.ts';
import * as business230 from './v2_3_0/business-details.ts';
import * as cdrs230 from './v2_3_0/cdrs.ts';
import * as commands230 from './v2_3_0/commands.ts';
import * as credentials230 from './v2_3_0/credentials.ts';
import * as hub230 from './v2_3_0/hubclientinfo.ts';
import * as invoices230 from './v2_3_0/invoicereconciliation.ts';
import * as locations230 from './v2_3_0/locations.ts';
import * as payments230 from './v2_3_0/payments.ts';
import * as price230 from './v2_3_0/price.ts';
import * as sessions230 from './v2_3_0/sessions.ts';
import * as tariffs230 from './v2_3_0/tariffs.ts';
import * as tokens230 from './v2_3_0/tokens.ts';
import * as versions230 from './v2_3_0/version-details.ts';
import type { Version } from './versions.ts';

/** An object, class or enum of a version's tables. */
export interface OcpiType {
  /** As the specification spells it: `EVSE`, `CDR`. */
  readonly name: string;
  readonly version: Version;
  readonly kind: 'object' | 'enum';
  readonly schema: z.ZodType;
}

type Module = Readonly<Record<string, unknown>>;
type Types = ReadonlyMap<string, OcpiType>;

/** What the modules of a version state, and whatever those types hold; what they do not state is as in the version before. */
function collect(version: Version, modules: readonly Module[], before: Types = new Map()): Types {
  const types = new Map<string, OcpiType>();
  const add = (schema: z.ZodType): void => {
    const definition = definitionOf(schema);
    if (definition.kind === 'optional' || definition.kind === 'list') add(definition.of);
    else if (definition.kind === 'object' || definition.kind === 'enum') {
      const { kind, name } = definition;
      if (types.has(name.toLowerCase())) return;
      types.set(name.toLowerCase(), { name, version, kind, schema });
      if (definition.kind === 'object') for (const field of Object.values(definition.shape)) add(field);
    }
  };
  const stated = modules.flatMap(module => Object.values(module)).filter(isOcpiSchema);
  for (const schema of stated) add(schema);
  return new Map([...[...before].map(([key, type]) => [key, { ...type, version }] as const), ...types]);
}

const of211 = collect('2.1.1', [
  envelope211,
  text211,
  versions211,
  credentials211,
  business211,
  locations211,
  sessions211,
  cdrs211,
  tariffs211,
  tokens211,
  commands211,
]);

/** 2.1.1's own names for what 2.2 renamed. */
const RENAMED: ReadonlySet<string> = new Set(['locationtype', 'allowed']);

const of221 = collect(
  '2.2.1',
  [
    versions221,
    credentials221,
    business221,
    locations221,
    sessions221,
    cdrs221,
    tariffs221,
    tokens221,
    commands221,
    profiles221,
    hub221,
    price221,
    profile221,
  ],
  new Map([...of211].filter(([key]) => !RENAMED.has(key))),
);

const of230 = collect(
  '2.3.0',
  [
    versions230,
    credentials230,
    business230,
    locations230,
    sessions230,
    cdrs230,
    tariffs230,
    tokens230,
    commands230,
    hub230,
    price230,
    invoices230,
    payments230,
    bookings230,
  ],
  of221,
);

const TYPES: Readonly<Record<Version, Types>> = { '2.1.1': of211, '2.2.1': of221, '2.3.0': of230 };

/** Every type of a version, by name. */
export function typesOf(version: Version): readonly OcpiType[] {
  return [...TYPES[version].values()].sort((left, right) => left.name.localeCompare(right.name));
}

/** A type by its name, in any case; undefined where the version has none of that name. */
export function findType(version: Version, name: string): OcpiType | undefined {
  return TYPES[version].get(name.trim().toLowerCase());
}
