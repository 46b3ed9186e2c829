import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import type { contract } from '../contract/contract.ts';
import { done, FailureCode, failed, type Outcome } from '../contract/failure.ts';
import type { OwnerAddress, OwnerAnswer } from '../workbench/owner-address.ts';
import { ADDRESS_PATH, CONTRACT_PATH } from './paths.ts';

export type ContractClient = ContractRouterClient<typeof contract>;

export interface ConnectedClient {
  readonly client: ContractClient;
  /** Resolves when the owner is gone, or the connection was closed. */
  readonly closed: Promise<void>;
  close(): void;
}

const PATIENCE_MS = 2000;

/** Connects to the process that owns a database; undefined when nobody answers there. */
export async function connectLoopback({ port, secret }: OwnerAddress): Promise<ConnectedClient | undefined> {
  const webSocket = new WebSocket(`ws://127.0.0.1:${port}${CONTRACT_PATH}`, {
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
  const closed = new Promise<void>(resolve => webSocket.once('close', () => resolve()));
  return { client, closed, close: () => webSocket.close() };
}

/** An address of the page that the owner of a database serves; undefined when it gives none. */
export async function askForPage({ port, secret }: OwnerAddress): Promise<string | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}${ADDRESS_PATH}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const told: unknown = await response.json();
    return typeof told === 'object' && told !== null && 'url' in told && typeof told.url === 'string'
      ? told.url
      : undefined;
  } catch {
    return undefined;
  }
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

/** The answer of a call of the contract, or its failure, as a value; a defect is thrown on. */
export async function outcomeOf<T>(call: Promise<T>): Promise<Outcome<T>> {
  try {
    return done(await call);
  } catch (error) {
    const code = error instanceof ORPCError ? FailureCode.safeParse(error.code) : undefined;
    if (!(error instanceof ORPCError) || !code?.success) throw error;
    const { advice } = error.data as { readonly advice?: string };
    return failed(code.data, error.message, advice ?? '');
  }
}
