import type { Clock } from '../../clock.ts';
import type { ObjectIngest, PageStored, PageToStore } from '../../contract/ingest.ts';
import type { KnownToken } from '../../http/token-search.ts';
import { createAskingThread } from './asking-thread.ts';
import type { Gate } from './gate.ts';
import type { IngestAnswer, IngestQuestion, IngestStart } from './ingest-messages.ts';
import { kindOf } from './kinds.ts';
import { NOTHING_COUNTED } from './page-judging.ts';

/** The ingest, and what the history itself needs of its thread. */
export interface IngestThread extends ObjectIngest {
  /** Deletes what removed links left behind, when there is time. */
  sweep(): void;
  /** Resolves when everything handed over is stored and the thread has ended. */
  close(): Promise<void>;
}

export interface IngestOptions {
  readonly file: string;
  readonly clock: Clock;
  readonly gate: Gate;
  /** `NL-TNM`: the only party of a link, whose its objects are where they do not say so themselves. */
  readonly linkParty: (linkId: number) => string | undefined;
  /** Credentials tokens that must not stand in what is kept. */
  readonly knownTokens: () => readonly KnownToken[];
  /** How many pages are under way changed by so many. */
  readonly underWay: (more: number) => void;
}

export function createIngest({ file, clock, gate, linkParty, knownTokens, underWay }: IngestOptions): IngestThread {
  const thread = createAskingThread<IngestQuestion, IngestAnswer>({
    script: new URL('./ingest-worker.ts', import.meta.url),
    workerData: { file, gate } satisfies IngestStart,
    gone: reason => ({ kind: 'gone', reason: `storing objects stopped: ${reason}` }),
  });
  return {
    async store(page) {
      kindOf(page.module, page.list);
      const owner = linkParty(page.linkId);
      const body = ownBytes(page.body);
      const question: IngestQuestion = {
        kind: 'store',
        page: { ...page, body, tokens: knownTokens(), ...(owner === undefined ? {} : { linkParty: owner }) },
      };
      underWay(1);
      const answer = await thread.ask(question, { transfer: [body.buffer] }).finally(() => underWay(-1));
      return answer.kind === 'stored' ? answer.stored : notStored(answer.kind === 'gone' ? answer.reason : answer.kind);
    },
    async finish(pull) {
      kindOf(pull.module, pull.list);
      const answer = await thread.ask({ kind: 'finish', pull: { ...pull, at: clock.now() } });
      if (answer.kind === 'finished') return answer.finished;
      return { vanished: 0, trouble: answer.kind === 'gone' ? answer.reason : answer.kind };
    },
    sweep: () => void thread.ask({ kind: 'sweep' }),
    close: () => thread.close(),
  };
}

/** For a history that is opened for reading only. */
export function refusingIngest(reason: string): ObjectIngest {
  return {
    store: () => Promise.resolve(notStored(reason)),
    finish: () => Promise.resolve({ vanished: 0, trouble: reason }),
  };
}

function notStored(trouble: string): PageStored {
  return { ...NOTHING_COUNTED, data: 'other', fingerprint: '', findings: [], trouble };
}

/** Bytes that own their memory can be handed over; a view into something larger is copied. */
function ownBytes(body: PageToStore['body']): Uint8Array<ArrayBuffer> {
  const { buffer } = body;
  const whole = buffer instanceof ArrayBuffer && buffer.byteLength === body.byteLength;
  return whole ? new Uint8Array(buffer) : new Uint8Array(body);
}
