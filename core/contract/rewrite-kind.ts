import * as z from 'zod';
import { ScenarioIdKind } from './scenario.ts';

/** For each request anew, of ours. */
const MADE_WHEN_SENT = ['response_url', 'credentials-token', 'request-id', 'correlation-id'] as const;
const WORKED_OUT = [...MADE_WHEN_SENT, 'endpoint', 'time'] as const;

/** What is not as it was in the recording: ids, parties, and what is worked out for each message. */
export const RewriteKind = z.enum([...ScenarioIdKind.options, 'party', ...WORKED_OUT]);
export type RewriteKind = z.infer<typeof RewriteKind>;

/** Whether it is ours to make, for each request anew; what else is not known before is told by the partner. */
export function isMadeWhenSent(kind: RewriteKind): boolean {
  return (MADE_WHEN_SENT as readonly RewriteKind[]).includes(kind);
}

/** Whether the operator may say what it becomes; what is worked out anew nobody chooses. */
export function mayBeMapped(kind: RewriteKind): boolean {
  return !(WORKED_OUT as readonly RewriteKind[]).includes(kind);
}
