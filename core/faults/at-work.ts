import type { FaultFiring } from '../contract/fault.ts';
import type { AnswerMessage, Draft, Message } from './draft.ts';
import type { Ask, Facts } from './kind.ts';

/** An exchange that may be in the scope of rules. */
export interface Met {
  /** Absent where no link could be told. */
  readonly linkId?: number;
  readonly facts: Facts;
  /** The other party as routed, `NL-TNM`, where it is said. */
  readonly party?: string;
}

/** The rules at work on one exchange, in their order. */
export interface AtWork {
  /** Of a call to us: before its answer is worked out. An answer given here is all the answer there is. */
  before(ask: Ask): { readonly ask: Ask } | { readonly answer: AnswerMessage };
  /** Takes the message that is about to cross through every rule. `firings` tells of all so far, `before` included. */
  alter(message: Message): { readonly draft: Draft; readonly firings: readonly FaultFiring[] };
}

/** Chooses among the armed rules. */
export interface FaultEngine {
  /**
   * Undefined where no armed rule has it in scope. Counts it as met and draws the chances: called once for each exchange,
   * synchronously, so that requests that come in the same order meet the same faults.
   */
  meet(met: Met): AtWork | undefined;
  /**
   * A TLS connection to us begins, and nobody knows whose it is. Undefined lets it in; else its handshake is refused. Only rules
   * whose kind has `refuseHandshake` are asked, and of them only those whose scope asks for nothing but direction and time.
   */
  connect?(): { readonly by: 'alert' | 'close' | 'reset'; readonly firing: FaultFiring } | undefined;
}
