import type { ServerOptions as HttpOptions, Server } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { createServer as createPlain } from '../node-http.ts';
import type { Interface } from '../ocpi/catalogue.ts';
import { atLeast22, type Version } from '../ocpi/versions.ts';
import { type Addresses, createAddresses, faultOfPublicUrl, localUrlOf } from './addresses.ts';
import { createAnswering } from './answering.ts';
import { createAuthentication } from './authentication.ts';
import { watchConnections } from './connections.ts';
import { refusing } from './handshake-refusal.ts';
import { listen, type NotStarted, notStarted } from './listening.ts';
import { versionsResponder } from './modules/versions.ts';
import { DEFAULT_LIMITS, type ServerLimits, type ServerOptions, type ServerTls } from './options.ts';
import type { Responder } from './responder.ts';
import { createRoutes, servedEntries } from './routes.ts';
import { createUnparsed } from './unparsed.ts';

/** A server that is listening. */
export interface OcpiServer {
  readonly host: string;
  readonly port: number;
  /** `http://127.0.0.1:8080`: where it listens, seen from this machine. */
  readonly localUrl: string;
  /** What partners are told: `${publicUrl}/ocpi/versions`. */
  readonly versionsUrl: string;
  versionUrl(version: Version): string;
  /** Base URL {E} of a module; `NONE` for credentials, and in 2.1.1 for both sides of a module. */
  endpointUrl(version: Version, module: string, side: Interface): string;
  /** Takes no new connections, finishes open answers, then cuts what is left after `deadlineMs` (5,000 unless said). */
  close(deadlineMs?: number): Promise<void>;
}

export type StartedServer = { readonly ok: true; readonly server: OcpiServer } | NotStarted;

const CLOSE_DEADLINE_MS = 5_000;

/** Listens as an OCPI party. Whatever can be wrong with port, address and certificates is a value, not a throw. */
export async function startServer(options: ServerOptions): Promise<StartedServer> {
  const { host = '127.0.0.1', port, tls, publicUrl, clock, versions, recorder } = options;
  const onEvent = options.onEvent ?? (() => {});
  const limits: ServerLimits = { ...DEFAULT_LIMITS, ...options.limits };
  const fault = publicUrl === undefined ? undefined : faultOfPublicUrl(publicUrl);
  if (fault !== undefined) return notStarted.publicUrl(fault);

  const created = createHttpServer(limits, tls);
  if (!created.ok) return created;
  const http = created.server;
  const listening = await listen(http, { host, port });
  if (!listening.ok) return listening;

  const localUrl = localUrlOf({ host, port: listening.port, tls: tls !== undefined });
  const addresses = createAddresses(localUrl, publicUrl);
  const responders = allResponders(options, addresses);
  const closing = new AbortController();
  const answer = createAnswering({
    route: createRoutes({ bases: addresses.bases, responders }),
    identify: createAuthentication({ authenticate: options.authenticate, revision: options.callersRevision }),
    versions,
    recorder,
    clock,
    newId: options.newId,
    limits,
    tokenUsed: options.tokenUsed ?? (() => {}),
    onEvent,
    closing: closing.signal,
    ...(options.addressee === undefined ? {} : { addressee: options.addressee }),
    ...(options.manners === undefined ? {} : { manners: options.manners }),
    ...(options.faults === undefined ? {} : { faults: options.faults }),
  });
  const connections = watchConnections(http, {
    answer,
    ...createUnparsed({ recorder, clock, limits, onEvent }),
    onEvent,
    ...(options.faults === undefined ? {} : refusing({ faults: options.faults, recorder, clock, onEvent })),
  });

  const close = async (deadlineMs = CLOSE_DEADLINE_MS) => {
    closing.abort();
    const closed = new Promise<void>(resolve => http.close(() => resolve()));
    connections.closeWhenIdle();
    const cut = clock.deadline(deadlineMs, connections.cut);
    await closed;
    cut.cancel();
  };
  const { versionsUrl, versionUrl, endpointUrl } = addresses;
  return { ok: true, server: { host, port: listening.port, localUrl, versionsUrl, versionUrl, endpointUrl, close } };
}

/** Versions come last, because the details list what the others answer. */
function allResponders({ responders, versions, clock, shows }: ServerOptions, addresses: Addresses): Responder[] {
  const seen = new Set<string>();
  const endpoints = servedEntries(responders).flatMap(({ version, entry: { module, interface: side, base } }) => {
    // What 2.1.1 has at given URLs alone is no endpoint: results of commands are posted where the command said.
    if (base === 'given-url' && !atLeast22(version)) return [];
    const key = `${version} ${module} ${side}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ version, module, side }];
  });
  return [...responders, versionsResponder({ addresses, versions, endpoints, shows: shows ?? (() => true), clock })];
}

function createHttpServer(
  limits: ServerLimits,
  tls: ServerTls | undefined,
): { readonly ok: true; readonly server: Server } | NotStarted {
  const { headersTimeoutMs, requestTimeoutMs, keepAliveMs, headerBytes } = limits;
  const options: HttpOptions = {
    maxHeaderSize: headerBytes,
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveMs,
    connectionsCheckingInterval: Math.max(20, Math.ceil(Math.min(headersTimeoutMs, requestTimeoutMs, 20_000) / 4)),
    // Answered by us, with an envelope and a record.
    requireHostHeader: false,
    // Requests without a body then need no stream events.
    optimizeEmptyRequests: true,
  };
  if (tls === undefined) return { ok: true, server: withEveryHeader(createPlain(options)) };
  const { cert, key, clientCa } = tls;
  const demanded = clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: true };
  try {
    const server = createSecure({ ...options, cert, key, handshakeTimeout: headersTimeoutMs, ...demanded });
    return { ok: true, server: withEveryHeader(server) };
  } catch (error) {
    return notStarted.tls(error);
  }
}

/** The size limit bounds the number of lines; by number alone Node would drop some silently. */
function withEveryHeader(server: Server): Server {
  server.maxHeadersCount = 0;
  return server;
}
