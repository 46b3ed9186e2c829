import type * as z from 'zod';
import { definitionOf, type Kind } from '../../core/ocpi/schema.ts';

export interface SkeletonOptions {
  /** Values by field name, wherever in the object: `country_code`, `last_updated`. */
  readonly values: Readonly<Record<string, string>>;
  /** RFC 3339. */
  readonly now: string;
}

/** What most objects have, of enums whose first value is a rare one. */
const USUAL: Readonly<Record<string, string>> = {
  TokenType: 'RFID',
  WhitelistType: 'ALLOWED',
  ConnectorType: 'IEC_62196_T2',
  PowerType: 'AC_3_PHASE',
  AuthMethod: 'WHITELIST',
  CdrDimensionType: 'ENERGY',
  LocationType: 'ON_STREET',
  TaxIncluded: 'NO',
};

/** Deeper than any type of the tables; ends one that would hold itself. */
const DEEPEST = 8;

/**
 * An object with every required field and a blank in each: a usual value of an enum, now for a moment, nothing
 * for a text. What still has to be written is found by the check, field by field.
 */
export function skeletonOf(schema: z.ZodType, options: SkeletonOptions): unknown {
  return blank(definitionOf(schema), options, 0);
}

function blank(kind: Kind, options: SkeletonOptions, depth: number): unknown {
  switch (kind.kind) {
    case 'object': {
      const members = Object.entries(kind.shape).flatMap(([name, field]): [string, unknown][] => {
        const definition = definitionOf(field);
        const listed = definition.kind === 'list';
        if (definition.kind === 'optional' || (listed && !definition.atLeastOne) || depth > DEEPEST) return [];
        const known = options.values[name];
        if (known !== undefined && definition.kind === 'text') return [[name, known]];
        return [[name, blank(definition, options, depth + 1)]];
      });
      return Object.fromEntries(members);
    }
    case 'list':
      return [blank(definitionOf(kind.of), options, depth)];
    case 'optional':
      return blank(definitionOf(kind.of), options, depth);
    case 'enum':
      return USUAL[kind.name] ?? kind.values[0] ?? '';
    case 'date-time':
      return options.now;
    case 'number':
    case 'int':
      return 0;
    case 'boolean':
      return true;
    case 'any':
      return null;
    case 'text':
    case 'url':
      return '';
  }
}
