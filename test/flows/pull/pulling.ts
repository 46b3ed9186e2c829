import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach } from 'vitest';
import type { PullInput, PullResult } from '../../../core/contract/objects.ts';
import { type Joined, ownDatabase } from '../../../core/loopback/own.ts';
import type { PagingServer, PagingServerOptions } from '../../support/paging-server.ts';
import { startPagingServer } from '../../support/paging-server.ts';
import { endOf, must } from '../../support/platform.ts';

const servers = new Set<PagingServer>();
afterEach(async () => {
  await Promise.all([...servers].map(server => server.stop()));
  servers.clear();
});

/** A workbench that does not listen: pulls need no server. */
export type Puller = Pick<Required<Joined>, 'client' | 'workbench' | 'close'>;

let shared: Promise<Puller> | undefined;
let met = 0;
const folders: string[] = [];
afterAll(async () => {
  await (await shared)?.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A path for a database in a folder that goes with the file of tests. */
export function newDatabase(): string {
  const folder = mkdtempSync(join(tmpdir(), 'workbench-pull-'));
  folders.push(folder);
  return join(folder, 'workbench.db');
}

export async function openPuller(options: Partial<Parameters<typeof ownDatabase>[0]> = {}): Promise<Puller> {
  return must(await ownDatabase({ file: newDatabase(), keyStore: 'file', ...options }));
}

export interface Meeting extends PagingServerOptions {
  /** One workbench with many links serves all tests of a file unless another is given. */
  readonly puller?: Puller;
  readonly pullConcurrency?: number;
}

export interface Pulling {
  readonly platform: Puller;
  readonly server: PagingServer;
  readonly name: string;
  /** Pulls locations unless told otherwise, to the end. */
  pull(input?: Partial<PullInput>): Promise<PullResult>;
  /** Ids of what is stored and did not vanish. */
  ids(module?: PullInput['module']): Promise<string[]>;
}

/** A workbench with an adopted link to a partner of literal lists. */
export async function meet({ puller, pullConcurrency, ...serving }: Meeting): Promise<Pulling> {
  if (puller === undefined) shared ??= openPuller();
  const platform = puller ?? (await shared);
  if (platform === undefined) throw new Error('there is no workbench');
  const name = `partner ${++met}`;
  const server = await startPagingServer(serving);
  servers.add(server);
  const adopted = await platform.client.links.adopt({ name, versionsUrl: server.versionsUrl, token: 'the-token' });
  await endOf(platform, adopted);
  if (pullConcurrency !== undefined) await platform.client.links.set({ name, settings: { pullConcurrency } });
  return {
    platform,
    server,
    name,
    pull: async input => {
      const started = await platform.client.pulls.start({ name, module: 'locations', ...input });
      await endOf(platform, started);
      return platform.client.pulls.result(started);
    },
    ids: async (module = 'locations') => {
      const ids: string[] = [];
      for (let after: number | undefined; ; ) {
        const { objects, next } = await platform.client.objects.list({
          name,
          module,
          vanished: false,
          limit: 10_000,
          ...(after === undefined ? {} : { after }),
        });
        ids.push(...objects.map(({ id }) => id));
        if (next === undefined) return ids;
        after = next;
      }
    },
  };
}

export function codesOf({ findings }: PullResult): string[] {
  return findings.map(({ code }) => code);
}
