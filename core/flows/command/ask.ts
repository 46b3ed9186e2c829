import type { AskedOutcome } from '../../contract/run.ts';
import { finding } from '../../ocpi/findings.ts';
import type { PullRun } from '../pull/ports.ts';
import type { FlowResult } from '../registration/ports.ts';
import { createTalk } from '../talk.ts';
import { type AnswerRead, readAnswer } from './answer.ts';
import type { ArrivedResult, AskOrder, AskPorts, Awaited } from './ports.ts';

/**
 * Asks for something that is decided at once and, where it is a command or a charging profile, carried out later: sends the
 * request, reads the answer, waits for the result as long as the answer says (digest 6.5 to 6.7).
 */
export async function ask(ports: AskPorts, run: PullRun, order: AskOrder): Promise<FlowResult> {
  const { link, version, words, operation, method, url, text, routing, good, awaited } = order;
  const startedAt = ports.clock.now();
  const talk = createTalk({ ports, link, version, run });
  const heard = await talk({
    operation,
    method,
    url,
    version,
    ...(text === undefined ? {} : { text }),
    ...(routing === undefined ? {} : { routing }),
  });
  if (heard === undefined) {
    const reason = `there is no readable token to call ${link.name} with`;
    run.tell({ step: 'request', ok: false, exchangeIds: [], reason });
    return { ok: false, summary: `${words}: ${reason}`, version, asked: { operation, results: [] } };
  }
  const answer = readAnswer(heard, order);
  const accepted = heard.ok && answer.result === good;
  awaited?.answered({ accepted, ...(answer.result === undefined ? {} : { result: answer.result }) });
  const { ok, reason, findings } = heard;
  const exchangeIds = [...heard.exchangeIds];
  run.tell({ step: 'request', ok, exchangeIds, reason, findings });
  const last = exchangeIds.at(-1);
  if (answer.findings.length > 0 && last !== undefined) {
    await ports.noteAnswer(last, { findings: [...findings, ...answer.findings] });
  }
  const seconds = answer.timeout ?? order.wait;
  const asked = { operation, ...answerOf(answer, awaited && accepted ? seconds : undefined) };
  if (ok || answer.result !== undefined) {
    const said = answer.result ?? 'nothing that can be read';
    const promised = awaited && accepted ? `, ${promiseOf(answer, seconds)}` : '';
    run.tell({ step: 'answer', ok: accepted, exchangeIds, reason: `${said}${promised}`, findings: answer.findings });
  }
  const detail = heard.data === undefined ? {} : { detail: heard.data };
  if (awaited === undefined || !accepted) {
    const early = awaited === undefined ? [] : tellArrived(run, { awaited, startedAt, seen: 0 });
    const said = answer.result !== undefined ? answer.result : ok ? 'the answer says nothing that can be read' : reason;
    const odd = early.length === 0 ? '' : `; a result came all the same: ${early.join(', ')}`;
    const summary = `${words} to ${link.name}: ${said}${odd}`;
    return { ok: accepted, summary, version, asked: { ...asked, results: [], ...detail } };
  }
  const result = await awaitResult(ports, run, { awaited, startedAt, seconds });
  const told = `${words} to ${link.name}: ${answer.result}`;
  if (result === undefined) {
    const why = run.signal.aborted ? 'cancelled before its result came' : `no result within ${seconds} s`;
    if (!run.signal.aborted) {
      const never = finding('result.never', { met: 'nothing', expected: `a result within ${seconds} s` });
      run.tell({ step: 'result', ok: false, exchangeIds: [], reason: why, findings: [never] });
    }
    return { ok: false, summary: `${told}, ${why}`, version, asked: { ...asked, results: [], ...detail } };
  }
  return {
    ok: result.result === good,
    summary: `${told}, then ${result.result} after ${secondsOf(result.at - startedAt)}`,
    version,
    asked: { ...asked, results: [], detail: result.data },
  };
}

function answerOf(answer: AnswerRead, timeout: number | undefined): Pick<AskedOutcome, 'answered' | 'timeout'> {
  return {
    ...(answer.result === undefined ? {} : { answered: answer.result }),
    ...(timeout === undefined ? {} : { timeout }),
  };
}

function promiseOf({ timeout }: AnswerRead, seconds: number): string {
  const unsaid = timeout === undefined ? ', as it does not say' : '';
  return `a result within ${seconds} s${unsaid}`;
}

interface Waiting {
  readonly awaited: Awaited;
  readonly startedAt: number;
  /** From now on. */
  readonly seconds: number;
}

/** The first result that can be read; what cannot is told, and does not end the waiting. */
async function awaitResult(
  { clock }: AskPorts,
  run: PullRun,
  { awaited, startedAt, seconds }: Waiting,
): Promise<ArrivedResult | undefined> {
  const until = clock.elapsed() + Math.max(0, seconds) * 1000;
  run.progress({ objects: 0, pages: 0, rate: 0, secondsLeft: seconds, waiting: `up to ${seconds} s for the result` });
  for (let seen = 0; ; ) {
    tellArrived(run, { awaited, startedAt, seen });
    const result = awaited.arrived.slice(seen).find(one => one.result !== undefined);
    if (result !== undefined) return result;
    seen = awaited.arrived.length;
    const ms = until - clock.elapsed();
    if (ms <= 0 || run.signal.aborted) return undefined;
    await awaited.more(seen, { ms, signal: run.signal });
  }
}

/** A step for each result not told yet; the words of those that can be read. */
function tellArrived(
  run: PullRun,
  { awaited, startedAt, seen }: { awaited: Awaited; startedAt: number; seen: number },
): string[] {
  return awaited.arrived.slice(seen).flatMap(({ exchangeId, at, result, findings }) => {
    const after = `after ${secondsOf(at - startedAt)}`;
    const reason = result === undefined ? `something that is no result, ${after}` : `${result}, ${after}`;
    run.tell({ step: 'result', ok: result === 'ACCEPTED', exchangeIds: [exchangeId], reason, findings });
    return result === undefined ? [] : [result];
  });
}

export function secondsOf(ms: number): string {
  return `${(Math.max(0, ms) / 1000).toFixed(1)} s`;
}
