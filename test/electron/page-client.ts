import type { MessagePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractClient } from '../../core/loopback/client.ts';

/** The contract as the page speaks it over a port. */
export function clientOver(port: MessagePort): ContractClient {
  const client: ContractClient = createORPCClient(new RPCLink({ port: port as unknown as globalThis.MessagePort }));
  port.start();
  return client;
}
