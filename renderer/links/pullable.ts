import type { LinkView } from '../../core/contract/links.ts';
import type { PulledModule } from '../../core/contract/objects.ts';
import { isStanding } from './standing.ts';

export type Unpullable = 'imported' | 'not-registered' | 'suspended' | 'not-read' | 'not-offered';

/** Why a module cannot be pulled of a link; undefined where it can. The core has the last word. */
export function unpullable(link: LinkView, module: PulledModule): Unpullable | undefined {
  const { state, version, endpoints, importedLog } = link;
  if (importedLog !== null) return 'imported';
  if (state === 'suspended') return 'suspended';
  if (!isStanding(link)) return 'not-registered';
  if (version === undefined) return 'not-read';
  // 2.1.1 states no role: there is one endpoint a module, and the owner's is the one that is pulled from.
  const offered = endpoints.some(
    ({ identifier, role }) => identifier === module && (role === undefined || role.toUpperCase() === 'SENDER'),
  );
  return offered ? undefined : 'not-offered';
}

export function pullableLinks(links: readonly LinkView[], module: PulledModule): readonly LinkView[] {
  return links.filter(link => unpullable(link, module) === undefined);
}
