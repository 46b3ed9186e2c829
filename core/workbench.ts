import { randomUUID } from 'node:crypto';
import { createClient } from './client/call.ts';
import { createWires } from './client/wires.ts';
import { type Clock, systemClock } from './clock.ts';
import { done, type Outcome } from './contract/failure.ts';
import type { PlatformView } from './contract/platform.ts';
import { type History, openHistory } from './history/history.ts';
import type { KeyStore } from './history/sealing-key.ts';
import { createSealer } from './http/sealing.ts';
import { createSandboxDesk, type SandboxDesk } from './sandbox/beside.ts';
import type { Life } from './sandbox/life/life.ts';
import { credentialsResponder } from './server/modules/credentials.ts';
import { resultResponders } from './server/modules/results.ts';
import { servedIds } from './server/routes.ts';
import { createAnswering } from './workbench/answering.ts';
import { awaitingModules, createAwaitedResults } from './workbench/awaited-results.ts';
import { createCallers } from './workbench/callers.ts';
import { bindCall, pageBodyKept } from './workbench/calls.ts';
import { createDecisionDesk, type DecisionDesk } from './workbench/decision-desk.ts';
import { bindDoctor } from './workbench/doctor-ports.ts';
import { bindEvents } from './workbench/event-sources.ts';
import { createEventHub, type EventHub } from './workbench/events.ts';
import { createExchangeDesk, type ExchangeDesk } from './workbench/exchange-desk.ts';
import type { ErrorsDesk } from './workbench/explaining/errors-desk.ts';
import { createExplaining } from './workbench/explaining/explaining.ts';
import { showsSides } from './workbench/facing.ts';
import { createFaulting, type FaultDesk } from './workbench/faulting/faulting.ts';
import { createFiguring, type Figuring } from './workbench/figuring.ts';
import { createFlowDesk, type FlowDesk } from './workbench/flow-desk.ts';
import { handingOver } from './workbench/handing-over.ts';
import { settleInterrupted } from './workbench/interrupted.ts';
import { createKeeping, type Keeping } from './workbench/keeping.ts';
import { createLinkDesk, type LinkDesk } from './workbench/link-desk.ts';
import { withMade } from './workbench/living/data.ts';
import { createLiving } from './workbench/living/living.ts';
import { openLog } from './workbench/log.ts';
import { moduleResponders } from './workbench/module-serving.ts';
import { createObjectBrowsing, type ObjectBrowsing } from './workbench/object-browsing.ts';
import { createObjectDesk, type ObjectDesk } from './workbench/object-desk.ts';
import { createOperatedServing, type OperatedServing } from './workbench/operated-serving.ts';
import { createOwnDesk, type OwnDesk } from './workbench/own-desk.ts';
import { ownServed } from './workbench/own-served.ts';
import { advertisedUrls } from './workbench/own-serving.ts';
import { type OwnerAddress, type OwnerAnswer, ownerOf } from './workbench/owner-address.ts';
import { ownerLives } from './workbench/owner-lives.ts';
import { createPageDesk, type PageDesk } from './workbench/page-desk.ts';
import type { Part } from './workbench/part.ts';
import { createPlatformDesk, type PlatformDesk } from './workbench/platform.ts';
import { viewPlatform } from './workbench/platform-view.ts';
import { createPullDesk, type PullDesk } from './workbench/pull-desk.ts';
import { createPullSchedules, type PullSchedules } from './workbench/pull-schedules.ts';
import { createRecording } from './workbench/recording.ts';
import { createRegistrar } from './workbench/registrar.ts';
import { bindRegistration } from './workbench/registration-ports.ts';
import { createReplaying, type Replaying } from './workbench/replaying/replaying.ts';
import { createResending, type Resending } from './workbench/resending.ts';
import { createRunDesk, type RunDesk } from './workbench/run-desk.ts';
import { createPushing } from './workbench/sending/pushing.ts';
import { createSendingDesk, type SendingDesk } from './workbench/sending/sending-desk.ts';
import { createServing } from './workbench/serving.ts';
import type { ViewedFile } from './workbench/session-logs/opening/open-filling.ts';
import { openFailure } from './workbench/storage.ts';
import { createTrafficImport, type TrafficImport } from './workbench/traffic-import.ts';
import { createTransactions } from './workbench/transactions/transactions.ts';
import type { TransactionsDesk } from './workbench/transactions/transactions-desk.ts';
import { USER_AGENT } from './workbench/user-agent.ts';

export interface WorkbenchOptions {
  readonly file: string;
  readonly keyStore?: KeyStore;
  readonly clock?: Clock;
  /** Asks at the loopback port of the process that claims the database whether it knows the secret of its file. */
  readonly askOwner?: (owner: OwnerAddress) => Promise<OwnerAnswer>;
  /** What is served instead of the operator's own data, made once the database is open. */
  readonly part?: (kept: Pick<History, 'settings' | 'transaction'>) => Outcome<Part>;
  /** A session log that the database is filled with, to be looked at and nothing else. */
  readonly viewing?: ViewedFile;
}

/** Everything wired together over one database, which this process owns. */
export interface Workbench extends Replaying, Keeping, Figuring {
  readonly platform: PlatformDesk & { keyNotice(): string | null; acknowledgeKeyNotice(): void };
  readonly links: LinkDesk;
  readonly flows: FlowDesk;
  readonly runs: RunDesk;
  readonly pulls: PullDesk;
  readonly schedules: PullSchedules;
  readonly objects: ObjectDesk;
  readonly browsing: ObjectBrowsing;
  readonly own: OwnDesk;
  readonly decisions: DecisionDesk;
  readonly serving: OperatedServing;
  readonly exchanges: ExchangeDesk;
  readonly events: EventHub;
  readonly owner: { readonly secret: string; setPort(port: number): void };
  readonly resending: Resending;
  readonly sending: SendingDesk;
  readonly imports: TrafficImport;
  readonly page: PageDesk;
  readonly life: Life;
  readonly faults: FaultDesk;
  readonly errors: ErrorsDesk;
  readonly transactions: TransactionsDesk;
  readonly sandbox: SandboxDesk;
  describe(): PlatformView;
  close(): Promise<void>;
}

/** Opens a database (a new one is made) and puts a workbench on it; nothing listens yet. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Outcome<Workbench>> {
  const { file, keyStore = 'auto', clock = systemClock } = options;
  const isAlive = ownerLives({ clock, address: () => ownerOf(file), askOwner: options.askOwner });
  const opened = await openHistory({ file, clock, keyStore, isAlive });
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
  const events = createEventHub(clock);
  bindEvents({ history, events });
  const platform = createPlatformDesk(history, () => events.tell({ kind: 'platform' }));
  const runs = createRunDesk({
    runs: history.runs,
    clock,
    onTrouble: log.trouble,
    onEnd: id => recording.forgetRun(id),
    onChange: id => events.tell({ kind: 'run', id }),
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
  const faults = createFaulting({
    history,
    platform,
    servedAt: () => serving.at(),
    clock,
    events,
    onTrouble: log.trouble,
  });
  const wires = createWires({ clock });
  const call = createClient({
    wires,
    recorder: recording,
    clock,
    newId,
    userAgent: USER_AGENT,
    handedBodyKept: () => pageBodyKept(history),
    faulting: faults.sending,
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
  const talking = { call: flowCall, outgoingToken: ports.outgoingToken, noteAnswer: recording.update };
  const pushNow = createPushing({ history, platform, ports: talking });
  const awaited = createAwaitedResults({ history, runs, urls: advertisedUrls(platform), clock });
  const data =
    played === undefined
      ? ownServed(history, platform)
      : withMade(played.data, ownServed(history, platform, played.data));
  const answering = createAnswering({
    history,
    platform,
    call,
    flowCall,
    outgoingToken: ports.outgoingToken,
    data,
    authorizeAfterMs: played?.life.authorizeAfterMs,
    simulation: () => life,
    clock,
    newId,
    onTrouble: log.trouble,
  });
  const responders = () => [
    credentialsResponder(registrar),
    ...resultResponders({ results: awaited, modules: () => awaitingModules(platform.config().parties) }),
    ...answering.responders(decisions.deciding),
    ...moduleResponders({
      history,
      platform,
      deciding: decisions.deciding,
      clock,
      newId,
      data,
      played,
      handOver: handingOver({ platform, push: pushNow, onTrouble: log.trouble }),
    }),
  ];
  const serving = createServing({
    platform,
    callers,
    responders,
    // What is played is one company with many parties.
    shows: played === undefined ? showsSides(history, platform) : () => true,
    recorder: recording,
    faults: faults.answering,
    clock,
    newId,
    onTrouble: log.trouble,
    ...(played?.manners === undefined ? {} : { manners: played.manners }),
  });
  const links = createLinkDesk({ history, platform, busyWith: runs.busyWith, usedBy: runs.usedBy });
  const decisions = createDecisionDesk({
    history,
    links,
    platform,
    clock,
    served: version => servedIds(responders(), version),
    busyWith: runs.busyWith,
    onChange: () => events.tell({ kind: 'decisions' }),
  });
  const doctorPorts = () =>
    bindDoctor({ clock, registration: ports, platform, serving, recording, callers, history, call, newId });
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
  const operated = createOperatedServing({
    serving,
    platform,
    onStart: () => {
      schedules.begin();
      life.begin();
    },
    onStop: () => {
      schedules.end();
      life.rest();
      decisions.settle();
    },
    onChange: () => {
      events.tell({ kind: 'platform' });
      sandbox.resume();
    },
  });
  const sandbox = createSandboxDesk({
    file,
    kept: history,
    ours: { links, flows, runs, serving: operated },
    clock,
    keyStore: options.keyStore,
    isSandbox: played !== undefined,
    onTrouble: log.trouble,
    onChange: () => events.tell({ kind: 'platform' }),
  });
  const resending = createResending({
    history,
    platform,
    serving,
    recording,
    sealer,
    call,
    wires,
    clock,
    newId,
    busyWith: runs.busyWith,
  });
  const explaining = createExplaining({
    history,
    curl: resending.curl,
    clock,
    onTrouble: log.trouble,
    onlyWhenAsked: played !== undefined,
  });
  const transactions = createTransactions({
    history,
    clock,
    onTrouble: log.trouble,
    onChange: () => events.tell({ kind: 'transactions' }),
    onlyWhenAsked: played !== undefined,
  });
  const parts = { history, platform, links, runs, serving, awaited, data, sealer, call, ports: talking, clock, newId };
  const sending = createSendingDesk(parts);
  const life = createLiving({
    history,
    platform,
    data,
    played: played?.life,
    push: talking,
    results: answering.results,
    sending: () => sending,
    runs,
    clock,
    newId,
    onTrouble: log.trouble,
    onChange: () => events.tell({ kind: 'life' }),
  });
  const imports = createTrafficImport({ history, clock, newId });
  const replaying = createReplaying({
    ...parts,
    flows,
    pulls,
    recording,
    decisions,
    sandbox,
    imports,
    logs: () => keeping.logs.importing,
    transactions: transactions.desk,
    findingsOf: explaining.findingsOf,
    outgoingToken: ports.outgoingToken,
    onTrouble: log.trouble,
    onScenarios: () => events.tell({ kind: 'scenarios' }),
  });
  const own = createOwnDesk({ history, platform, links, clock });
  const { close: closeKept, ...keeping } = createKeeping({
    ...{ ...parts, keyStore, schedules, viewing: options.viewing },
    faults: faults.desk,
    scenarios: replaying.scenarios,
    own,
    transactions: transactions.desk,
    transactionsAnew: () => figures.anew(transactions.anew),
    onTrouble: log.trouble,
    tell: events.tell,
    prunes: played === undefined && options.viewing === undefined,
  });
  const figures = createFiguring({
    ...{ history, links, schedules, clock, transactions: transactions.desk, onTrouble: log.trouble, tell: events.tell },
    onlyWhenAsked: played !== undefined || options.viewing !== undefined,
  });
  const keyNotice = () => history.keyNotice() ?? null;
  const acknowledgeKeyNotice = () => void history.transaction(history.acknowledgeKeyNotice);

  return done({
    platform: { ...platform, keyNotice, acknowledgeKeyNotice },
    links,
    flows,
    runs,
    pulls,
    schedules,
    objects: createObjectDesk({ objects: history.objects, links }),
    browsing: createObjectBrowsing({ history, links }),
    own,
    decisions,
    serving: operated,
    owner,
    resending,
    sending,
    imports,
    page: createPageDesk(history),
    life,
    faults: faults.desk,
    errors: explaining.desk,
    transactions: transactions.desk,
    ...replaying,
    ...keeping,
    ...figures.desks,
    sandbox,
    exchanges: createExchangeDesk({
      history,
      seal: sealer.text,
      onNote: id => events.tell({ kind: 'exchanges', recorded: 0, failed: 0, newest: 0, changed: [id] }),
    }),
    events,
    describe: () => viewPlatform({ file, platform, serving: operated, health: history.health, keyNotice }),
    close: async () => {
      schedules.end();
      life.halt();
      decisions.settle('last');
      await runs.close();
      await serving.stop();
      await Promise.all([wires.close(), faults.close(), answering.results.close()]);
      await life.ended();
      await Promise.all([imports.close(), closeKept(), figures.close()]);
      await Promise.all([explaining.close(), transactions.close()]);
      // Last of those who speak: what we still asked of it is cancelled, not waited for.
      await sandbox.close();
      await history.close();
      log.close();
    },
  });
}
