import { definitionOf } from '../../ocpi/schema.ts';
import { typesOf } from '../../ocpi/types.ts';
import { VERSIONS } from '../../ocpi/versions.ts';
import { folded } from './pseudonym.ts';

/**
 * Names of fields and values of enums. Somebody may well be called `Ford` or use the visual number `ACCEPTED`: such a value is
 * replaced at its typed places only, or every message that says ACCEPTED would say something else.
 */
const WORDS: ReadonlySet<string> = new Set(
  VERSIONS.flatMap(version =>
    typesOf(version).flatMap(({ name, schema }) => {
      const definition = definitionOf(schema);
      const inside = definition.kind === 'enum' ? definition.values : [];
      const fields = definition.kind === 'object' ? Object.keys(definition.shape) : [];
      return [name, ...inside, ...fields];
    }),
  )
    .concat(
      'application json charset utf-8 token bearer basic https http ocpi versions credentials locations sessions cdrs',
      'tariffs tokens commands chargingprofiles hubclientinfo invoicereconciliation payments bookings unknown error null',
    )
    .flatMap(words => words.split(' '))
    .map(folded),
);

/** True for a text that the protocol itself is written with. */
export function isProtocolWord(key: string): boolean {
  return WORDS.has(key);
}
