import type { Connection } from '../http/wire.ts';
import { isJsonObject, type JsonObject } from '../ocpi/json-value.ts';

/** What a file tells of a connection: what is shown of one, and nothing else that stands there. */
export function connectionTold({ remoteAddress, remotePort, reused, tls }: JsonObject): Connection {
  const { protocol, cipher } = isJsonObject(tls) ? tls : {};
  return {
    ...(typeof remoteAddress === 'string' ? { remoteAddress } : {}),
    ...(typeof remotePort === 'number' ? { remotePort } : {}),
    reused: reused === true,
    ...(typeof protocol === 'string' && typeof cipher === 'string' ? { tls: { protocol, cipher } } : {}),
  };
}
