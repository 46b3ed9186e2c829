import { randomUUID } from 'node:crypto';
import { createClient } from './client/call.ts';
import { createWires } from './client/wires.ts';
import { type Clock, systemClock } from './clock.ts';
import type { ExchangeFilter, ExchangeSummary, ExchangeView } from './contract/exchange.ts';
import { done, failed, type Outcome } from './contract/failure.ts';
import type { PlatformView } from './contract/platform.ts';
import { openHistory } from './history/history.ts';
import { readOwner } from './history/owner.ts';
import type { KeyStore } from './history/sealing-key.ts';
import { createSealer } from './http/sealing.ts';
import { credentialsResponder } from './server/modules/credentials.ts';
import { createCallers } from './workbench/callers.ts';
import { bindCall } from './workbench/calls.ts';
import { bindDoctor } from './workbench/doctor-ports.ts';
import { createFlowDesk, type FlowDesk } from './workbench/flow-desk.ts';
import { settleInterrupted } from './workbench/interrupted.ts';
import { createLinkDesk, type LinkDesk } from './workbench/link-desk.ts';
import { openLog } from './workbench/log.ts';
import { createPlatformDesk, type PlatformDesk } from './workbench/platform.ts';
import { createRecording } from './workbench/recording.ts';
import { createRegistrar } from './workbench/registrar.ts';
import { bindRegistration } from './workbench/registration-ports.ts';
import { createRunDesk, type RunDesk } from './workbench/run-desk.ts';
import { createServing, type Serving } from './workbench/serving.ts';
import { openFailure } from './workbench/storage.ts';
import { USER_AGENT } from './workbench/user-agent.ts';

export interface WorkbenchOptions {
  readonly file: string;
  readonly keyStore?: KeyStore;
  readonly clock?: Clock;
  /** Whether the process that claims the database answers at its loopback port with its secret. */
  readonly ownerAnswers?: (owner: { readonly port: number; readonly secret: string }) => Promise<boolean>;
}

/** Everything wired together over one database, which this process owns. */
export interface Workbench {
  readonly platform: PlatformDesk & { keyNotice(): string | null };
  readonly links: LinkDesk;
  readonly flows: FlowDesk;
  readonly runs: RunDesk;
  readonly serving: Serving;
  readonly exchanges: {
    list(filter: ExchangeFilter): Promise<Outcome<ExchangeSummary[]>>;
    get(id: number): Outcome<ExchangeView>;
  };
  readonly owner: { readonly secret: string; setPort(port: number): void };
  describe(): PlatformView;
  close(): Promise<void>;
}

/** Where the owner of a database is reached; undefined when nobody claims it. */
export function ownerOf(file: string): { readonly port: number; readonly secret: string } | undefined {
  const owner = readOwner(file);
  return owner?.secret === undefined || owner.port === 0 ? undefined : { port: owner.port, secret: owner.secret };
}

/** Opens a database (a new one is made) and puts a workbench on it; nothing listens yet. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Outcome<Workbench>> {
  const { file, keyStore = 'auto', clock = systemClock } = options;
  const opened = await openHistory({ file, clock, keyStore });
  if (!opened.ok) return openFailure(opened);
  const { history } = opened;
  const { owner } = history;
  if (owner === undefined) throw new Error('a history opened for writing has an owner');

  settleInterrupted(history);
  const log = openLog(file);
  const newId = () => randomUUID();
  const platform = createPlatformDesk(history);
  const runs = createRunDesk({
    runs: history.runs,
    clock,
    onTrouble: log.trouble,
    onEnd: id => recording.forgetRun(id),
  });
  const callers = createCallers(history, clock);
  const sealer = createSealer({ idOf: history.tokens.idOf, known: history.tokens.known });
  const recording = createRecording({
    recorder: history.recorder,
    sealer,
    busyWith: runs.busyWith,
    explainRefused: callers.explainRefused,
  });
  const wires = createWires({ clock });
  const call = createClient({
    wires,
    recorder: recording,
    clock,
    newId,
    userAgent: USER_AGENT,
  });
  const flowCall = bindCall({ call, history, now: clock.now });
  const ports = bindRegistration({
    history,
    clock,
    platform,
    call: flowCall,
    calledBack: recording.calledBack,
  });
  const registrar = createRegistrar({ history, platform, callers, runs, ports });
  const serving = createServing({
    platform,
    callers,
    callersRevision: createRevision([history.tokens.known, history.links.revision]),
    responders: () => [credentialsResponder(registrar)],
    recorder: recording,
    clock,
    newId,
    onTrouble: log.trouble,
  });
  const links = createLinkDesk({ history, platform, busyWith: runs.busyWith, usedBy: runs.usedBy });
  const doctorPorts = () =>
    bindDoctor({ clock, registration: ports, platform, serving, recording, history, call, newId });
  const flows = createFlowDesk({ links, platform, runs, serving, ports, doctorPorts });
  const keyNotice = () => {
    const notice = history.keyNotice() ?? null;
    // Said once: whoever asked has it now.
    if (notice !== null) history.transaction(history.acknowledgeKeyNotice);
    return notice;
  };

  return done({
    platform: { ...platform, keyNotice },
    links,
    flows,
    runs,
    serving,
    owner,
    exchanges: {
      list: async filter => {
        if (filter.link !== undefined && history.links.idsNamed(filter.link).length === 0) {
          return failed('NOT_FOUND', `there is no link "${filter.link}"`, 'wb link list names the links.');
        }
        const found = await history.find(filter);
        return found.ok
          ? done([...found.exchanges])
          : failed(
              'OPERATION_FAILED',
              `the search failed: ${found.reason}`,
              'Try again; the index is being rebuilt if it was damaged.',
            );
      },
      get: id => {
        const view = history.exchanges.get(id);
        return view === undefined
          ? failed('NOT_FOUND', `there is no exchange ${id}`, 'wb exchanges lists the newest.')
          : done(view);
      },
    },
    describe: () => {
      const health = history.health();
      return {
        ...platform.config(),
        serving: serving.isOn(),
        versionsUrl: platform.versionsUrl() ?? null,
        database: file,
        pid: process.pid,
        recording: health.ok ? { ok: true } : { ok: false, reason: health.reason },
        keyNotice: keyNotice(),
      };
    },
    close: async () => {
      await runs.close();
      await serving.stop();
      await wires.close();
      await history.close();
      log.close();
    },
  });
}

/** Another value whenever one of the parts is another object. */
function createRevision(parts: readonly (() => object | readonly unknown[])[]): () => unknown {
  let seen: readonly unknown[] = [];
  let revision = 0;
  return () => {
    let changed = false;
    for (let at = 0; at < parts.length; at++) if (parts[at]?.() !== seen[at]) changed = true;
    if (changed) {
      seen = parts.map(part => part());
      revision++;
    }
    return revision;
  };
}
