import type { Clock } from '../../clock.ts';
import type { ExchangeFaults } from '../../http/exchange.ts';
import type { Play } from '../../http/line.ts';
import type { WireRequest, WireResponse } from '../../http/wire.ts';
import { entryById } from '../../ocpi/catalogue.ts';
import type { Version } from '../../ocpi/versions.ts';
import type { FaultEngine } from '../at-work.ts';
import { type AnswerMessage, AS_USUAL, type Draft, draftOf, type Message } from '../draft.ts';
import type { OwnParty } from '../kind.ts';
import { FOLLOW_UP_FIRST, wireWords } from '../wire-words.ts';
import { guarded, type OnTrouble } from './guarded.ts';
import { leavingBody, playing } from './play.ts';

export interface AnsweringFaultsParts {
  readonly engine: FaultEngine;
  readonly clock: Clock;
  readonly ownVersionsUrl: () => string;
  readonly onTrouble: OnTrouble;
  readonly ownParties?: () => readonly OwnParty[];
}

/** A request to us, as the server tells of it. */
export interface MetRequest {
  readonly linkId: number | undefined;
  readonly operation: string;
  readonly version: Version | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly request: WireRequest;
  readonly party: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** Binds the rules to a server: what they do to an answer of ours, and how it leaves. */
export function createAnsweringFaults(parts: AnsweringFaultsParts) {
  const { engine, clock, ownVersionsUrl, ownParties, onTrouble } = parts;
  const safely = <T, U>(work: () => T, otherwise: U) => guarded(work, otherwise, onTrouble);
  return {
    meet: ({ linkId, operation, version, params, request, party, from, to }: MetRequest) => {
      const entry = entryById(operation);
      const met = {
        ...(linkId === undefined ? {} : { linkId }),
        ...(party === undefined ? {} : { party }),
        facts: {
          direction: 'answer',
          operation,
          ...(entry === undefined ? {} : { entry }),
          ...(version === undefined ? {} : { version }),
          request,
          params,
          ownVersionsUrl: ownVersionsUrl(),
          ...(ownParties === undefined ? {} : { ownParties: ownParties() }),
          ...(from === undefined ? {} : { from }),
          ...(to === undefined ? {} : { to }),
          now: clock.now(),
        },
      } as const;
      const work = safely(() => engine.meet(met), undefined);
      if (work === undefined) return undefined;
      return {
        before: (query: string) => {
          const asked = safely(() => work.before({ query }), { ask: { query } });
          return 'answer' in asked ? { answer: asked.answer } : { query: asked.ask.query };
        },
        alter: (answer: WireResponse, planned: boolean) => {
          const message = { side: 'answer', ...answer } as const;
          const unchanged = { draft: draftOf(message), firings: [] };
          const { draft, firings } = safely(() => work.alter(message), unchanged);
          return leavingAs(draft, answer, {
            clock,
            faults:
              firings.length === 0
                ? undefined
                : { firings, ...(planned ? { intended: intendedOf(answer) } : {}), wire: wireWords(draft) },
          });
        },
      };
    },
    connect: () => {
      const refused = safely(() => engine.connect?.(), undefined);
      if (refused === undefined) return undefined;
      const words = { alert: 'handshake refused with an alert', close: 'close', reset: 'reset' };
      return { by: refused.by, faults: { firings: [refused.firing], wire: [words[refused.by]] } };
    },
  };
}

interface LeavingContext {
  readonly clock: Clock;
  readonly faults: ExchangeFaults | undefined;
}

function leavingAs(draft: Draft, original: WireResponse, { clock, faults }: LeavingContext) {
  const message = answerOf(draft.message, original);
  const { followUpFirst } = draft;
  const leaving = leavingBody(draft.steps, message.body);
  const steps =
    followUpFirst === undefined ? draft.steps : [{ do: 'wait', ms: followUpFirst } as const, ...draft.steps];
  const said = followUpFirst === undefined ? [] : [FOLLOW_UP_FIRST];
  const play: Play = playing({ steps, body: message.body, clock, said });
  return {
    message,
    leaves: leaving === undefined ? undefined : { ...message, body: leaving },
    usual: isUsual(draft),
    followUpFirst: followUpFirst !== undefined,
    play,
    faults,
  };
}

/** A kind that makes a request of an answer is a bug: the answer is left as it was. */
function answerOf(message: Message, original: WireResponse): WireResponse {
  if (message.side !== 'answer') return original;
  const { status, statusText, headers, body }: AnswerMessage = message;
  return { status, statusText, headers, body };
}

function intendedOf({ status, statusText, headers, body }: WireResponse): NonNullable<ExchangeFaults['intended']> {
  return { start: `HTTP/1.1 ${status} ${statusText}`, headers, body };
}

export function isUsual({ steps }: Draft): boolean {
  return steps === AS_USUAL || JSON.stringify(steps) === JSON.stringify(AS_USUAL);
}
