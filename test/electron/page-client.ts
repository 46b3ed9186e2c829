import type { MessagePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { TAKEN } from '../../core/contract/port.ts';
import type { ContractClient } from '../../core/loopback/client.ts';

/** The contract as the page speaks it over a port. */
export function clientOver(port: MessagePort): ContractClient {
  const client: ContractClient = createORPCClient(new RPCLink({ port: port as unknown as globalThis.MessagePort }));
  port.on('message', () => port.postMessage(TAKEN));
  port.start();
  return client;
}
