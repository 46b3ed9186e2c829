import type { Finding } from '../../ocpi/findings.ts';
import { finding } from '../../ocpi/findings.ts';
import { headerValue } from '../../ocpi/raw-headers.ts';
import { converse } from '../registration/conversation.ts';
import type { FlowAnswer } from '../registration/ports.ts';
import type { PullOrder, PullPorts, PullRun } from './ports.ts';
import { type Failure, MOST_TRIES, type Retry, readRetryAfter, retryOf } from './retry.ts';

/** An answer worth reading, or why there is none in the end. */
export type Fetched =
  | {
      readonly ok: true;
      readonly answer: FlowAnswer;
      readonly body: NonNullable<FlowAnswer['body']>;
      readonly head: NonNullable<FlowAnswer['http']>;
    }
  | { readonly ok: false; readonly how: 'failed' | 'cancelled'; readonly reason: string };

/** How often one page failed so far, whether on the wire or when it was read. */
export interface Tries {
  failed: number;
}

export interface PageAsk {
  readonly operation: string;
  readonly url: string;
  readonly tries: Tries;
  readonly signal: AbortSignal;
}

export interface PageSource {
  /** One page, with as many retries as are worth it. */
  fetch(ask: PageAsk): Promise<Fetched>;
  /** Waits before a page is asked for again that failed behind the wire; undefined when it is not worth it. */
  again(failure: Failure, reason: string, ask: Pick<PageAsk, 'tries' | 'signal'>): Promise<string | undefined>;
}

export interface PageSourceOptions {
  readonly ports: PullPorts;
  readonly run: PullRun;
  readonly order: Pick<PullOrder, 'link' | 'version' | 'routing'>;
  /** Of tries that failed. */
  readonly noticed: (exchangeIds: readonly number[], findings: readonly Finding[]) => void;
  /** What is waited for; undefined when the waiting is over. */
  readonly waiting: (words: string | undefined) => void;
}

const CANCELLED = { ok: false, how: 'cancelled', reason: 'cancelled' } as const;

/** Asks a partner for pages with the token of the moment, in the form it wants. */
export function createPageSource({ ports, run, order, noticed, waiting }: PageSourceOptions): PageSource {
  const { clock } = ports;
  const { link, version, routing } = order;
  let conversation: { readonly token: string; readonly talk: ReturnType<typeof converse> } | undefined;

  /** A rotation may exchange the token in the middle of a pull. */
  const talk = () => {
    const token = ports.outgoingToken(link.id);
    if (token === undefined) return undefined;
    if (conversation?.token !== token.value) {
      const words = { ...token, words: `token ${token.kind}` };
      conversation = {
        token: token.value,
        talk: converse({ ports, run, link, token: words, likelyVersion: version }),
      };
    }
    return conversation.talk;
  };

  const wait = async (ms: number, why: string, signal: AbortSignal): Promise<boolean> => {
    waiting(`${ms < 10_000 ? (ms / 1000).toFixed(1) : Math.round(ms / 1000)} s, because ${why}`);
    try {
      await clock.sleep(ms, signal);
      return true;
    } catch {
      // The sleep ends early for one reason only: somebody cancelled.
      return false;
    } finally {
      waiting(undefined);
    }
  };

  const retry = (failure: Failure, tries: Tries, retryAfter: string | undefined): Retry => {
    tries.failed++;
    return retryOf(failure, { tries: tries.failed, now: clock.now(), chance: ports.random(), retryAfter });
  };

  return {
    fetch: async ({ operation, url, tries, signal }) => {
      for (;;) {
        if (signal.aborted) return CANCELLED;
        const asking = talk();
        if (asking === undefined) {
          return { ok: false, how: 'failed', reason: `there is no readable token to call ${link.name} with` };
        }
        const answer = await asking.ask({
          operation,
          method: 'GET',
          url,
          version,
          bodyTo: 'caller',
          signal,
          ...(routing === undefined ? {} : { routing }),
        });
        const { body, http } = answer;
        if (answer.ok && body !== undefined && http !== undefined) return { ok: true, answer, body, head: http };
        if (signal.aborted) return CANCELLED;
        const retryAfter = http && headerValue(http.headers, 'retry-after');
        const odd =
          retryAfter !== undefined && readRetryAfter(retryAfter, clock.now()) === undefined
            ? [finding('retry-after.unusable', { pointer: 'header:Retry-After', met: retryAfter, expected: 'seconds' })]
            : [];
        noticed(answer.exchangeIds, [...answer.findings, ...odd]);
        const next = retry(answer, tries, retryAfter);
        if (!next.again) return { ok: false, how: 'failed', reason: withCause(adviceFor(answer), next.because) };
        if (!(await wait(next.waitMs, answer.reason, signal))) return CANCELLED;
      }
    },
    again: async (failure, reason, { tries, signal }) => {
      const next = retry(failure, tries, undefined);
      if (!next.again) return withCause(reason, next.because);
      await wait(next.waitMs, reason, signal);
      return undefined;
    },
  };
}

function withCause(reason: string, because: string | undefined): string {
  return because === undefined ? reason : `${reason}; ${because}`;
}

function adviceFor({ ended, reason }: FlowAnswer): string {
  if (ended.how === 'too-large') return `${reason}: ask for smaller pages`;
  return ended.how === 'timeout' ? `${reason} (up to ${MOST_TRIES} tries; smaller pages may help)` : reason;
}
