import type { Policy } from '../contract/policy.ts';
import type { ScenarioExpectation, ScenarioFlow, ScenarioIdKind } from '../contract/scenario.ts';
import type { RawHeaders } from '../ocpi/raw-headers.ts';
import type { Version } from '../ocpi/versions.ts';

/** A message as it stands in the history: sealed, so that `{token:ID:form:LENGTH}` stands where credentials tokens were. */
export interface SpokenMessage {
  readonly headers: RawHeaders;
  /** After content decoding; undefined where there is none, or it is no text. */
  readonly text: string | undefined;
  /** On the wire, in bytes. */
  readonly length: number;
  /** Only a beginning of the body is kept. */
  readonly shortened: boolean;
}

export interface SpokenAnswer extends SpokenMessage {
  readonly status: number;
  readonly statusText: string;
}

/** One request and its answer, as recorded, or as a scenario has it. */
export interface SpokenExchange {
  /** Catalogue id, or `unknown`. */
  readonly operation: string;
  readonly method: string;
  /** Absolute where it is known whole; else the request target as sent. */
  readonly url: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly durationMs: number | null;
  readonly request: SpokenMessage;
  readonly answer: SpokenAnswer | undefined;
  /** How it ended (core/http/wire.ts, `Ended`). */
  readonly ended: { readonly how: string; readonly [detail: string]: unknown };
  /** `NL-TNM`, as sent in the routing headers. */
  readonly fromParty: string | undefined;
  readonly toParty: string | undefined;
  readonly requestId: string | undefined;
  readonly correlationId: string | undefined;
  /** Codes of the findings beside it, of all detectors, sorted, each once. */
  readonly findings: readonly string[];
}

/** A request that is part of what is replayed. */
export interface RequestStep {
  readonly kind: 'request';
  /** From 1 on. */
  readonly no: number;
  /** `us`: we send it. `them`: it is awaited. */
  readonly by: 'us' | 'them';
  /** Milliseconds after the first step, at the recording's own speed. */
  readonly at: number;
  readonly spoken: SpokenExchange;
  /** The recorded exchange; absent in scenarios. */
  readonly exchangeId?: number;
  /** Further ones that this step stands for, in their order: updates of one object, of which the partner may send another number. */
  readonly also?: readonly SpokenExchange[];
  readonly alsoIds?: readonly number[];
  /** Of scenarios: instead of the recorded answer, or of what they send. */
  readonly expectation?: ScenarioExpectation;
  /** Of scenarios, where we are asked: how we answer. */
  readonly answerWith?: Partial<Policy>;
  /** It may come so often. Of recordings: messages of which the partner may send another number (updates of a session). */
  readonly repeats?: { readonly least: number; readonly most: number };
  /** Milliseconds it is waited for, at the recording's own speed. */
  readonly withinMs: number;
  readonly prompt?: string;
}

/** A flow of several exchanges that is run as such: its tokens and endpoints are never those of the recording. */
export interface FlowStep {
  readonly kind: 'flow';
  readonly no: number;
  readonly at: number;
  readonly flow: ScenarioFlow['flow'];
  readonly exchangeIds: readonly number[];
}

export type Step = RequestStep | FlowStep;

/** What is to be replayed, whatever it was made of. */
export interface Recording {
  readonly title: string;
  readonly version: Version;
  /** `written`: a scenario, whose ids are names and whose times count from `startedAt`. */
  readonly made: 'recorded' | 'written';
  /** Milliseconds since the epoch: what times in its messages are relative to. */
  readonly startedAt: number;
  readonly steps: readonly Step[];
  /** Of scenarios: ids by their kind and the name that stands for them in the messages. */
  readonly declared?: readonly {
    readonly kind: ScenarioIdKind;
    readonly name: string;
    /** The partner need not tell it: what would hold it is left out then. */
    readonly optional?: boolean;
  }[];
  /** What was left out of the source and why; one sentence each. */
  readonly notes: readonly string[];
}
