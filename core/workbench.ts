import { randomUUID } from 'node:crypto';
import { createClient } from './client/call.ts';
import { createWires } from './client/wires.ts';
import { type Clock, systemClock } from './clock.ts';
import type { ExchangeFilter, ExchangeSummary, ExchangeView } from './contract/exchange.ts';
import { done, failed, type Outcome } from './contract/failure.ts';
import type { PlatformView } from './contract/platform.ts';
import { type History, openHistory } from './history/history.ts';
import { type IsAlive, ownerProbe, readOwner } from './history/owner.ts';
import type { KeyStore } from './history/sealing-key.ts';
import { createSealer } from './http/sealing.ts';
import type { Manners } from './server/manners.ts';
import { credentialsResponder } from './server/modules/credentials.ts';
import { ownDataResponders, PAGE_LIMIT } from './server/modules/own-lists.ts';
import type { OwnData, OwnModule } from './server/own-data.ts';
import { createCallers } from './workbench/callers.ts';
import { bindCall, pageBodyKept } from './workbench/calls.ts';
import { bindDoctor } from './workbench/doctor-ports.ts';
import { createFlowDesk, type FlowDesk } from './workbench/flow-desk.ts';
import { settleInterrupted } from './workbench/interrupted.ts';
import { createLinkDesk, type LinkDesk } from './workbench/link-desk.ts';
import { openLog } from './workbench/log.ts';
import { createObjectDesk, type ObjectDesk } from './workbench/object-desk.ts';
import { createOwnDesk, type OwnDesk } from './workbench/own-desk.ts';
import { ownServed } from './workbench/own-served.ts';
import { advertisedUrls, ownedModules } from './workbench/own-serving.ts';
import { createPlatformDesk, type PlatformDesk } from './workbench/platform.ts';
import { createPullDesk, type PullDesk } from './workbench/pull-desk.ts';
import { createPullSchedules, type PullSchedules } from './workbench/pull-schedules.ts';
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
  /** Asks at the loopback port of the process that claims the database whether it knows the secret of its file. */
  readonly askOwner?: (owner: OwnerAddress) => Promise<OwnerAnswer>;
  /** What is served instead of the operator's own data, made once the database is open. */
  readonly part?: (kept: Pick<History, 'settings' | 'transaction'>) => Outcome<Part>;
}

/** Another platform's part: the sandbox serves its world, and may have its own manners. */
export interface Part {
  readonly data: OwnData;
  /** The most objects on a page of a module; the usual bound where undefined. */
  readonly pageLimit?: (module: OwnModule) => number | undefined;
  readonly manners?: Manners;
  /** Bytes of an answer's body that are recorded with the exchange; all of them unless said. */
  readonly answerKept?: number;
}

export interface OwnerAddress {
  readonly port: number;
  readonly secret: string;
}

/** `stranger`: something else listens there. `silent`: nobody answered in time, which a busy owner may do as well. */
export type OwnerAnswer = 'owner' | 'stranger' | 'silent';

/** Everything wired together over one database, which this process owns. */
export interface Workbench {
  readonly platform: PlatformDesk & { keyNotice(): string | null };
  readonly links: LinkDesk;
  readonly flows: FlowDesk;
  readonly runs: RunDesk;
  readonly pulls: PullDesk;
  readonly schedules: PullSchedules;
  readonly objects: ObjectDesk;
  readonly own: OwnDesk;
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
export function ownerOf(file: string): OwnerAddress | undefined {
  const owner = readOwner(file);
  return owner?.secret === undefined || owner.port === 0 ? undefined : { port: owner.port, secret: owner.secret };
}

/** Opens a database (a new one is made) and puts a workbench on it; nothing listens yet. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Outcome<Workbench>> {
  const { file, keyStore = 'auto', clock = systemClock } = options;
  const opened = await openHistory({ file, clock, keyStore, isAlive: ownerLives(options) });
  if (!opened.ok) return openFailure(opened);
  const { history } = opened;
  const { owner } = history;
  if (owner === undefined) throw new Error('a history opened for writing has an owner');
  const part = options.part?.(history);
  if (part !== undefined && !part.ok) {
    await history.close();
    return part;
  }
  const played = part?.value;

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
    ...(played?.answerKept === undefined ? {} : { answerKept: played.answerKept }),
  });
  const wires = createWires({ clock });
  const call = createClient({
    wires,
    recorder: recording,
    clock,
    newId,
    userAgent: USER_AGENT,
    handedBodyKept: () => pageBodyKept(history),
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
  const served = ({ data, pageLimit }: Part) =>
    ownDataResponders({
      data,
      modules: () => ownedModules(platform.config().parties),
      pageLimit: module => pageLimit?.(module) ?? PAGE_LIMIT,
      urls: advertisedUrls(platform),
      clock,
    });
  const serving = createServing({
    platform,
    callers,
    callersRevision: createRevision([history.tokens.known, history.links.revision]),
    responders: () => [credentialsResponder(registrar), ...served(played ?? { data: ownServed(history, platform) })],
    recorder: recording,
    clock,
    newId,
    onTrouble: log.trouble,
    ...(played?.manners === undefined ? {} : { manners: played.manners }),
  });
  const links = createLinkDesk({ history, platform, busyWith: runs.busyWith, usedBy: runs.usedBy });
  const doctorPorts = () =>
    bindDoctor({ clock, registration: ports, platform, serving, recording, history, call, newId });
  const flows = createFlowDesk({ links, platform, runs, serving, ports, doctorPorts });
  const random = () => Math.random();
  const pulls = createPullDesk({
    history,
    clock,
    random,
    links,
    platform,
    runs,
    call: flowCall,
    outgoingToken: ports.outgoingToken,
    updateExchange: recording.update,
  });
  const schedules = createPullSchedules({ history, clock, random, links, pulls, runs, onTrouble: log.trouble });
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
    pulls,
    schedules,
    objects: createObjectDesk({ objects: history.objects, links }),
    own: createOwnDesk({ history, platform, links, clock }),
    serving: {
      ...serving,
      start: async () => {
        const started = await serving.start();
        if (started.ok) schedules.begin();
        return started;
      },
      stop: () => {
        schedules.end();
        return serving.stop();
      },
    },
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
      schedules.end();
      await runs.close();
      await serving.stop();
      await wires.close();
      await history.close();
      log.close();
    },
  });
}

/** A pid may be given again, and a port too: only the owner itself knows the secret of its file. */
function ownerLives({ file, clock = systemClock, askOwner }: WorkbenchOptions): IsAlive {
  const probe = ownerProbe(clock);
  return async seen => {
    if (!(await probe(seen))) return false;
    const owner = ownerOf(file);
    if (askOwner === undefined || owner === undefined || owner.port !== seen.port) return true;
    return (await askOwner(owner)) !== 'stranger';
  };
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
