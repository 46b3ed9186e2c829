import { MODULE_IDS, type ModuleId } from '../ocpi/modules.ts';

const known: ReadonlySet<string> = new Set(MODULE_IDS);

/**
 * The catalogue's module of an operation, which every id of the catalogue begins with: told without the catalogue, whose
 * schemas a thread that only counts exchanges need not load. Null for `unknown`.
 */
export function moduleOfOperation(operation: string): ModuleId | null {
  const [module = ''] = operation.split('.', 1);
  return known.has(module) ? (module as ModuleId) : null;
}
