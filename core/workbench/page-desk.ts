import * as z from 'zod';
import type { History } from '../history/history.ts';

/** What the page in a browser needs of a database: where it was, and which browsers were let in. */
export interface PageDesk {
  /** Where the page was last; `wished`: because the operator said so. */
  port(): { readonly port: number; readonly wished: boolean } | undefined;
  keepPort(port: number, wished: boolean): void;
  /** SHA-256 of the cookies that let in. */
  sessions(): readonly PageSession[];
  keepSessions(sessions: readonly PageSession[]): void;
}

const PageSession = z.object({ hash: z.string(), since: z.number() });
type PageSession = z.infer<typeof PageSession>;

const PORT = { name: 'page.port', shape: z.object({ port: z.int(), wished: z.boolean() }) };
const SESSIONS = { name: 'page.sessions', shape: z.array(PageSession) };

export function createPageDesk({ settings, transaction }: Pick<History, 'settings' | 'transaction'>): PageDesk {
  // What cannot be kept, because the disk is full, say, holds until the process ends; `recording` tells why.
  const keep = (name: string, value: unknown) => void transaction(() => settings.set(name, value));
  return {
    port: () => settings.get(PORT.name, PORT.shape),
    keepPort: (port, wished) => keep(PORT.name, { port, wished }),
    sessions: () => settings.get(SESSIONS.name, SESSIONS.shape) ?? [],
    keepSessions: sessions => keep(SESSIONS.name, sessions),
  };
}
