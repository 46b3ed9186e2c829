import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ContractClient } from '../../core/loopback/client.ts';
import { type FreshNotices, watchNotices } from '../../electron/notice-watch.ts';
import { startPagingServer } from '../support/paging-server.ts';
import { endOf, openPlatform, type TestPlatform } from '../support/platform.ts';

let server: Awaited<ReturnType<typeof startPagingServer>>;
beforeAll(async () => {
  server = await startPagingServer({ answer: () => ({ status: 400, body: 'no' }) });
});
afterAll(() => server.stop());

/** A link whose planned pulls fail, which raises one notice. */
async function failing(platform: TestPlatform, name: string): Promise<void> {
  const { client } = platform;
  const adopted = await client.links.adopt({ name, versionsUrl: server.versionsUrl, token: 'a-token' });
  await endOf(platform, adopted);
  const pull = await client.pulls.start({ name, module: 'locations' });
  await endOf(platform, pull);
  await client.pulls.schedule({ name, module: 'locations', every: 3_600_000 });
  expect((await client.health.look({ link: name })).notices).toHaveLength(1);
}

/** Is asked, as often as said, what the core refuses to tell. */
function refusing({ health, events }: ContractClient, times: number): ContractClient {
  let left = times;
  const notices: typeof health.notices = asked => health.notices(left-- > 0 ? { link: 'nobody' } : asked);
  return { health: { notices }, events } as unknown as ContractClient;
}

describe('notices for the system', () => {
  it.each([0, 1, 2])('are those from now on only, also where the first %i questions fail', async refused => {
    const platform = await openPlatform({ serve: false });
    await failing(platform, 'before');
    const told: FreshNotices[] = [];
    const stop = new AbortController();
    const watching = watchNotices(refusing(platform.client, refused), {
      tell: fresh => told.push(fresh),
      signal: stop.signal,
    });
    const names = () => told.flatMap(({ notices }) => notices.map(({ link }) => link));
    for (let at = 0; at <= refused; at++) {
      await failing(platform, `then-${at}`);
      await platform.client.health.look({});
    }
    await expect.poll(names).toContain(`then-${refused}`);
    expect(names()).not.toContain('before');
    stop.abort();
    await watching;
  });
});
