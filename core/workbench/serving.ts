import { readFileSync } from 'node:fs';
import type { Clock } from '../clock.ts';
import { done, failed, type Outcome } from '../contract/failure.ts';
import type { EarlyRefusal } from '../flows/doctor.ts';
import type { Recorder } from '../http/exchange.ts';
import type { ServerFaults } from '../server/faulting.ts';
import type { Manners } from '../server/manners.ts';
import type { ServerEvent, ServerOptions, ServerTls } from '../server/options.ts';
import type { Responder } from '../server/responder.ts';
import { type OcpiServer, startServer } from '../server/server.ts';
import { createAddressees } from './addressees.ts';
import type { Callers } from './callers.ts';
import type { PlatformDesk } from './platform.ts';

export interface ServingAt {
  readonly versionsUrl: string;
  readonly port: number;
}

/** Our OCPI server: on, off, and on for as long as something needs it. */
export interface Serving {
  start(): Promise<Outcome<ServingAt>>;
  stop(): Promise<void>;
  isOn(): boolean;
  /** Where it listens now, whatever the settings say since; undefined while it does not. */
  at(): ServingAt | undefined;
  /** Serves while `work` runs; a server that was on before stays on. */
  during<T>(work: () => Promise<T>): Promise<Outcome<T>>;
  /** Connections that failed before they became HTTP requests, oldest first, the newest hundred. */
  earlyRefusals(): readonly EarlyRefusal[];
}

export interface ServingOptions {
  readonly platform: PlatformDesk;
  readonly callers: Callers;
  readonly responders: () => readonly Responder[];
  readonly shows: NonNullable<ServerOptions['shows']>;
  readonly recorder: Recorder;
  readonly faults: ServerFaults;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly onTrouble: (what: string, error: unknown) => void;
  readonly manners?: Manners;
}

const MOST_REFUSALS = 100;

export function createServing(options: ServingOptions): Serving {
  const { platform, clock } = options;
  const refusals: EarlyRefusal[] = [];
  let server: OcpiServer | undefined;
  let starting: Promise<Outcome<ServingAt>> | undefined;
  /** Switched on by the operator: stays on whoever else needs it. */
  let kept = false;
  let users = 0;

  const onEvent = (event: ServerEvent) => {
    if (event.kind === 'bug') {
      options.onTrouble(`answering ${event.operation} failed`, event.error);
      return;
    }
    const { detail, remoteAddress } = event;
    refusals.push({ at: clock.now(), detail, ...(remoteAddress === undefined ? {} : { remoteAddress }) });
    if (refusals.length > MOST_REFUSALS) refusals.shift();
  };

  const listen = async (): Promise<Outcome<ServingAt>> => {
    if (server !== undefined) return done({ versionsUrl: server.versionsUrl, port: server.port });
    const config = platform.config();
    const tls = readTls(config.tls);
    if (!tls.ok) return tls;
    const started = await startServer({
      host: config.host,
      port: config.port,
      versions: () => platform.config().versions,
      authenticate: options.callers.authenticate,
      callersRevision: options.callers.revision,
      addressee: createAddressees(platform),
      shows: options.shows,
      tokenUsed: options.callers.used,
      responders: options.responders(),
      recorder: options.recorder,
      faults: options.faults,
      clock,
      newId: options.newId,
      onEvent,
      ...(options.manners === undefined ? {} : { manners: options.manners }),
      ...(tls.value === undefined ? {} : { tls: tls.value }),
      ...(config.publicUrl === undefined ? {} : { publicUrl: config.publicUrl }),
    });
    if (!started.ok) {
      const code = {
        PORT_TAKEN: 'PORT_TAKEN',
        ADDRESS: 'ADDRESS_UNUSABLE',
        PERMISSION: 'ADDRESS_UNUSABLE',
        TLS: 'TLS_UNUSABLE',
      } as const;
      return failed(code[started.code], started.message, started.advice);
    }
    // The port once chosen is kept: partners store our versions URL.
    const kept = config.port === 0 ? platform.configure({ port: started.server.port }) : undefined;
    if (kept !== undefined && !kept.ok) {
      await started.server.close();
      return kept;
    }
    server = started.server;
    return done({ versionsUrl: server.versionsUrl, port: server.port });
  };

  const listenOnce = () => {
    starting ??= listen().finally(() => {
      starting = undefined;
    });
    return starting;
  };

  const stop = async () => {
    kept = false;
    const stopping = server;
    server = undefined;
    await stopping?.close();
  };

  return {
    start: async () => {
      const started = await listenOnce();
      if (started.ok) kept = true;
      return started;
    },
    stop,
    isOn: () => server !== undefined,
    at: () => (server === undefined ? undefined : { versionsUrl: server.versionsUrl, port: server.port }),
    during: async work => {
      users++;
      try {
        const started = await listenOnce();
        return started.ok ? done(await work()) : started;
      } finally {
        users--;
        if (users === 0 && !kept) await stop();
      }
    },
    earlyRefusals: () => refusals,
  };
}

function readTls(
  files: { certificate: string; key: string; clientCa?: string | undefined } | undefined,
): Outcome<ServerTls | undefined> {
  if (files === undefined) return done(undefined);
  try {
    return done({
      cert: readFileSync(files.certificate, 'utf8'),
      key: readFileSync(files.key, 'utf8'),
      ...(files.clientCa === undefined ? {} : { clientCa: readFileSync(files.clientCa, 'utf8') }),
    });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return failed(
      'TLS_UNUSABLE',
      `a TLS file cannot be read: ${detail}`,
      'Check the files set for the certificate, its key and the client CA.',
    );
  }
}
