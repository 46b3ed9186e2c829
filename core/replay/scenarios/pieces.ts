import type { Scenario } from '../../contract/scenario.ts';
import type { Version } from '../../ocpi/versions.ts';
import { fill, type SlotValues } from './template.ts';

/** What a piece of bodies, or a body, is in a version; undefined where there is none. */
export function inVersion(
  { body, bodyIn }: { readonly body?: unknown; readonly bodyIn?: Partial<Record<Version, unknown>> | undefined },
  version: Version,
): unknown {
  return bodyIn?.[version] ?? body;
}

/** Values with the pieces of a scenario among their names; a piece knows those before it, so that none holds itself. */
export function withPieces(
  values: SlotValues,
  { pieces, version }: { readonly pieces: Scenario['pieces']; readonly version: Version },
): SlotValues {
  const names = Object.keys(pieces);
  const before = (end: number): SlotValues => ({
    ...values,
    named(name) {
      const at = names.indexOf(name);
      const piece = at !== -1 && at < end ? pieces[name] : undefined;
      return piece === undefined ? values.named(name) : fill(inVersion(piece, version), before(at));
    },
  });
  return before(names.length);
}
