import type { Finding } from '../ocpi/findings.ts';
import { readMessageIds } from '../ocpi/message-ids.ts';
import { formatPartyId } from '../ocpi/party-id.ts';
import type { RawHeaders } from '../ocpi/raw-headers.ts';
import { type Routing, readRouting, swapRouting } from '../ocpi/routing.ts';
import { atLeast22, type Version } from '../ocpi/versions.ts';
import type { RequestHead } from './request-head.ts';

/** Message ids and parties of one request, and what of them its answer repeats. */
export interface Marks {
  /** As sent, or made up where the version demands one. */
  readonly requestId: string | undefined;
  readonly correlationId: string | undefined;
  /** False on 2.1.1, which has no such headers. */
  readonly echoed: boolean;
  /** For the answer, addressee and sender swapped; functional modules only. */
  readonly routing: Routing | undefined;
  readonly fromParty: string | undefined;
  readonly toParty: string | undefined;
  readonly findings: readonly Finding[];
}

export interface MarksContext {
  readonly head: RequestHead;
  readonly headers: RawHeaders;
  /** Absent for the versions list and for unknown paths: nothing is missed there. */
  readonly version: Version | undefined;
  readonly functional: boolean;
  readonly severalRoles: boolean;
  readonly newId: () => string;
}

const NO_FINDINGS: readonly Finding[] = [];

/** Reads digest 1.3 and 1.10 from a request; the common case, both ids once and no routing, costs next to nothing. */
export function readMarks({ head, headers, version, functional, severalRoles, newId }: MarksContext): Marks {
  const demanded = version !== undefined && atLeast22(version);
  let { requestId, correlationId } = head;
  let findings = NO_FINDINGS;
  if (head.idsRepeated || requestId === '' || correlationId === '' || (demanded && !(requestId && correlationId))) {
    const read = readMessageIds(headers, version);
    requestId = read.requestId ?? (demanded ? newId() : undefined);
    correlationId = read.correlationId ?? (demanded ? newId() : undefined);
    findings = read.findings;
  }
  const echoed = version === undefined || demanded;
  if (!head.routed && !(functional && demanded))
    return { requestId, correlationId, echoed, routing: undefined, fromParty: undefined, toParty: undefined, findings };
  const read = readRouting(headers, { version, functional, severalRoles });
  return {
    requestId,
    correlationId,
    echoed,
    routing: functional && demanded ? swapRouting(read) : undefined,
    fromParty: read.from && formatPartyId(read.from),
    toParty: read.to && formatPartyId(read.to),
    findings: read.findings.length === 0 ? findings : [...findings, ...read.findings],
  };
}
