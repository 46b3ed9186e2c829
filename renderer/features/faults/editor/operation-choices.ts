import { type CatalogueEntry, catalogue } from '../../../../core/ocpi/catalogue.ts';
import { MODULE_IDS } from '../../../../core/ocpi/modules.ts';
import { VERSIONS } from '../../../../core/ocpi/versions.ts';

export interface Narrowing {
  readonly version: string;
  readonly module: string;
  readonly side: string;
}

export type OperationChoice = Pick<CatalogueEntry, 'id' | 'method' | 'module'>;

/** Operations a rule may be about: of the kind (null: any), and of what its scope says already. */
export function operationsFor(ofKind: readonly string[] | null, { version, module, side }: Narrowing) {
  const versions = VERSIONS.filter(known => version === '' || known === version);
  const found = new Map<string, OperationChoice>();
  for (const entry of versions.flatMap(catalogue)) {
    if (module !== '' && entry.module !== module) continue;
    if (side !== '' && entry.interface !== side) continue;
    if (ofKind === null || ofKind.includes(entry.id)) found.set(entry.id, entry);
  }
  return [...found.values()];
}

/** Modules that have such an operation; the one that is chosen stays. */
export function modulesFor(ofKind: readonly string[] | null, narrowing: Narrowing): readonly string[] {
  const known = new Set<string>(operationsFor(ofKind, { ...narrowing, module: '' }).map(({ module }) => module));
  return MODULE_IDS.filter(id => known.has(id) || id === narrowing.module);
}
