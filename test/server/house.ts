import { randomUUID } from 'node:crypto';
import { afterEach } from 'vitest';
import { systemClock } from '../../core/clock.ts';
import type { Version } from '../../core/ocpi/versions.ts';
import type { Caller } from '../../core/server/caller.ts';
import { credentialsResponder } from '../../core/server/modules/credentials.ts';
import type { ServerEvent, ServerOptions } from '../../core/server/options.ts';
import type { Registrar } from '../../core/server/registrar.ts';
import { type OcpiServer, startServer } from '../../core/server/server.ts';
import { type MemoryRecorder, memoryRecorder } from '../support/memory-recorder.ts';

/** The token of a registered partner, and the one of an invitation. */
export const TOKEN = 'registered-token';
export const TOKEN_A = 'invitation-token';
export const AUTHORIZATION = `Authorization: Token ${TOKEN}`;

const KNOWN: Readonly<Record<string, Omit<Caller, 'form'>>> = {
  [TOKEN]: caller(1, { kind: 'C', registered: true }),
  [TOKEN_A]: caller(2, { kind: 'A', registered: false }),
};

export interface House {
  readonly server: OcpiServer;
  readonly port: number;
  readonly recorder: MemoryRecorder;
  readonly events: ServerEvent[];
}

const running: OcpiServer[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map(server => server.close(100)));
});

/** A server on a free port that knows two tokens; closed after the test. */
export async function house(options: Partial<ServerOptions> = {}): Promise<House> {
  const recorder = memoryRecorder();
  const events: ServerEvent[] = [];
  const versions: readonly Version[] = ['2.1.1', '2.2.1', '2.3.0'];
  const started = await startServer({
    port: 0,
    versions: () => versions,
    authenticate: candidates => {
      for (const { token, form } of candidates) {
        const known = KNOWN[token];
        if (known !== undefined) return { ...known, form };
      }
      return undefined;
    },
    callersRevision: () => KNOWN,
    responders: [credentialsResponder(politeRegistrar())],
    recorder,
    clock: systemClock,
    newId: randomUUID,
    onEvent: event => events.push(event),
    ...options,
  });
  if (!started.ok) throw new Error(started.message);
  running.push(started.server);
  return { server: started.server, port: started.server.port, recorder, events };
}

/** Says yes to everything, with a fixed token. */
export function politeRegistrar(changes: Partial<Registrar> = {}): Registrar {
  const credentials = {
    kind: 'credentials',
    credentials: {
      token: 'our-new-token',
      url: 'http://127.0.0.1/ocpi/versions',
      roles: [{ role: 'CPO', countryCode: 'NL', partyId: 'WBX', businessDetails: { name: 'Workbench' } }],
    },
  } as const;
  return {
    get: () => credentials,
    post: async () => credentials,
    put: async () => credentials,
    delete: async () => ({ kind: 'done' }),
    ...changes,
  };
}

/** A credentials object of 2.2.1, as a partner sends it. */
export const CREDENTIALS = JSON.stringify({
  token: 'their-token',
  url: 'http://partner.example/versions',
  roles: [{ role: 'EMSP', country_code: 'DE', party_id: 'ABC', business_details: { name: 'Partner' } }],
});

function caller(linkId: number, { kind, registered }: { kind: 'A' | 'C'; registered: boolean }): Omit<Caller, 'form'> {
  return { linkId, token: { id: `id-${linkId}`, kind, state: 'active' }, registered, parties: [] };
}
