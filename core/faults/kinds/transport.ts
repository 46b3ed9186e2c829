import type { FaultKind } from '../kind.ts';
import { BREAK_KINDS } from './transport-breaks.ts';
import { FRAMING_KINDS } from './transport-framing.ts';
import { TIME_KINDS } from './transport-time.ts';

/** What goes wrong below HTTP, on the connection itself. */
export const TRANSPORT_KINDS: readonly FaultKind[] = [...TIME_KINDS, ...BREAK_KINDS, ...FRAMING_KINDS];
