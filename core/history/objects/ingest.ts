import type { Clock, Deadline } from '../../clock.ts';
import type { ObjectIngest, PageAhead, PageMet, PageStored, PageToRead } from '../../contract/ingest.ts';
import type { KnownToken } from '../../http/token-search.ts';
import { createAskingThread } from './asking-thread.ts';
import type { Gate } from './gate.ts';
import type { IngestAnswer, IngestQuestion, IngestStart, PreparingAnswer, PreparingStart } from './ingest-messages.ts';
import { kindOf } from './kinds.ts';
import { type Lanes, laneOf } from './lanes.ts';
import { NOTHING_COUNTED } from './page-judging.ts';
import { memoryOf, type PageForReading } from './page-preparing.ts';
import { createThrift } from './thrift.ts';

/** The ingest, and what the history itself needs of its thread. */
export interface IngestThread extends ObjectIngest {
  /** Indexes the values of objects that were pushed, when there is time. */
  settleSoon(): void;
  /** Deletes what removed links left behind, when there is time. */
  sweep(): void;
  /** What the thread remembers of texts and values is wrong. */
  restart(): Promise<void>;
  /** Resolves when everything handed over is stored and the thread has ended. */
  close(): Promise<void>;
}

export interface IngestOptions {
  readonly file: string;
  readonly clock: Clock;
  readonly gate: Gate;
  readonly lanes: Lanes;
  /** `NL-TNM`: the only party of a link, whose its objects are where they do not say so themselves. */
  readonly linkParty: (linkId: number) => string | undefined;
  /** Credentials tokens that must not stand in what is kept. */
  readonly knownTokens: () => readonly KnownToken[];
  /** How many pages are under way changed by so many. */
  readonly underWay: (more: number) => void;
}

/** Parsing a page leaves megabytes that nobody needs any more: with less room for them the collector comes too often. */
const YOUNG_MEBIBYTES = 16;
/** Milliseconds that pushed objects may wait to be indexed; whoever asks meanwhile looks at them themselves. */
const SETTLED_AFTER = 1000;

export function createIngest(options: IngestOptions): IngestThread {
  const { file, clock, gate, lanes, linkParty, knownTokens, underWay } = options;
  const thread = createAskingThread<IngestQuestion, IngestAnswer>({
    script: new URL('./ingest-worker.ts', import.meta.url),
    workerData: { file, gate } satisfies IngestStart,
    gone: reason => ({ kind: 'gone', reason: `storing objects stopped: ${reason}` }),
  });
  const preparing = createAskingThread<PageForReading, PreparingAnswer>({
    script: new URL('./preparing-worker.ts', import.meta.url),
    workerData: { file } satisfies PreparingStart,
    youngMebibytes: YOUNG_MEBIBYTES,
    gone: reason => ({ kind: 'gone', reason: `reading pages stopped: ${reason}` }),
  });
  const thrift = createThrift(clock);
  const count = (more: number) => {
    underWay(more);
    thrift.underWay(more);
  };
  const during = <T>(work: Promise<T>): Promise<T> => {
    count(1);
    return work.finally(() => count(-1));
  };

  /** Apart from what is pushed to the same module meanwhile. */
  const inLane = <T>(of: Pick<PageToRead, 'linkId' | 'module'>, work: () => Promise<T>): Promise<T> => {
    const lane = laneOf(of);
    const entered = lanes.enter(lane, 'page');
    return (entered ? entered.then(work) : work()).finally(() => lanes.leave(lane));
  };
  let settling: Deadline | undefined;
  let closing = false;
  /** Pages that are being stored: they go from one thread to the other, so neither may end before them. */
  const storing = new Set<Promise<PageStored>>();

  const read = (page: PageToRead): PageAhead => {
    kindOf(page.module, page.list);
    if (closing)
      return { store: () => Promise.resolve(notStored('storing objects stopped: the workbench is closing')) };
    thread.awake();
    const owner = linkParty(page.linkId);
    const body = ownBytes(page.body);
    const { body: _, ...about } = { ...page, ...(owner === undefined ? {} : { linkParty: owner }) };
    const question: PageForReading = { ...about, body, tokens: knownTokens() };
    const reading = during(preparing.ask(question, { transfer: [body.buffer] }));
    const store = async (met: PageMet): Promise<PageStored> => {
      const ready = await reading;
      if (ready.kind === 'gone') return notStored(ready.reason);
      const { prepared } = ready;
      const ask = { kind: 'store', page: { ...about, ...met, prepared } } as const;
      const answer = await inLane(page, () => during(thread.ask(ask, { transfer: memoryOf(prepared) })));
      if (answer.kind === 'stored') {
        thrift.stored(answer.stored.items);
        return answer.stored;
      }
      return notStored(answer.kind === 'gone' ? answer.reason : answer.kind);
    };
    return {
      store(met) {
        const stored = store(met).finally(() => storing.delete(stored));
        storing.add(stored);
        return stored;
      },
    };
  };

  return {
    read,
    store: ({ runId, page, seenAt, ...rest }) => read(rest).store({ runId, page, seenAt }),
    async finish(pull) {
      kindOf(pull.module, pull.list);
      const answer = await inLane(pull, () => thread.ask({ kind: 'finish', pull: { ...pull, at: clock.now() } }));
      if (answer.kind === 'finished') return answer.finished;
      return { vanished: 0, trouble: answer.kind === 'gone' ? answer.reason : answer.kind };
    },
    async vanish(object) {
      const answer = await inLane(object, () => thread.ask({ kind: 'vanish', object: { at: clock.now(), ...object } }));
      if (answer.kind === 'vanished') return answer.vanished;
      return { vanished: false, trouble: answer.kind === 'gone' ? answer.reason : answer.kind };
    },
    settleSoon() {
      settling ??= clock.deadline(SETTLED_AFTER, () => {
        settling = undefined;
        void thread.ask({ kind: 'settle' });
      });
    },
    sweep: () => void thread.ask({ kind: 'sweep' }),
    restart: thread.restart,
    async close() {
      closing = true;
      settling?.cancel();
      await Promise.allSettled(storing);
      await preparing.close();
      await thread.close();
    },
  };
}

/** For a history that is opened for reading only. */
export function refusingIngest(reason: string): ObjectIngest {
  return {
    store: () => Promise.resolve(notStored(reason)),
    read: () => ({ store: () => Promise.resolve(notStored(reason)) }),
    finish: () => Promise.resolve({ vanished: 0, trouble: reason }),
    vanish: () => Promise.resolve({ vanished: false, trouble: reason }),
  };
}

function notStored(trouble: string): PageStored {
  return { ...NOTHING_COUNTED, data: 'other', fingerprint: '', findings: [], trouble };
}

/** Bytes that own their memory can be handed over; a view into something larger is copied. */
function ownBytes(body: PageToRead['body']): Uint8Array<ArrayBuffer> {
  const { buffer } = body;
  const whole = buffer instanceof ArrayBuffer && buffer.byteLength === body.byteLength;
  return whole ? new Uint8Array(buffer) : new Uint8Array(body);
}
