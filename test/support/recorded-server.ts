import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../core/clock.ts';
import { LinkSettings } from '../../core/contract/link.ts';
import { type History, openHistory } from '../../core/history/history.ts';
import type { Recorder } from '../../core/http/exchange.ts';
import { createSealer } from '../../core/http/sealing.ts';
import type { Caller } from '../../core/server/caller.ts';
import type { ServerOptions } from '../../core/server/options.ts';
import { type OcpiServer, startServer } from '../../core/server/server.ts';

/** A server with sealing and a history of its own, as the workbench wires them, that knows one registered partner. */
export interface RecordedServer {
  readonly server: OcpiServer;
  readonly history: History;
  /** Ends both and removes the database. */
  close(): Promise<void>;
}

export async function startRecorded(token: string, options: Partial<ServerOptions> = {}): Promise<RecordedServer> {
  const folder = mkdtempSync(join(tmpdir(), 'workbench-server-'));
  const opened = await openHistory({ file: join(folder, 'workbench.db'), clock: systemClock, keyStore: 'file' });
  if (!opened.ok) throw new Error(opened.message);
  const { history } = opened;
  const { tokens } = history;
  const link = history.links.insert({
    name: 'partner',
    organisation: 'partner',
    environment: 'test',
    state: 'registered',
    readOnly: false,
    offeredVersions: [],
    endpoints: [],
    parties: [],
    settings: LinkSettings.parse({}),
  });
  const { row } = tokens.add({
    linkId: link.id,
    direction: 'incoming',
    kind: 'C',
    state: 'active',
    issuedBy: 'us',
    token,
  });
  const sealer = createSealer(tokens);
  const recorder: Recorder = {
    open: record => history.recorder.open(sealer.record(record)),
    update: (id, update) => history.recorder.update(id, sealer.update(update)),
    record: record => history.recorder.record(sealer.record(record)),
  };
  const started = await startServer({
    port: 0,
    versions: () => ['2.1.1', '2.2.1', '2.3.0'],
    authenticate: candidates => {
      const found = tokens.find(candidates);
      if (found === undefined) return undefined;
      const { id, kind, state, linkId } = found.entry;
      const caller: Caller = {
        linkId,
        token: { id, kind, state },
        form: found.candidate.form,
        registered: true,
        parties: [],
      };
      return caller;
    },
    callersRevision: tokens.known,
    tokenUsed: ({ form }) => tokens.markUsed(row, form, systemClock.now()),
    responders: [],
    recorder,
    clock: systemClock,
    newId: randomUUID,
    ...options,
  });
  if (!started.ok) throw new Error(started.message);
  const { server } = started;
  return {
    server,
    history,
    close: async () => {
      await server.close(100);
      await history.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
