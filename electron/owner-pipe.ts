import { onMessagePortClose, onMessagePortMessage, postMessagePortMessage } from '@orpc/client/message-port';
import { WebSocket } from 'ws';
import { TAKEN } from '../core/contract/port.ts';
import { CONTRACT_PATH } from '../core/loopback/paths.ts';
import { ownerOf } from '../core/workbench/owner-address.ts';
import type { PagePort } from './core-host.ts';

const PATIENCE_MS = 2000;

export interface OwnerPipe {
  readonly database: string;
  readonly port: PagePort;
  /** The owner ended, or nobody answered there. */
  readonly onGone: () => void;
}

/**
 * Joins a page's port with the loopback of the process that owns the database. The contract's messages are the same on
 * both, so they pass as they are; the page never learns the owner's secret.
 */
export function pipeToOwner({ database, port, onGone }: OwnerPipe): void {
  const owner = ownerOf(database);
  if (owner === undefined) {
    port.close();
    onGone();
    return;
  }
  const webSocket = new WebSocket(`ws://127.0.0.1:${owner.port}${CONTRACT_PATH}`, {
    headers: { authorization: `Bearer ${owner.secret}` },
    handshakeTimeout: PATIENCE_MS,
  });
  let pageLeft = false;
  webSocket.on('open', () => {
    onMessagePortMessage(port, data => {
      if (data !== TAKEN) webSocket.send(data);
    });
    port.start();
  });
  webSocket.on('message', (data: Buffer, isBinary: boolean) =>
    postMessagePortMessage(port, isBinary ? new Uint8Array(data) : data.toString('utf8')),
  );
  // The close that follows says the same.
  webSocket.on('error', () => {});
  webSocket.on('close', () => {
    port.close();
    if (!pageLeft) onGone();
  });
  onMessagePortClose(port, () => {
    pageLeft = true;
    webSocket.close();
  });
}
