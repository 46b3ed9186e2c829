import { type ClientLink, mapEventIterator } from '@orpc/client';
import { useSyncExternalStore } from 'react';
import { useBridge } from './bridge.ts';
import { ConnectionLost } from './connection-lost.ts';
import type { Dial, NoWay, Transport } from './transport.ts';

export type ConnectionStatus = 'connecting' | 'open' | 'lost';

export interface ConnectionState {
  readonly status: ConnectionStatus;
  /** Grows each time the connection opens: what hangs on one (a stream) is begun anew when it changes. */
  readonly generation: number;
  /** Failed attempts since it was lost. */
  readonly attempts: number;
  /** Milliseconds since the epoch; undefined while an attempt is under way. */
  readonly nextAttemptAt: number | undefined;
  /** What the last failed attempt met. */
  readonly noWay: NoWay | undefined;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5000;

/** Keeps a way to the core open: dials, dials again after it was lost, and tells who listens. */
export class Connection {
  readonly #dial: Dial;
  readonly #listeners = new Set<() => void>();
  #state: ConnectionState = {
    status: 'connecting',
    generation: 0,
    attempts: 0,
    nextAttemptAt: undefined,
    noWay: undefined,
  };
  #transport: Transport | undefined;
  #pause: { readonly end: () => void } | undefined;
  #ended = false;

  constructor(dial: Dial) {
    this.#dial = dial;
  }

  /** Calls made before the first connection wait for it; those made while it is lost fail at once, streams too. */
  readonly link: ClientLink<Record<never, never>> = {
    call: async (path, input, options) => {
      const transport = await this.#ready();
      const told = (error: unknown) => (this.#transport === transport ? error : new ConnectionLost());
      try {
        const answer = await transport.link.call(path, input, options);
        if (!isStream(answer)) return answer;
        return mapEventIterator(answer, { value: async value => value, error: async error => told(error) });
      } catch (error) {
        throw told(error);
      }
    },
  };

  readonly state = (): ConnectionState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Dials for as long as it is not ended. */
  async run(): Promise<void> {
    while (!this.#ended) {
      const dialled = await this.#dial();
      if ('transport' in dialled) await this.#use(dialled.transport);
      else await this.#wait(dialled.noWay);
    }
  }

  /** Ends the pause before the next attempt. */
  readonly retryNow = (): void => this.#pause?.end();

  end(): void {
    this.#ended = true;
    this.#transport?.close();
    this.#pause?.end();
  }

  async #use(transport: Transport): Promise<void> {
    if (this.#ended) return transport.close();
    this.#transport = transport;
    const generation = this.#state.generation + 1;
    this.#set({ status: 'open', generation, attempts: 0, nextAttemptAt: undefined, noWay: undefined });
    await transport.closed;
    this.#transport = undefined;
    this.#set({ ...this.#state, status: 'lost' });
  }

  async #wait(noWay: NoWay): Promise<void> {
    const attempts = this.#state.attempts + 1;
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempts - 1));
    this.#set({ ...this.#state, status: 'lost', attempts, noWay, nextAttemptAt: Date.now() + pause });
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, pause);
      const end = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#pause = { end };
    });
    this.#pause = undefined;
    this.#set({ ...this.#state, nextAttemptAt: undefined });
  }

  async #ready(): Promise<Transport> {
    if (this.#state.status === 'connecting') {
      await new Promise<void>(resolve => {
        const stop = this.subscribe(() => {
          stop();
          resolve();
        });
      });
    }
    if (this.#transport === undefined) throw new ConnectionLost();
    return this.#transport;
  }

  #set(state: ConnectionState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }
}

function isStream(answer: unknown): answer is AsyncIterator<unknown> {
  return typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;
}

export function useConnectionState(): ConnectionState {
  const { connection } = useBridge();
  return useSyncExternalStore(connection.subscribe, connection.state);
}
