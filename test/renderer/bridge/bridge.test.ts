import { createORPCClient } from '@orpc/client';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ContractClient } from '../../../renderer/bridge/bridge.ts';
import { Connection, type ConnectionStatus } from '../../../renderer/bridge/connection.ts';
import { EventStream } from '../../../renderer/bridge/events.ts';
import { failureOf } from '../../../renderer/bridge/failure.ts';
import { keys } from '../../../renderer/bridge/keys.ts';
import { dialSocket } from '../../../renderer/bridge/transport.ts';
import { readyTexts } from '../../../renderer/texts/language.ts';
import { type CoreOnSocket, startCoreOnSocket } from './core-on-socket.ts';

let core: CoreOnSocket;
let connection: Connection;
let client: ContractClient;
beforeEach(async () => {
  readyTexts('en');
  core = await startCoreOnSocket();
  connection = new Connection(dialSocket({ url: core.url }));
  client = createORPCClient(connection.link);
});
afterEach(async () => {
  connection.end();
  await core.close();
});

function until(status: ConnectionStatus): Promise<void> {
  return new Promise(resolve => {
    const look = () => {
      if (connection.state().status !== status) return;
      stop();
      resolve();
    };
    const stop = connection.subscribe(look);
    look();
  });
}

const refused = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => failureOf(error),
  );

describe('the connection of the page', () => {
  it('lets calls wait for it that were made before it was open', async () => {
    const called = client.links.list();
    void connection.run();
    expect(await called).toEqual([]);
  });

  it('is told lost when the core goes away, and open again when it came back', async () => {
    void connection.run();
    await until('open');
    await core.goAway();
    await until('lost');
    expect(await refused(client.links.list())).toMatchObject({ code: 'CONNECTION_LOST', advice: expect.any(String) });
    await core.comeBack();
    await until('open');
    expect(connection.state()).toMatchObject({ generation: 2, attempts: 0 });
    expect(await client.links.list()).toEqual([]);
  });

  it('ends streams that were open when the core went away, as a lost connection', async () => {
    void connection.run();
    await until('open');
    const batches = await client.events.watch();
    await batches.next();
    const next = refused(batches.next());
    await core.goAway();
    expect(await next).toMatchObject({ code: 'CONNECTION_LOST' });
  });

  it('waits longer after each attempt, and not at all when told to try now', async () => {
    await core.goAway();
    void connection.run();
    while (connection.state().attempts < 3)
      await new Promise(resolve => connection.subscribe(() => resolve(undefined)));
    const { nextAttemptAt = 0, noWay } = connection.state();
    expect(noWay).toBe('unreachable');
    expect(nextAttemptAt - Date.now()).toBeGreaterThan(400);
    await core.comeBack();
    const asked = Date.now();
    connection.retryNow();
    await until('open');
    expect(Date.now()).toBeLessThan(Math.max(asked + 400, nextAttemptAt));
  });
});

describe('a failed call', () => {
  it('is shown with the words of the core', async () => {
    void connection.run();
    expect(await refused(client.links.get({ name: 'Nobody' }))).toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('Nobody'),
      advice: expect.any(String),
    });
  });

  it('names the place of what was refused at the boundary', async () => {
    void connection.run();
    const shown = await refused(client.exchanges.count({ status: 'four' }));
    expect(shown).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringMatching(/^status: an HTTP status/) });
  });

  it('is told as a defect where nobody expected it', () => {
    const shown = failureOf(new TypeError('x is not a function'));
    expect(shown).toMatchObject({ code: 'DEFECT', details: expect.stringContaining('x is not a function') });
  });
});

describe('what the core tells', () => {
  it('has what is shown asked for again, before and after the core was away', async () => {
    const queries = new QueryClient({
      defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, retry: false } },
    });
    const events = new EventStream({ client, connection, queries });
    const left = new AbortController();
    void connection.run();
    void events.run(left.signal);
    const shown: number[] = [];
    const observer = new QueryObserver(queries, { queryKey: keys.links, queryFn: () => client.links.list() });
    const stop = observer.subscribe(({ data }) => {
      if (data !== undefined && data.length !== shown.at(-1)) shown.push(data.length);
    });
    const reaching = async (links: number) => {
      while (shown.at(-1) !== links) await new Promise(resolve => setTimeout(resolve, 10));
    };
    const add = (name: string) => {
      const added = core.workbench.links.add({ name, versionsUrl: 'https://ocpi.example/versions', token: 'abc' });
      expect(added.ok).toBe(true);
    };
    await reaching(0);
    add('Volta');
    await reaching(1);
    await core.goAway();
    add('Ladda');
    await core.comeBack();
    await reaching(2);
    expect(shown).toEqual([0, 1, 2]);
    stop();
    left.abort();
    queries.clear();
  });
});
