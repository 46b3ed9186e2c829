import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import type { EventBatch } from '../../core/contract/events.ts';
import type { ContractClient } from './bridge.ts';
import { useBridge } from './bridge.ts';
import type { Connection } from './connection.ts';
import { dependsOnObjects, keys } from './keys.ts';
import { Refresher } from './refresher.ts';

export type EventListener = (batch: EventBatch) => void;

/** Exchanges may come by the thousand; nothing on the page needs their counts more often. */
const EXCHANGES_PAUSE_MS = 500;
const OBJECTS_PAUSE_MS = 1000;
/** Charges that are simulated change our data many times a second. */
const OWN_PAUSE_MS = 500;
/** Rules fire as often as partners ask. */
const FAULTS_PAUSE_MS = 300;
/** Charges grow by an exchange at a time. */
const TRANSACTIONS_PAUSE_MS = 400;
/** Steps of a replay may go by the thousand. */
const REPLAYS_PAUSE_MS = 250;
/** A reproduction is asked, and a file is read, as fast as machines go. */
const LOGS_PAUSE_MS = 300;
/** Counting anew is work, and a charge is made of many messages. */
const FIGURED_PAUSE_MS = 1000;
/** Figures of links are worked out of all they exchanged. */
const HEALTH_PAUSE_MS = 3000;
const STREAM_PAUSE_MS = 1000;

export interface EventStreamOptions {
  readonly client: ContractClient;
  readonly connection: Connection;
  readonly queries: QueryClient;
}

/** What the core tells has changed: queries go stale by key, and listeners hear of it. */
export class EventStream {
  readonly #listeners = new Set<EventListener>();
  readonly #options: EventStreamOptions;
  readonly #exchanges: Refresher;
  readonly #objects: Refresher;
  readonly #own: Refresher;
  readonly #faults: Refresher;
  readonly #life: Refresher;
  readonly #transactions: Refresher;
  readonly #replays: Refresher;
  readonly #logs: Refresher;
  readonly #healthFigures: Refresher;
  readonly #figured: Refresher;
  #changedObjects = new Set<string>();

  constructor(options: EventStreamOptions) {
    this.#options = options;
    const { queries } = options;
    this.#exchanges = new Refresher(
      () => queries.invalidateQueries({ queryKey: keys.exchanges }, { cancelRefetch: false }),
      EXCHANGES_PAUSE_MS,
    );
    this.#objects = new Refresher(() => this.#refreshObjects(), OBJECTS_PAUSE_MS);
    const refresh = (queryKey: QueryKey) => queries.invalidateQueries({ queryKey }, { cancelRefetch: false });
    this.#own = new Refresher(() => refresh(keys.own), OWN_PAUSE_MS);
    this.#faults = new Refresher(() => refresh(keys.faults), FAULTS_PAUSE_MS);
    this.#life = new Refresher(() => refresh(keys.life), OWN_PAUSE_MS);
    this.#transactions = new Refresher(() => refresh(keys.transactions), TRANSACTIONS_PAUSE_MS);
    this.#replays = new Refresher(() => refresh(keys.replays), REPLAYS_PAUSE_MS);
    this.#logs = new Refresher(() => refresh(keys.logs), LOGS_PAUSE_MS);
    this.#healthFigures = new Refresher(() => refresh(keys.healthFigures), HEALTH_PAUSE_MS);
    this.#figured = new Refresher(() => refresh(keys.figured), FIGURED_PAUSE_MS);
  }

  subscribe(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Listens for as long as the signal is not aborted; a stream that ends is begun anew on the next connection. */
  async run(signal: AbortSignal): Promise<void> {
    const { client, connection } = this.#options;
    while (!signal.aborted) {
      await opened(connection, signal);
      if (signal.aborted) return;
      try {
        for await (const batch of await client.events.watch(undefined, { signal })) this.#take(batch);
      } catch {
        // Lost with its connection, or refused by a core that is going down: the next round tells.
      }
      await new Promise(resolve => setTimeout(resolve, connection.state().status === 'open' ? STREAM_PAUSE_MS : 0));
    }
  }

  #take(batch: EventBatch): void {
    const { queries } = this.#options;
    if (batch.refetch) void queries.invalidateQueries({}, { cancelRefetch: false });
    if (batch.exchanges !== undefined) {
      this.#exchanges.tell();
      for (const id of batch.exchanges.changed) void queries.invalidateQueries({ queryKey: keys.exchange(id) });
    }
    if (batch.runs.length > 0) void queries.invalidateQueries({ queryKey: keys.runs });
    if (batch.runs.length > 0) this.#replays.tell();
    if (batch.runs.length > 0) void queries.invalidateQueries({ queryKey: keys.pulls });
    for (const id of batch.runs) void queries.invalidateQueries({ queryKey: keys.run(id) });
    if (batch.links) void queries.invalidateQueries({ queryKey: keys.links });
    if (batch.platform) void queries.invalidateQueries({ queryKey: keys.platform });
    if (batch.own) this.#own.tell();
    if (batch.decisions) void queries.invalidateQueries({ queryKey: keys.decisions });
    if (batch.faults) this.#faults.tell();
    if (batch.life) this.#life.tell();
    if (batch.transactions) this.#transactions.tell();
    if (batch.logs) this.#logs.tell();
    if (batch.health) void queries.invalidateQueries({ queryKey: keys.health });
    if (batch.exchanges !== undefined || batch.objects.length > 0 || batch.runs.length > 0 || batch.links) {
      this.#healthFigures.tell();
    }
    if (batch.transactions || batch.own || batch.objects.length > 0) this.#figured.tell();
    if (batch.scenarios) void queries.invalidateQueries({ queryKey: keys.scenarios });
    if (batch.objects.length > 0) {
      for (const name of batch.objects) this.#changedObjects.add(name);
      this.#objects.tell();
    }
    for (const listener of this.#listeners) listener(batch);
  }

  #refreshObjects(): Promise<unknown> {
    const changed = [...this.#changedObjects].map(splitObjects);
    this.#changedObjects = new Set();
    return this.#options.queries.invalidateQueries(
      { predicate: ({ queryKey }) => changed.some(({ link, module }) => dependsOnObjects(queryKey, link, module)) },
      { cancelRefetch: false },
    );
  }
}

/** `link/module`; a link's name has no slash. */
function splitObjects(name: string): { link: string; module: string } {
  const cut = name.lastIndexOf('/');
  return { link: name.slice(0, cut), module: name.slice(cut + 1) };
}

function opened(connection: Connection, signal: AbortSignal): Promise<void> {
  if (connection.state().status === 'open') return Promise.resolve();
  return new Promise(resolve => {
    const stop = connection.subscribe(() => {
      if (connection.state().status === 'open') leave();
    });
    const leave = () => {
      stop();
      signal.removeEventListener('abort', leave);
      resolve();
    };
    signal.addEventListener('abort', leave);
  });
}

/** Hears every batch while the component is there. The stream's first batch after a connection says `refetch`. */
export function useEvents(listener: EventListener): void {
  const { events } = useBridge();
  const hear = useEffectEvent(listener);
  useEffect(() => events.subscribe(batch => hear(batch)), [events]);
}
