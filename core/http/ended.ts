import { explainTls, HTTP_TO_TLS_PORT, isTlsCode } from './tls-errors.ts';
import type { Ended } from './wire.ts';

/** What is known of a request when it fails. */
export interface FailedAt {
  readonly host: string;
  /** Milliseconds since the beginning. */
  readonly afterMs: number;
  /** Bytes of the answer's body. */
  readonly received: number;
  /** Whether the whole head of the answer had come. */
  readonly answered: boolean;
  /** The beginning of what came, head included. */
  readonly raw: Uint8Array;
}

interface WireError extends Error {
  readonly code?: string;
  readonly reason?: string;
  readonly syscall?: string;
  readonly rawPacket?: Uint8Array;
  readonly errors?: readonly WireError[];
}

const UNREACHABLE: Readonly<Record<string, string>> = {
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to its network',
  EHOSTDOWN: 'the host is down',
  ENETDOWN: 'the network is down',
  EADDRNOTAVAIL: 'the address cannot be used from here',
  EACCES: 'the system does not permit the connection',
  EPERM: 'the system does not permit the connection',
};

/** Names the failure of a connection attempt or of a request under way. */
export function endedBy(error: unknown, at: FailedAt): Ended {
  const failure = error as WireError;
  // Several addresses of one host were tried: the first one's failure speaks for all.
  const first = failure.errors?.[0] ?? failure;
  const code = first.code ?? failure.code ?? '';
  if (code === 'ECONNREFUSED') return { how: 'refused', detail: first.message };
  if (first.syscall?.startsWith('getaddrinfo')) return { how: 'dns', host: at.host, detail: code };
  if (code === 'ETIMEDOUT') return { how: 'timeout', phase: 'connect', afterMs: Math.round(at.afterMs) };
  const unreachable = UNREACHABLE[code];
  if (unreachable) return { how: 'unreachable', detail: `${unreachable} (${code})` };
  if (isTlsCode(code)) return explainTls(code, first.message);
  if (code.startsWith('HPE_')) return unparseable(failure, at.raw);
  if (at.answered || at.raw.length === 0) return { how: 'reset', received: at.received };
  return { how: 'malformed', detail: 'The connection ended inside the head of the answer.', raw: at.raw };
}

function unparseable(error: WireError, before: Uint8Array): Ended {
  const raw = error.rawPacket ? Buffer.concat([before, error.rawPacket]) : before;
  // A TLS record: alert or handshake, major version 3.
  if ((raw[0] === 0x15 || raw[0] === 0x16) && raw[1] === 0x03) return explainTls(HTTP_TO_TLS_PORT, '');
  const detail =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? 'The head of the answer is longer than the workbench reads.'
      : `The answer is no HTTP: ${error.reason ?? error.message}.`;
  return { how: 'malformed', detail, raw };
}
