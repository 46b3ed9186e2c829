import { createHash, randomBytes } from 'node:crypto';

/** What of the page's sessions outlasts the process: never a cookie's value, only its SHA-256. */
export interface KeptSession {
  readonly hash: string;
  /** Epoch milliseconds. */
  readonly since: number;
}

/** Where sessions are kept, so that an open page is let in again after the core was restarted. */
export interface SessionStore {
  load(): readonly KeptSession[];
  save(sessions: readonly KeptSession[]): void;
}

/** Who may see the page: a token that is good once becomes a cookie, which is good until it is too old. */
export interface Door {
  /** A fresh token; of those that nobody used only the newest are remembered. */
  newToken(): string;
  /** The value of the cookie that the token is exchanged for; undefined where it was used already or never given out. */
  redeem(token: string): string | undefined;
  /** Whether the value of the cookie lets in. */
  admits(cookie: string): boolean;
}

const BYTES = 32;
const MOST_TOKENS = 16;
const MOST_SESSIONS = 64;
const LONGEST_SESSION_MS = 30 * 24 * 3600 * 1000;

export function createDoor({ store, now }: { readonly store: SessionStore; readonly now: () => number }): Door {
  // Digests are looked up, never the values: how long a look-up takes tells nothing of them.
  const tokens = new Set<string>();
  let sessions = store.load();
  const fresh = () => sessions.filter(({ since }) => now() - since < LONGEST_SESSION_MS).slice(-MOST_SESSIONS);

  return {
    newToken: () => {
      const token = newSecret();
      tokens.add(digest(token));
      for (const oldest of tokens) {
        if (tokens.size <= MOST_TOKENS) break;
        tokens.delete(oldest);
      }
      return token;
    },
    redeem: token => {
      if (!tokens.delete(digest(token))) return undefined;
      const cookie = newSecret();
      sessions = [...fresh(), { hash: digest(cookie), since: now() }];
      store.save(sessions);
      return cookie;
    },
    admits: cookie => {
      const hash = digest(cookie);
      return fresh().some(session => session.hash === hash);
    },
  };
}

/** 256 bit, in characters that need no escaping in an address or a cookie. */
function newSecret(): string {
  return randomBytes(BYTES).toString('base64url');
}

function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
