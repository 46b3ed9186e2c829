import { cpSync } from 'node:fs';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { endOf, newDatabase, openPlatform } from '../../support/platform.ts';
import { request } from '../../support/raw-client.ts';
import { startRawServer } from '../../support/raw-server.ts';
import { frozenPlatform } from './frozen-platform.ts';

const TOKEN = 'the-token-they-call-us-with-01';
const REQUESTS = 12;

/** A database with a link, data and rules of every sort; nothing listens on it yet. */
async function prepared(): Promise<string> {
  const us = await openPlatform();
  const partner = await startRawServer({ scripts: [[{ do: 'reset' }]] });
  const adopted = await us.client.links.adopt({
    name: 'volta',
    versionsUrl: `${partner.url}/versions`,
    token: 'the-token-we-call-them-with-01',
    theirToken: TOKEN,
    version: '2.2.1',
  });
  await endOf(us, adopted);
  await partner.stop();
  await us.client.own.generate({ module: 'locations', count: 8 });
  const rules = [
    { kind: 'object.required-missing', seed: 'a', when: { probability: 0.5 } },
    { kind: 'envelope.data-null', seed: 'b', scope: { link: 'volta' }, when: { probability: 0.3 } },
    { kind: 'headers.ids-changed', seed: 'c', when: { probability: 0.6 } },
    { kind: 'transport.delay', seed: 'd', parameters: { distribution: 'uniform', ms: 10, spread: 10 } },
    { kind: 'transport.noise', seed: 'e', when: { everyNth: 4 } },
    { kind: 'transport.cut', seed: 'f', when: { probability: 0.3, times: 2 } },
    { kind: 'transport.reset', seed: 'g', when: { nth: 6 } },
  ];
  await us.client.faults.import({ file: { ocpiWorkbenchFaults: 1, rules } });
  await us.close();
  return us.file;
}

/** Everything that arrives, one character a byte, and how it ended. */
function heard(port: number, number: number): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const socket = connect(port, '127.0.0.1');
  let bytes = '';
  let how = 'closed';
  socket.setEncoding('latin1').on('data', text => {
    bytes += text;
  });
  socket.on('error', () => {
    how = 'reset';
  });
  socket.on('close', () => resolve(`${how}\n${bytes}`));
  const headers = [
    `Authorization: Token ${Buffer.from(TOKEN).toString('base64')}`,
    `X-Request-ID: request-${number}`,
    'X-Correlation-ID: correlation',
    'Connection: close',
  ];
  socket.write(request('GET /ocpi/2.2.1/sender/locations?limit=3', headers));
  return promise;
}

it('the same seeds and requests give the same bytes with time standing still, killed in between or not', async () => {
  const file = await prepared();
  const run = async (killed: readonly number[]): Promise<string[]> => {
    const copy = newDatabase();
    for (const ending of ['', '.key']) cpSync(`${file}${ending}`, `${copy}${ending}`);
    let platform = await frozenPlatform(copy);
    const all: string[] = [];
    try {
      for (let number = 1; number <= REQUESTS; number++) {
        all.push(await heard(platform.port, number));
        if (!killed.includes(number)) continue;
        await platform.kill();
        platform = await frozenPlatform(copy);
      }
    } finally {
      await platform.kill();
    }
    return all;
  };
  const straight = await run([]);
  expect(await run([2, 6, 7])).toEqual(straight);
  // Not because nothing happened.
  expect(straight.filter(text => text.startsWith('reset'))).toHaveLength(1);
  expect(new Set(straight.map(text => text.replaceAll(/request-\d+/g, ''))).size).toBeGreaterThan(4);
  expect(straight.some(text => text.includes('HTTP/1.1 200 OK'))).toBe(true);
}, 30_000);
