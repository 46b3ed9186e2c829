import type { RewriteKind } from '../../contract/rewrite-kind.ts';
import { scanJson } from '../../ocpi/scan-json.ts';
import { definitionOf } from '../../ocpi/schema.ts';
import type { OcpiType } from '../../ocpi/types.ts';
import type { Version } from '../../ocpi/versions.ts';
import { escapePointer } from '../../ocpi/walk.ts';
import { fieldKind } from './field-kinds.ts';
import { isPlainTime, momentOf } from './shift-time.ts';

/** A place in a JSON text that holds an id, half a party, a time or a response_url. */
export interface Mark {
  /** Where it stands in the text, quotes included. */
  readonly start: number;
  readonly end: number;
  readonly pointer: string;
  /** Name of the field, of lists that of the list; of a path the placeholder. */
  readonly field: string;
  readonly kind: RewriteKind;
  /** As sent; of a party `NL-TNM`, where the other half stands beside it. */
  readonly value: string;
  /** Of a party: which half stands here. */
  readonly half?: 'country' | 'party';
  /** Written as a JSON string. */
  readonly quoted: boolean;
  /** The table has a number here: what replaces it is written without quotes. */
  readonly number: boolean;
  /** The object it stands in: ids of one object belong together. */
  readonly group: Group;
}

/** An object of a message: what it says of itself. */
export interface Group {
  /** Name of its OCPI type; empty where none is known. */
  readonly type: string;
  readonly parent: Group | undefined;
  /** The first of each kind. */
  readonly ids: Partial<Record<RewriteKind, string>>;
}

interface Place {
  readonly schema: OcpiType['schema'] | undefined;
  readonly pointer: string;
  readonly field: string;
  readonly group: Group;
  /** Halves of a party in an object that is not closed yet. */
  readonly halves: Mark[];
}

export interface MarkOptions {
  readonly version: Version;
  /** Of the whole text; undefined where the specification gives none. */
  readonly schema: OcpiType['schema'] | undefined;
  /** An answer: the schema is that of `data`, of lists that of what they hold. */
  readonly envelope?: boolean;
  /** What the URL says of the object: an EVSE of a connector. */
  readonly around?: Partial<Record<RewriteKind, string>>;
}

/** Stands for an id that is not known (digest 1.9); it means nothing. */
const NOT_AVAILABLE = '#NA';

/**
 * The places of a JSON text that have a meaning, in their order: told by the field of the OCPI type they stand in, never by
 * what they look like. Only of fields that no table has, texts that are wholly a date and time count as such.
 */
export function marksIn(text: string, { version, schema, envelope = false, around = {} }: MarkOptions): Mark[] {
  const marks: Mark[] = [];
  const outer: Group = { type: '', parent: undefined, ids: around };
  const root: Place = { schema: envelope ? undefined : schema, pointer: '', field: '', group: outer, halves: [] };
  scanJson<Place>(text, {
    root,
    member(of, name) {
      const pointer = `${of.pointer}/${escapePointer(name)}`;
      const inEnvelope = envelope && of.pointer === '';
      // Names such as `constructor` are no fields.
      const shape = shapeOf(of.schema);
      const field = shape && Object.hasOwn(shape, name) ? shape[name] : undefined;
      const found = inEnvelope ? (name === 'data' ? schema : undefined) : field;
      return { schema: found, pointer, field: name, group: of.group, halves: of.halves };
    },
    element: (of, index) => ({ ...of, pointer: `${of.pointer}/${index}` }),
    object(at) {
      const type = nameOf(at.schema);
      return { ...at, field: '', group: { type, parent: at.group, ids: {} }, halves: [] };
    },
    scalar(at, { start, end, value, quoted }) {
      const { group, field, pointer, halves, schema: here } = at;
      const half = halfOf(field);
      const place = { start, end, pointer, field, value, quoted, number: isInt(here), group };
      if (half !== undefined && group.type !== '') {
        halves.push({ ...place, kind: 'party', half });
        return;
      }
      const kind = kindOf(at, value, quoted, version);
      if (kind === undefined || value === '' || value === NOT_AVAILABLE) return;
      // The id that is painted on a charger names no EVSE in other fields.
      if (field !== 'evse_id') group.ids[kind] ??= value;
      marks.push({ ...place, kind });
    },
    closed({ halves, group }) {
      const country = halves.findLast(({ half }) => half === 'country')?.value;
      const party = halves.findLast(({ half }) => half === 'party')?.value;
      const both = country !== undefined && party !== undefined;
      if (both) group.ids.party ??= `${country}-${party}`;
      for (const mark of halves) marks.push(both ? { ...mark, value: `${country}-${party}` } : mark);
    },
  });
  return marks.sort((left, right) => left.start - right.start);
}

/** The EVSE a connector belongs to, as far as the message says: connectors of several EVSEs have the same ids. */
export function evseOf(group: Group): string | undefined {
  return group.ids.evse ?? group.parent?.ids.evse;
}

/** The nearest id of a kind that the object or those around it have. */
export function up(group: Group | undefined, kind: RewriteKind): string | undefined {
  for (let at = group; at !== undefined; at = at.parent) {
    const found = at.ids[kind];
    if (found !== undefined) return found;
  }
  return undefined;
}

function kindOf({ schema, group, field }: Place, value: string, quoted: boolean, version: Version) {
  const definition = schema && definitionOf(unlisted(schema));
  if (definition?.kind === 'date-time') return momentOf(value, version) === undefined ? undefined : 'time';
  if (group.type === '' && definition === undefined) return quoted && isPlainTime(value) ? 'time' : undefined;
  const kind = fieldKind(group.type, field);
  if (kind !== undefined) return kind;
  return definition === undefined && quoted && isPlainTime(value) ? 'time' : undefined;
}

function halfOf(field: string): Mark['half'] {
  if (field === 'country_code') return 'country';
  return field === 'party_id' ? 'party' : undefined;
}

function isInt(schema: OcpiType['schema'] | undefined): boolean {
  return schema !== undefined && definitionOf(unlisted(schema)).kind === 'int';
}

function shapeOf(schema: OcpiType['schema'] | undefined): Readonly<Record<string, OcpiType['schema']>> | undefined {
  const definition = schema && definitionOf(unlisted(schema));
  return definition?.kind === 'object' ? definition.shape : undefined;
}

function nameOf(schema: OcpiType['schema'] | undefined): string {
  const definition = schema && definitionOf(unlisted(schema));
  return definition?.kind === 'object' ? definition.name : '';
}

/** What stands in lists and where something may be left out. */
function unlisted(schema: OcpiType['schema']): OcpiType['schema'] {
  const definition = definitionOf(schema);
  return definition.kind === 'list' || definition.kind === 'optional' ? unlisted(definition.of) : schema;
}
