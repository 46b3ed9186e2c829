import {
  onMessagePortClose,
  onMessagePortMessage,
  postMessagePortMessage,
  type SupportedMessagePort,
} from '@orpc/client/message-port';
import { TAKEN } from '../core/contract/port.ts';

/** So many messages may be on their way to a page that has not taken them. */
const AHEAD = 16;

export interface PatientPort {
  /** The contract's messages alone. */
  readonly port: SupportedMessagePort;
  /** Resolves when one more message may leave; to be awaited before each. */
  room(): Promise<void>;
}

/**
 * A port whose page may be slow, or stand still, without anything piling up on the way: past `AHEAD` messages the next
 * one leaves when the page has taken an earlier one, and says so with `TAKEN`. A stream of events that waits for that
 * joins what happens meanwhile.
 */
export function patientPort(port: SupportedMessagePort): PatientPort {
  let onTheWay = 0;
  let closed = false;
  const waiting: (() => void)[] = [];
  const listeners: ((data: unknown) => void)[] = [];

  onMessagePortMessage(port, data => {
    if (data !== TAKEN) {
      for (const listener of listeners) listener(data);
      return;
    }
    const next = waiting.shift();
    // Whoever waited longest has the room that became free.
    if (next === undefined) onTheWay--;
    else next();
  });
  onMessagePortClose(port, () => {
    closed = true;
    for (const go of waiting.splice(0)) go();
  });

  return {
    port: {
      postMessage: (data: unknown) => postMessagePortMessage(port, data),
      onMessage: { addListener: listener => listeners.push(listener) },
      onDisconnect: { addListener: listener => onMessagePortClose(port, listener) },
    },
    room: async () => {
      if (closed) return;
      if (onTheWay < AHEAD) onTheWay++;
      else await new Promise<void>(resolve => waiting.push(resolve));
    },
  };
}
