import type { Link } from '../contract/link.ts';
import type { Version } from '../ocpi/versions.ts';
import { type Ask, converse, type Heard } from './registration/conversation.ts';
import type { FlowAnswer, FlowCall, OutgoingToken } from './registration/ports.ts';

/** What a call to a registered partner needs of the world. */
export interface TalkPorts {
  call(call: FlowCall): Promise<FlowAnswer>;
  /** The token we call the partner with now; it may change in the middle of a run. */
  outgoingToken(linkId: number): OutgoingToken | undefined;
}

export interface TalkOptions {
  readonly ports: TalkPorts;
  readonly link: Link;
  readonly version: Version;
  readonly run?: { readonly runId: number; readonly signal?: AbortSignal };
}

/** Asks a partner in the form it wants its token; undefined where there is no readable token to call it with. */
export type Talk = (ask: Ask) => Promise<Heard | undefined>;

/** One conversation for as long as the token stays the same, so that a form once learned is kept. */
export function createTalk({ ports, link, version, run }: TalkOptions): Talk {
  let begun: { readonly token: string; readonly conversation: ReturnType<typeof converse> } | undefined;
  return async ask => {
    const token = ports.outgoingToken(link.id);
    if (token === undefined) return undefined;
    if (begun?.token !== token.value) {
      const named = { ...token, words: `token ${token.kind}` };
      begun = {
        token: token.value,
        conversation: converse({ ports, run: run ?? {}, link, token: named, likelyVersion: version }),
      };
    }
    return begun.conversation.ask(ask);
  };
}
