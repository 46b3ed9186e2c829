import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import type { contract } from '../contract/contract.ts';

export type ContractClient = ContractRouterClient<typeof contract>;

export interface LoopbackAddress {
  readonly port: number;
  readonly secret: string;
}

export interface ConnectedClient {
  readonly client: ContractClient;
  close(): void;
}

const PATIENCE_MS = 2000;

/** Connects to the process that owns a database; undefined when nobody answers there. */
export async function connectLoopback({ port, secret }: LoopbackAddress): Promise<ConnectedClient | undefined> {
  const webSocket = new WebSocket(`ws://127.0.0.1:${port}/contract`, {
    headers: { authorization: `Bearer ${secret}` },
    handshakeTimeout: PATIENCE_MS,
  });
  const open = await new Promise<boolean>(resolve => {
    webSocket.once('open', () => resolve(true));
    webSocket.once('error', () => resolve(false));
    webSocket.once('close', () => resolve(false));
  });
  if (!open) return undefined;
  const client: ContractClient = createORPCClient(
    new RPCLink({ websocket: webSocket as unknown as globalThis.WebSocket }),
  );
  return { client, close: () => webSocket.close() };
}

/** Whether the process that claims a database answers at its port with this secret. */
export async function answersAsOwner({ port, secret }: LoopbackAddress): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      headers: { authorization: `Bearer ${secret}` },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return response.ok;
  } catch {
    return false;
  }
}
