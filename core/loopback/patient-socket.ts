import type { WebSocket } from 'ws';
import type { Clock } from '../clock.ts';

/** While so much waits to be read, no further request is taken from the socket. */
const PAUSE_ABOVE = 4 * 1024 * 1024;
/** A listener that reads nothing at all for so long is let go. */
const PATIENCE_MS = 20_000;
/** So that its close can still be read by one that wakes up in this moment. */
const FAREWELL_MS = 1_000;
/** "Try again later" (RFC 6455, registry): the face connects anew and asks for what it shows. */
const TRY_AGAIN_LATER = 1013;

/** What the contract's handler needs of a socket; `send` resolves once the message has left this process. */
export interface PatientSocket {
  readonly addEventListener: WebSocket['addEventListener'];
  send(data: Parameters<WebSocket['send']>[0]): Promise<void>;
}

/**
 * A socket whose reader may be slow without anything piling up here: a stream takes its next event when the one before
 * has left, no request is read while answers wait, and who reads nothing for long is closed with 1013.
 */
export function patientSocket(webSocket: WebSocket, clock: Clock): PatientSocket {
  let watched = false;
  let left = 0;

  const watch = (waitingBefore: number, leftBefore: number) => {
    watched = true;
    clock.deadline(PATIENCE_MS, () => {
      watched = false;
      const waiting = webSocket.bufferedAmount;
      if (waiting === 0 || webSocket.readyState !== webSocket.OPEN) return;
      if (waiting < waitingBefore || left > leftBefore) watch(waiting, left);
      else {
        webSocket.close(TRY_AGAIN_LATER, 'too slow');
        clock.deadline(FAREWELL_MS, () => webSocket.terminate());
      }
    });
  };

  return {
    addEventListener: webSocket.addEventListener.bind(webSocket),
    send: data =>
      new Promise(resolve => {
        webSocket.send(data, () => {
          left++;
          if (webSocket.isPaused && webSocket.bufferedAmount <= PAUSE_ABOVE) webSocket.resume();
          resolve();
        });
        if (webSocket.bufferedAmount > PAUSE_ABOVE) webSocket.pause();
        if (!watched && webSocket.bufferedAmount > 0) watch(webSocket.bufferedAmount, left);
      }),
  };
}
