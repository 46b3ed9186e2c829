import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import type { contract } from '../contract/contract.ts';
import type { OwnerAddress, OwnerAnswer } from '../workbench.ts';

export type ContractClient = ContractRouterClient<typeof contract>;

export interface ConnectedClient {
  readonly client: ContractClient;
  close(): void;
}

const PATIENCE_MS = 2000;

/** Connects to the process that owns a database; undefined when nobody answers there. */
export async function connectLoopback({ port, secret }: OwnerAddress): Promise<ConnectedClient | undefined> {
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

/** Asks whoever listens at the port of a database's owner whether it knows the secret. */
export async function askOwner({ port, secret }: OwnerAddress): Promise<OwnerAnswer> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      headers: { authorization: `Bearer ${secret}` },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return response.ok ? 'owner' : 'stranger';
  } catch (error) {
    return error instanceof DOMException && error.name === 'TimeoutError' ? 'silent' : 'stranger';
  }
}
