import type { Clock } from '../clock.ts';
import type { OwnParty } from '../contract/platform.ts';
import type { AskedOutcome, Run } from '../contract/run.ts';
import { decisionIn } from '../flows/command/answer.ts';
import { secondsOf } from '../flows/command/ask.ts';
import type { ArrivedResult, Awaited } from '../flows/command/ports.ts';
import type { History } from '../history/history.ts';
import { type Finding, finding } from '../ocpi/findings.ts';
import { type Answered, judgeResult, type ResultContext } from '../ocpi/judge-result.ts';
import { hasSide } from '../ocpi/role-modules.ts';
import type { OwnDataParts } from '../server/modules/own-lists.ts';
import type { PostedResult, ResultPlace, ResultReceiver } from '../server/modules/results.ts';
import type { RunDesk } from './run-desk.ts';
import { callerOf } from './sending/own-texts.ts';
import { viewOf } from './sending/views.ts';

/** The response_url of one run, for as long as the run lasts. */
export interface OpenAwaited extends Awaited {
  readonly url: string;
  /** What the outcome says of it. */
  results(): AskedOutcome['results'];
  /** Later results belong to a run that has ended. */
  close(): void;
}

export interface AwaitedResults extends ResultReceiver {
  open(of: Omit<ResultPlace, 'key'> & { readonly linkId: number }): OpenAwaited;
  /** One of several of a run, told apart by a number. What comes there is judged and recorded, and changes nothing of the run. */
  urlOf(of: Omit<ResultPlace, 'key'> & { readonly no: number }): string;
}

export interface AwaitedResultsOptions {
  readonly history: Pick<History, 'tokens' | 'links'>;
  readonly runs: Pick<RunDesk, 'get' | 'amend'>;
  readonly urls: OwnDataParts['urls'];
  readonly clock: Clock;
}

/** Timers have a limit; whoever waits longer comes back. */
const LONGEST_SLEEP_MS = 3_600_000;

interface Open {
  readonly linkId: number;
  readonly startedAt: number;
  readonly arrived: ArrivedResult[];
  answer: Answered | undefined;
  wake: () => void;
}

type AskedPlace = Omit<ResultPlace, 'key'>;

/**
 * Our response_urls. The run's id stands in them, and a key that only this database can make of it, so that a result finds
 * its run after a restart too, and nobody makes one up.
 */
export function createAwaitedResults({ history, runs, urls, clock }: AwaitedResultsOptions): AwaitedResults {
  const { tokens, links } = history;
  const open = new Map<number, Open>();
  const keyOf = ({ module, version, what, runId }: AskedPlace) =>
    tokens.idOf(`response_url ${module} ${version} ${what} ${runId}`);
  const numberedKeyOf = (no: string, { module, version, what, runId }: AskedPlace) =>
    `${no}.${tokens.idOf(`response_url ${module} ${version} ${what} ${runId} ${no}`)}`;
  const isKey = ({ key, ...place }: ResultPlace) => {
    const no = /^(\d+)\./.exec(key)?.[1];
    return key === (no === undefined ? keyOf(place) : numberedKeyOf(no, place));
  };

  const take = (posted: PostedResult): readonly Finding[] => {
    const { runId, version, what, exchangeId, body, view, findings } = posted;
    const at = clock.now();
    const result = decisionIn(view);
    const run = runs.get(runId);
    const waiting = open.get(runId);
    const context = { version, what, body, result };
    const found = judgeResult({ ...context, ...(waiting ? whileOpen(waiting) : afterwards(run, at)) });
    const all = [...findings, ...found];
    const arrived = { exchangeId, at, data: view, findings: all, ...(result === undefined ? {} : { result }) };
    if (waiting !== undefined) {
      waiting.arrived.push(arrived);
      waiting.wake();
    } else if (run !== undefined && run.kind !== 'replay') runs.amend(runId, amended(run, arrived, posted));
    return found;
  };

  return {
    open: of => {
      const entry: Open = { linkId: of.linkId, startedAt: clock.now(), arrived: [], answer: undefined, wake: () => {} };
      open.set(of.runId, entry);
      const base = urls.endpointUrl(of.version, of.module, 'SENDER');
      return {
        url: `${base}/${of.what}/${of.runId}/${keyOf(of)}`,
        arrived: entry.arrived,
        answered: answer => {
          entry.answer = answer;
        },
        more: async (seen, { ms, signal }) => {
          if (entry.arrived.length > seen) return;
          const slept = new AbortController();
          const cancel = () => slept.abort();
          entry.wake = cancel;
          signal.addEventListener('abort', cancel, { once: true });
          if (signal.aborted) cancel();
          // Ends early for one of two reasons, which whoever waits looks for itself.
          await clock.sleep(Math.min(ms, LONGEST_SLEEP_MS), slept.signal).catch(() => {});
          signal.removeEventListener('abort', cancel);
        },
        results: () => entry.arrived.flatMap(one => outcomeOf(one, entry.startedAt)),
        close: () => void open.delete(of.runId),
      };
    },
    urlOf: ({ no, ...of }) => {
      const base = urls.endpointUrl(of.version, of.module, 'SENDER');
      return `${base}/${of.what}/${of.runId}/${numberedKeyOf(String(no), of)}`;
    },
    callerAt: place => {
      if (!isKey(place)) return undefined;
      const linkId = open.get(place.runId)?.linkId ?? runs.get(place.runId)?.linkId;
      const link = linkId === undefined ? undefined : links.get(linkId);
      return link === undefined || link.state === 'suspended' ? undefined : callerOf(link);
    },
    take,
    refused: ({ module, what, runId }, linkId) =>
      linkId === undefined
        ? finding('result.unknown-url', { pointer: 'url', met: `${what}/${runId}`, expected: 'a response_url of ours' })
        : finding('result.other-partner', {
            pointer: 'header:Authorization',
            met: `the token of another partner, for a request of ${module}`,
            expected: `the token of ${links.nameOf(linkId) ?? 'the one that was asked'}`,
          }),
  };
}

type Timing = Pick<ResultContext, 'answer' | 'earlier' | 'inTime'>;

function whileOpen({ answer, arrived }: Open): Timing {
  const earlier = arrived.flatMap(({ result }) => (result === undefined ? [] : [result]));
  return { answer: answer ?? 'open', earlier, inTime: true };
}

/** Of a run that has ended: by its outcome, as far as there is one. */
function afterwards(run: Run | undefined, at: number): Timing {
  const asked = run?.result?.asked;
  if (run === undefined || asked === undefined) return { answer: 'unknown', earlier: [], inTime: true };
  const { answered, timeout, results } = asked;
  const earlier = results.map(({ result }) => result);
  // Only what was accepted promises a result, and so has a timeout in its outcome.
  const answer = { accepted: timeout !== undefined, ...(answered === undefined ? {} : { result: answered }) };
  const inTime = run.state === 'cancelled' && at - run.startedAt <= (timeout ?? 0) * 1000;
  return { answer, earlier, inTime };
}

function outcomeOf({ result, exchangeId, at }: ArrivedResult, startedAt: number): AskedOutcome['results'] {
  return result === undefined ? [] : [{ result, exchangeId, afterMs: Math.max(0, at - startedAt) }];
}

/** A step for it, and a line in the outcome, of a run that nobody goes on with. */
function amended(run: Run, arrived: ArrivedResult, { module, what }: AskedPlace): Pick<Run, 'steps' | 'result'> {
  const { result, exchangeId, at, data, findings } = arrived;
  const after = `after ${secondsOf(at - run.startedAt)}`;
  const reason = `${result ?? 'something that is no result'}, ${after}, when nobody waited for it any more`;
  const step = { step: 'result', ok: result === 'ACCEPTED', exchangeIds: [exchangeId], reason };
  const steps = [...run.steps, { ...step, findings: findings.map(viewOf) }];
  const before = run.result ?? { summary: 'interrupted before its end' };
  const operation = `${module}.${what.toLowerCase().replaceAll('_', '-')}`;
  const asked = before.asked ?? { operation, results: [] };
  const results = [...asked.results, ...outcomeOf(arrived, run.startedAt)];
  return {
    steps,
    result: { ...before, asked: { ...asked, results, ...(result === undefined ? {} : { detail: data }) } },
  };
}

/** Modules in which one of these parties waits for results: those that command, and those that set profiles (digest 4.1). */
export function awaitingModules(parties: readonly OwnParty[]): ResultPlace['module'][] {
  return (['commands', 'chargingprofiles'] as const).filter(module =>
    parties.some(({ role }) => role !== 'HUB' && hasSide(role, module, 'SENDER')),
  );
}
