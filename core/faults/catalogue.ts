import type { FaultKind } from './kind.ts';
import { ASYNC_KINDS } from './kinds/async.ts';
import { AUTH_KINDS } from './kinds/auth.ts';
import { DISCOVERY_KINDS } from './kinds/discovery.ts';
import { ENVELOPE_KINDS } from './kinds/envelope.ts';
import { HEADER_KINDS } from './kinds/headers.ts';
import { HUB_KINDS } from './kinds/hub.ts';
import { MONEY_KINDS } from './kinds/money.ts';
import { OBJECT_KINDS } from './kinds/object.ts';
import { PAGING_KINDS } from './kinds/paging.ts';
import { PUSH_KINDS } from './kinds/push.ts';
import { TRANSPORT_KINDS } from './kinds/transport.ts';

/** Every kind, family by family. */
export const FAULT_KINDS: readonly FaultKind[] = [
  ...AUTH_KINDS,
  ...DISCOVERY_KINDS,
  ...ENVELOPE_KINDS,
  ...HEADER_KINDS,
  ...PAGING_KINDS,
  ...OBJECT_KINDS,
  ...PUSH_KINDS,
  ...ASYNC_KINDS,
  ...MONEY_KINDS,
  ...HUB_KINDS,
  ...TRANSPORT_KINDS,
];

const byName = new Map(FAULT_KINDS.map(kind => [kind.kind as string, kind]));

export function faultKindNamed(name: string): FaultKind | undefined {
  return byName.get(name);
}
