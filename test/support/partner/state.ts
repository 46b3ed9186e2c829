import { randomUUID } from 'node:crypto';
import type { Action, Answer, HeaderLines, Operation } from './action.ts';
import type { Quirk, Settings } from './options.ts';
import type { Call } from './outgoing.ts';

/** A request as it arrived. `at` and `endedAt` are monotonic milliseconds. */
export interface ReceivedRequest {
  at: number;
  endedAt?: number;
  method: string;
  /** As on the request line, query included. */
  url: string;
  headers: HeaderLines;
  body: Uint8Array;
  text: string;
  operation: Operation;
  version: string | undefined;
  /** The answer as planned, and what became of it; absent while it is worked on, hangs or was never formed. */
  answer?: Answer;
  ended?: 'answered' | 'hung' | 'reset' | 'closed' | 'cut' | 'raw';
}

export interface KnownEndpoint {
  identifier: string;
  role?: string;
  url: string;
}

/** What this partner knows about the one other side it deals with. */
export interface Relation {
  registered: boolean;
  /** Opens a registration here; dies with its success. */
  tokenA: string | undefined;
  /** Tokens the other side may use here, newest last; two in the middle of a rotation. */
  incoming: readonly string[];
  /** Token this side uses there. */
  outgoing: string | undefined;
  version: string | undefined;
  theirVersionsUrl: string | undefined;
  theirEndpoints: readonly KnownEndpoint[];
  /** As they sent it. */
  theirCredentials: unknown;
}

export interface Route {
  operation: 'versions' | 'details' | 'credentials' | 'module';
  version: string | undefined;
}

export interface PartnerState {
  readonly settings: Settings;
  /** What its URLs start with; known once it listens. */
  origin: string;
  /** By path in the advertised spelling of slashes. */
  readonly routes: ReadonlyMap<string, Route>;
  relation: Relation;
  readonly requests: ReceivedRequest[];
  readonly calls: Call[];
  readonly complaints: string[];
  readonly overrides: Map<string, Action | Action[]>;
  readonly seenRequestIds: Set<string>;
  nextToken(): string;
}

export function createState(settings: Settings): PartnerState {
  const tokens = [...settings.tokens];
  const nextToken = () => tokens.shift() ?? `partner-${randomUUID()}`;
  const overrides = new Map<string, Action | Action[]>();
  for (const [key, action] of Object.entries(settings.overrides)) {
    if (action !== undefined) overrides.set(key, copied(action));
  }
  return {
    settings,
    origin: '',
    routes: routesOf(settings),
    relation: strangers(nextToken()),
    requests: [],
    calls: [],
    complaints: [],
    overrides,
    seenRequestIds: new Set(),
    nextToken,
  };
}

export function strangers(tokenA: string | undefined): Relation {
  return {
    registered: false,
    tokenA,
    incoming: [],
    outgoing: undefined,
    version: undefined,
    theirVersionsUrl: undefined,
    theirEndpoints: [],
    theirCredentials: undefined,
  };
}

/** Takes the next action for a request, or undefined when it is to be answered correctly. */
export function takeOverride(state: PartnerState, keys: readonly string[]): Action | undefined {
  for (const key of keys) {
    const action = state.overrides.get(key);
    if (action === undefined) continue;
    if (!Array.isArray(action)) return action;
    const next = action.shift();
    if (next !== undefined) return next;
  }
  return undefined;
}

export function copied(action: Action | readonly Action[]): Action | Action[] {
  return isList(action) ? [...action] : action;
}

export function hasQuirk(state: PartnerState, quirk: Quirk): boolean {
  return state.settings.quirks.includes(quirk);
}

export const versionsPath = (settings: Settings) => path(settings, '/versions');
export const detailsPath = (settings: Settings, version: string) => path(settings, `/${encodeURIComponent(version)}`);
export const credentialsPath = (settings: Settings, version: string) =>
  path(settings, `/${encodeURIComponent(version)}/credentials`);
export const modulePath = (settings: Settings, version: string, module: { identifier: string; role: string }) =>
  path(settings, `/${encodeURIComponent(version)}/${module.role.toLowerCase()}/${module.identifier}`);

function path(settings: Settings, rest: string): string {
  return `${settings.prefix}${rest}${settings.slash.advertised ? '/' : ''}`;
}

function routesOf(settings: Settings): Map<string, Route> {
  const routes = new Map<string, Route>([[versionsPath(settings), { operation: 'versions', version: undefined }]]);
  for (const version of settings.versions) {
    routes.set(detailsPath(settings, version), { operation: 'details', version });
    routes.set(credentialsPath(settings, version), { operation: 'credentials', version });
    for (const module of settings.modules) {
      routes.set(modulePath(settings, version, module), { operation: 'module', version });
    }
  }
  return routes;
}

// Array.isArray does not narrow a readonly list out of a union.
function isList(action: Action | readonly Action[]): action is readonly Action[] {
  return Array.isArray(action);
}
