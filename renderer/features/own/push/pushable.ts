import type { LinkView } from '../../../../core/contract/links.ts';
import type { OwnModuleName } from '../../../../core/contract/own.ts';
import type { PushMethod } from '../../../../core/contract/sending.ts';
import type { OwnKind } from '../kinds.ts';

export type Unpushable = 'not-registered' | 'suspended' | 'read-only' | 'not-read' | 'not-offered';

/** Why a partner cannot be pushed objects of a module; undefined where it can. The core has the last word. */
export function unpushable(link: LinkView, module: OwnModuleName): Unpushable | undefined {
  const { state, readOnly, version, endpoints } = link;
  if (state === 'suspended') return 'suspended';
  if (state !== 'registered' && state !== 'adopted') return 'not-registered';
  if (readOnly) return 'read-only';
  if (version === undefined) return 'not-read';
  // 2.1.1 states no role: there is one endpoint a module.
  const taken = endpoints.some(
    ({ identifier, role }) =>
      (identifier === module || (module === 'bookings' && identifier.toLowerCase() === 'booking')) &&
      (role === undefined || role.toUpperCase() === 'RECEIVER'),
  );
  return taken ? undefined : 'not-offered';
}

/** How objects of a kind may be sent, the usual way first (digest 1.7, 1.8). */
export function methodsOf({ module }: OwnKind): readonly PushMethod[] {
  switch (module) {
    case 'cdrs':
    // A PUT of a terminal goes to its provider: the other way.
    case 'payments':
    case 'invoicereconciliation':
      return ['POST'];
    case 'tariffs':
      return ['PUT', 'PATCH', 'DELETE'];
    case 'hubclientinfo':
      return ['PUT'];
    default:
      return ['PUT', 'PATCH'];
  }
}
