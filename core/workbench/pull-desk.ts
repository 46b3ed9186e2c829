import type { Clock } from '../clock.ts';
import { done, failed, type Outcome } from '../contract/failure.ts';
import type { PullInput, PullResult } from '../contract/objects.ts';
import type { PullPorts } from '../flows/pull/ports.ts';
import { pull } from '../flows/pull/pull.ts';
import { pullOne } from '../flows/pull/single.ts';
import type { FlowAnswer, FlowCall, RegistrationPorts } from '../flows/registration/ports.ts';
import type { History } from '../history/history.ts';
import type { ExchangeUpdate } from '../http/exchange.ts';
import type { LinkDesk } from './link-desk.ts';
import type { PlatformDesk } from './platform.ts';
import { bindBookmarks } from './pull-bookmarks.ts';
import { orderOf } from './pull-order.ts';
import type { RunDesk } from './run-desk.ts';

/** What an operator pulls; each pull is a run. */
export interface PullDesk {
  /** The id of the run, or why there is none. One pull of a link's module at a time. */
  start(input: PullInput): Outcome<number>;
  /** What a pull that has ended came to. */
  result(runId: number): Outcome<PullResult>;
}

export interface PullDeskOptions {
  readonly history: History;
  readonly clock: Clock;
  readonly random: () => number;
  readonly links: LinkDesk;
  readonly platform: PlatformDesk;
  readonly runs: RunDesk;
  readonly call: (call: FlowCall) => Promise<FlowAnswer>;
  readonly outgoingToken: RegistrationPorts['outgoingToken'];
  readonly updateExchange: (id: number, update: ExchangeUpdate) => Promise<unknown>;
}

/** Findings kept with one exchange; the rest is counted in the pull's result. */
const MOST_NOTED = 50;

export function createPullDesk(options: PullDeskOptions): PullDesk {
  const { history, clock, links, platform, runs } = options;
  const noted = createNoting();
  const ports = bindPull(options, noted.add);
  const busy = new Map<string, number>();

  return {
    start: input => {
      const found = links.find(input.name);
      if (!found.ok) return found;
      const link = found.value;
      const key = `${link.id} ${input.module}`;
      const other = busy.get(key);
      if (other !== undefined) {
        return failed(
          'BUSY',
          `run ${other} pulls ${input.module} of ${link.name}`,
          'Wait for it to end, or cancel it.',
        );
      }
      const ordered = orderOf(input, {
        link,
        ownParties: platform.config().parties,
        hasCursor: history.objects.cursor({ linkId: link.id, module: input.module }) !== undefined,
        now: clock.now(),
      });
      if (!ordered.ok) return ordered;
      if (options.outgoingToken(link.id) === undefined) {
        const advice = `Enter it anew: wb link set ${link.name} --token T.`;
        return failed('TOKEN_MISSING', `there is no readable token to call ${link.name} with`, advice);
      }
      const { value } = ordered;
      return runs.start({ kind: 'pull', linkId: link.id, initiator: 'us' }, async run => {
        busy.set(key, run.runId);
        try {
          return value.what === 'lists' ? await pull(ports, run, value.order) : await pullOne(ports, run, value.order);
        } finally {
          // Whoever looks at the exchanges of a run that has ended finds what was noted on them.
          await noted.all();
          busy.delete(key);
        }
      });
    },
    result: runId => {
      const run = runs.get(runId);
      const tally = run?.result?.pull;
      if (run === undefined || run.kind !== 'pull') {
        return failed('NOT_FOUND', `there is no pull ${runId}`, 'wb pull prints the id of its run.');
      }
      if (run.state === 'running') {
        return failed('BUSY', `pull ${runId} is under way`, 'Wait for it to end, or cancel it.');
      }
      const nothing = { objects: 0, added: 0, changed: 0, unchanged: 0, vanished: 0, pages: 0, findings: [] };
      return done({
        ok: run.state === 'done',
        runId,
        ...(tally ?? nothing),
        durationMs: (run.endedAt ?? run.startedAt) - run.startedAt,
        summary: run.result?.summary ?? `the pull is ${run.state}`,
      });
    },
  };
}

/** Binds what a pull does to the world. */
function bindPull(
  { history, clock, random, call, outgoingToken, updateExchange }: PullDeskOptions,
  under: (noting: Promise<unknown>) => void,
): PullPorts {
  const { objects, transaction } = history;
  return {
    clock,
    random,
    call,
    outgoingToken,
    ingest: objects.ingest,
    cursor: objects.cursor,
    moveCursor: (list, to) => transaction(() => objects.moveCursor({ ...list, to })),
    ...bindBookmarks(history),
    noteAnswer: (id, { findings, ocpiStatus }) => {
      const noted = { findings: findings.slice(0, MOST_NOTED), ...(ocpiStatus === undefined ? {} : { ocpiStatus }) };
      under(updateExchange(id, noted));
    },
  };
}

/** What is being written beside the flow. It resolves whatever happens: the recorder tells storage trouble itself. */
function createNoting() {
  const open = new Set<Promise<unknown>>();
  return {
    add: (noting: Promise<unknown>) => {
      open.add(noting);
      void noting.then(() => open.delete(noting));
    },
    all: () => Promise.all(open),
  };
}
