import { CHARGING_FINDINGS } from './finding-codes/charging.ts';
import { FLOW_FINDINGS } from './finding-codes/flows.ts';
import { HEADER_FINDINGS } from './finding-codes/headers.ts';
import type { KnownFinding } from './finding-codes/known-finding.ts';
import { MESSAGE_FINDINGS } from './finding-codes/messages.ts';
import { OBJECT_FINDINGS } from './finding-codes/objects.ts';
import { PULL_FINDINGS } from './finding-codes/pulls.ts';
import { REGISTRATION_FINDINGS } from './finding-codes/registration.ts';
import { REQUEST_FINDINGS } from './finding-codes/requests.ts';
import { RESULT_FINDINGS } from './finding-codes/results.ts';
import { TRANSACTION_FINDINGS } from './finding-codes/transactions.ts';
import { VALUE_FINDINGS } from './finding-codes/values.ts';
import { WIRE_FINDINGS } from './finding-codes/wire.ts';

/**
 * Every finding the workbench can write. Codes are stable: exports and other people's scripts name them.
 * Protocol findings stand in the files by area; what only the wire or a flow can see is listed here.
 */
export const FINDING_CODES = {
  ...HEADER_FINDINGS,
  ...MESSAGE_FINDINGS,
  ...VALUE_FINDINGS,
  ...OBJECT_FINDINGS,
  ...REGISTRATION_FINDINGS,
  ...REQUEST_FINDINGS,
  ...FLOW_FINDINGS,
  ...PULL_FINDINGS,
  ...CHARGING_FINDINGS,
  ...RESULT_FINDINGS,
  ...TRANSACTION_FINDINGS,
  ...WIRE_FINDINGS,
} as const satisfies Record<string, KnownFinding>;

export type FindingCode = keyof typeof FINDING_CODES;
