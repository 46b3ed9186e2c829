import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { reproduce } from '../../session-log/support/reproducing.ts';
import { openPartner, openPlatform, registerWith, tokenOf } from '../../support/platform.ts';
import { connectRaw, request } from '../../support/raw-client.ts';

/** All that comes for one request, until the connection ends. */
async function literally(port: number, line: string, token: string): Promise<string> {
  const client = await connectRaw({ port });
  const authorization = `Authorization: Token ${Buffer.from(token).toString('base64')}`;
  await client.send(request(line, [authorization, 'Connection: close']));
  return client.closed();
}

/** What differs from one answer to the next: the moment, and which request it is. */
const lasting = (received: string) =>
  received
    .replace(/Date: [^\r]+/g, 'Date: D')
    .replace(/"timestamp":"[^"]+"/g, '"timestamp":"T"')
    .replace(/X-(Request|Correlation)-ID: [^\r]+/g, 'X-$1-ID: I');

const FAULTS = [
  { kind: 'transport.cut', parameters: { at: 20 } },
  { kind: 'transport.cut', parameters: { at: 20, how: 'reset' } },
  { kind: 'transport.wrong-content-length', parameters: { off: 10 } },
  { kind: 'transport.malformed-chunk', parameters: { wrong: 'size' } },
  { kind: 'transport.hang', parameters: { ms: 100 } },
  { kind: 'envelope.data-null', parameters: {} },
];

it('answers of ours with faults are reproduced byte for byte, in their order', async () => {
  const partner = await openPartner();
  const platform = await openPlatform();
  await registerWith(platform, partner, { version: '2.2.1' });
  const { client } = platform;
  const link = await client.links.get({ name: 'partner' });
  const incoming = link.tokens.findIndex(({ direction, state }) => direction === 'incoming' && state === 'active');
  const token = await tokenOf(platform, link, incoming);
  for (const [at, fault] of FAULTS.entries()) {
    await client.faults.add({ ...fault, scope: { direction: 'answer' }, when: { nth: at + 1 } });
  }
  const port = Number(new URL(platform.versionsUrl).port);
  const line = 'GET /ocpi/2.2.1/sender/locations';
  const then: string[] = [];
  for (const _ of FAULTS) then.push(await literally(port, line, token));
  await expect
    .poll(async () => (await client.exchanges.list({ limit: 6 })).map(({ ended }) => ended))
    .not.toContain('open');
  const path = join(dirname(platform.file), 'us.ocpilog');
  for await (const step of await client.logs.export({ scope: { link: 'partner', direction: 'in' }, path })) {
    expect(step.kind).toBeTruthy();
  }

  const reproduction = await reproduce(path, { as: 'us', token: 'another' });
  for (const [at, { kind }] of FAULTS.entries()) {
    const now = await literally(reproduction.port, line, reproduction.token);
    expect(lasting(now), kind).toBe(lasting(then[at] ?? ''));
  }
  expect(reproduction.view()).toMatchObject({ unknown: 0, different: 0 });
});
