import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { inviteGuest, openSandbox, type Sandbox, type SandboxOptions } from '../../core/sandbox/sandbox.ts';
import { must } from '../support/platform.ts';
import { ask, type RawAnswer, request } from '../support/raw-client.ts';

/** When the worlds of these tests stand. */
export const NOW = Date.UTC(2026, 5, 1, 12);

const open = new Set<Sandbox>();
const folders: string[] = [];

afterEach(async () => {
  await Promise.all([...open].map(sandbox => sandbox.close()));
  open.clear();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function newSandboxFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'workbench-sandbox-'));
  folders.push(folder);
  return join(folder, 'sandbox.db');
}

/** A sandbox that is closed when the test ends, if it was not before. */
export async function openTestSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const opened = must(await openSandbox({ file: newSandboxFile(), keyStore: 'file', now: NOW, ...options }));
  const sandbox: Sandbox = {
    ...opened,
    close: async () => {
      if (open.delete(sandbox)) await opened.close();
    },
  };
  open.add(sandbox);
  return sandbox;
}

export interface Guest {
  readonly token: string;
  /** The token is written as the version in the path has it, unless said. */
  get(target: string, headers?: readonly string[]): Promise<RawAnswer>;
  /** Every object of a list, page by page as the Link headers lead, and how many pages that were. */
  all(target: string): Promise<{ readonly items: Item[]; readonly texts: string; readonly pages: number }>;
}

export interface Item {
  readonly id: string;
  readonly last_updated: string;
  readonly evses?: readonly { readonly uid: string; readonly status: string; readonly last_updated: string }[];
}

export const base64 = (token: string) => `Authorization: Token ${Buffer.from(token).toString('base64')}`;
export const raw = (token: string) => `Authorization: Token ${token}`;

/** Somebody who is let in as a registered partner, and speaks in literal bytes. */
export function asGuest(sandbox: Sandbox): Guest {
  const token = `token-of-a-guest-${Math.random()}`;
  must(
    sandbox.workbench.links.adopt({
      name: `adopted ${Math.random()}`,
      versionsUrl: 'http://127.0.0.1:9/versions',
      token: 'unused',
      theirToken: token,
    }),
  );
  const form = (target: string) => (target.startsWith('/ocpi/2.1.1') ? raw : base64);
  const get: Guest['get'] = (target, headers = [form(target)(token)]) =>
    ask({ port: sandbox.port }, request(`GET ${target}`, headers));
  return {
    token,
    get,
    all: async target => {
      const items: Item[] = [];
      let texts = '';
      let pages = 0;
      for (let next: string | undefined = target; next !== undefined; pages++) {
        const answer = await get(next);
        if (answer.status !== 200) throw new Error(`${next}: ${answer.literal}`);
        const { data } = JSON.parse(answer.body) as { data: Item[] };
        items.push(...data);
        texts += JSON.stringify(data);
        const url = /<([^>]*)>/.exec(answer.header('Link') ?? '')?.[1];
        next = url === undefined ? undefined : url.slice(new URL(url).origin.length);
      }
      return { items, texts, pages };
    },
  };
}

/** The token A of an invitation, as `wb sandbox` prints it. */
export async function invitation(sandbox: Sandbox): Promise<string> {
  return must(await inviteGuest(sandbox)).token;
}
