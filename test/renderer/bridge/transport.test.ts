import { createORPCClient } from '@orpc/client';
import { RPCHandler } from '@orpc/server/message-port';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TAKEN } from '../../../core/contract/port.ts';
import { createRouter } from '../../../core/handlers/router.ts';
import type { ContractClient } from '../../../renderer/bridge/bridge.ts';
import { Connection } from '../../../renderer/bridge/connection.ts';
import { dependsOnObjects, keys } from '../../../renderer/bridge/keys.ts';
import { dialPorts } from '../../../renderer/bridge/transport.ts';
import { type CoreOnSocket, startCoreOnSocket } from './core-on-socket.ts';

let core: CoreOnSocket;
beforeEach(async () => {
  core = await startCoreOnSocket();
});
afterEach(() => core.close());

/** As much of a window as messages need. */
class Page extends EventTarget {
  readonly location = { origin: 'null' };
  readonly said: unknown[] = [];
  postMessage(message: unknown): void {
    this.said.push(message);
  }
  handOver(port: MessagePort, message: unknown = 'ocpi-workbench-port'): void {
    const event = new Event('message');
    this.dispatchEvent(Object.assign(event, { data: message, ports: [port], source: this }));
  }
}

describe('the port of the desktop window', () => {
  it('carries calls, and gives way to the one that is handed over after it', async () => {
    const page = new Page();
    const connection = new Connection(dialPorts(page as unknown as Window));
    const client: ContractClient = createORPCClient(connection.link);
    const handler = new RPCHandler(createRouter(core.workbench));
    const handOver = () => {
      const { port1, port2 } = new MessageChannel();
      const answers: unknown[] = [];
      handler.upgrade(
        {
          postMessage: (answer: unknown) => {
            answers.push(answer);
            port1.postMessage(answer);
          },
          onMessage: {
            addListener: listener =>
              port1.addEventListener('message', ({ data }) => {
                if (data === TAKEN) answers.shift();
                else listener(data);
              }),
          },
          onDisconnect: { addListener: listener => port1.addEventListener('close', listener) },
        },
        { context: {} },
      );
      port1.start();
      page.handOver(port2);
      return { port: port1, answers };
    };
    expect(page.said).toEqual(['ocpi-workbench-listening']);
    void connection.run();
    const first = handOver();
    expect(await client.links.list()).toEqual([]);
    const opened = new Promise<void>(resolve => {
      const stop = connection.subscribe(() => {
        if (connection.state().generation !== 2) return;
        stop();
        resolve();
      });
    });
    const second = handOver();
    await opened;
    expect(await client.links.list()).toEqual([]);
    await vi.waitFor(() => expect(second.answers, 'answers the page has not said it took').toEqual([]));
    connection.end();
    first.port.close();
    second.port.close();
  });

  it('is not taken from messages that say something else', () => {
    const page = new Page();
    const connection = new Connection(dialPorts(page as unknown as Window));
    void connection.run();
    const { port1, port2 } = new MessageChannel();
    page.handOver(port2, 'something else');
    expect(connection.state().status).toBe('connecting');
    port1.close();
  });
});

describe('stored objects that changed', () => {
  it('concern the questions about their link and module, and those about all of them', () => {
    const concerned = (key: readonly unknown[]) => dependsOnObjects(key, 'volta', 'locations');
    expect(concerned([...keys.objects('volta', 'locations'), 'lines'])).toBe(true);
    expect(concerned(keys.objects(undefined, 'locations'))).toBe(true);
    expect(concerned(keys.objects('volta'))).toBe(true);
    expect(concerned(keys.objects('ladda', 'locations'))).toBe(false);
    expect(concerned(keys.objects('volta', 'tariffs'))).toBe(false);
    expect(concerned(keys.links)).toBe(false);
  });
});
