import type { ExchangeRecord, ExchangeUpdate, Recorder } from '../http/exchange.ts';
import type { Sealer } from '../http/sealing.ts';

export interface Recording extends Recorder {
  /** Exchanges of a run in which the partner called us, in order. */
  calledBack(runId: number): readonly CalledBack[];
  forgetRun(runId: number): void;
  /**
   * From now on exchanges in which the partner of a link called us belong to this run, unless they belong to another one, and
   * each is told once, when it is over and stored.
   */
  join(of: { readonly linkId: number; readonly runId: number }, over: (exchangeId: number) => void): JoinedRun;
  /** Watches for an incoming request with this id; `arrived` turns true when it was recorded. */
  expectArrival(requestId: string): Arrival;
}

export interface JoinedRun {
  /** A call of ours for this run as it was recorded, once; spares reading it back. */
  sent(exchangeId: number): ExchangeRecord | undefined;
  leave(): void;
}

export interface Arrival {
  readonly arrived: boolean;
  /** Its exchange, once it is stored: before the last byte of our answer has left. */
  readonly id: number | undefined;
  forget(): void;
}

export interface CalledBack {
  readonly id: number;
  readonly operation: string;
}

interface Joined {
  readonly linkId: number;
  readonly runId: number;
  readonly over: (exchangeId: number) => void;
  readonly sent: Map<number, ExchangeRecord>;
}

export interface RecordingOptions {
  readonly recorder: Recorder;
  readonly sealer: Sealer;
  /** The run that changes a link now: what the partner calls meanwhile belongs to it. */
  readonly busyWith: (linkId: number) => number | undefined;
  /** What is known beyond the message itself about a refused caller. */
  readonly explainRefused: (record: ExchangeRecord) => ExchangeRecord;
  /** Bytes of the body of an answer of ours that are recorded, with its true length; all of them unless said. */
  readonly answerKept?: number;
}

/** Between those who exchange and the history: seals, and ties nested calls to their run. */
export function createRecording(options: RecordingOptions): Recording {
  const { recorder, sealer, busyWith, explainRefused, answerKept = Number.POSITIVE_INFINITY } = options;
  const nested = new Map<number, CalledBack[]>();
  const awaited = new Map<string, { arrived: boolean; id: number | undefined }>();
  const joined: Joined[] = [];
  /** Exchanges of links that somebody joined, still open. */
  const open = new Map<number, number>();
  const joinedTo = (linkId: number | undefined) => joined.filter(one => one.linkId === linkId);
  const sentFor = ({ direction, runId }: ExchangeRecord) =>
    direction === 'in' || runId === undefined ? undefined : joined.find(one => one.runId === runId)?.sent;
  const tellOver = (id: number, linkId: number | undefined) => {
    for (const { over } of joinedTo(linkId)) over(id);
  };

  const tie = (record: ExchangeRecord): ExchangeRecord => {
    if (record.direction === 'out') return record;
    if (record.requestId !== undefined) {
      const expected = awaited.get(record.requestId);
      if (expected !== undefined) expected.arrived = true;
    }
    if (record.linkId === undefined) return record.response?.status === 401 ? explainRefused(record) : record;
    if (record.runId !== undefined) return record;
    const runId = busyWith(record.linkId) ?? joinedTo(record.linkId).at(-1)?.runId;
    return runId === undefined ? record : { ...record, runId };
  };

  const note = (id: number, { direction, runId, operation }: ExchangeRecord) => {
    if (direction !== 'in' || runId === undefined) return;
    const calls = nested.get(runId);
    if (calls === undefined) nested.set(runId, [{ id, operation }]);
    else calls.push({ id, operation });
  };

  const noteArrival = ({ direction, requestId }: ExchangeRecord, id: number) => {
    const expected = direction === 'in' && requestId !== undefined ? awaited.get(requestId) : undefined;
    if (expected !== undefined) expected.id = id;
  };

  return {
    open: record => {
      const tied = tie(record);
      const sealed = sealer.record(tied);
      const opened = recorder.open(sealed);
      sentFor(tied)?.set(opened.id, sealed);
      noteArrival(tied, opened.id);
      note(opened.id, tied);
      if (tied.direction === 'in' && tied.linkId !== undefined && joinedTo(tied.linkId).length > 0) {
        open.set(opened.id, tied.linkId);
      }
      return opened;
    },
    update: (id: number, update: ExchangeUpdate) => {
      const sealed = sealer.update(update);
      const stored = recorder.update(id, sealed);
      for (const { sent } of joined) {
        const record = sent.get(id);
        if (record !== undefined) sent.set(id, { ...record, ...sealed });
      }
      const linkId = open.get(id);
      if (linkId === undefined || update.ended === undefined || update.ended.how === 'open') return stored;
      open.delete(id);
      return stored.then(outcome => {
        tellOver(id, linkId);
        return outcome;
      });
    },
    record: record => {
      const tied = tie(record);
      const stored = recorder.record(sealer.record(shortened(tied, answerKept)));
      if (tied.runId === undefined && awaited.size === 0) return stored;
      return stored.then(outcome => {
        note(outcome.id, tied);
        noteArrival(tied, outcome.id);
        if (tied.direction === 'in') tellOver(outcome.id, tied.linkId);
        return outcome;
      });
    },
    join({ linkId, runId }, over) {
      const sent = new Map<number, ExchangeRecord>();
      const one: Joined = { linkId, runId, over, sent };
      joined.push(one);
      return {
        sent: id => {
          const record = sent.get(id);
          sent.delete(id);
          return record;
        },
        leave: () => {
          joined.splice(joined.indexOf(one), 1);
          if (joinedTo(linkId).length === 0) for (const [id, of] of open) if (of === linkId) open.delete(id);
        },
      };
    },
    calledBack: runId => nested.get(runId) ?? [],
    forgetRun: runId => nested.delete(runId),
    expectArrival: requestId => {
      const expected: { arrived: boolean; id: number | undefined } = { arrived: false, id: undefined };
      awaited.set(requestId, expected);
      return {
        get arrived() {
          return expected.arrived;
        },
        get id() {
          return expected.id;
        },
        forget: () => awaited.delete(requestId),
      };
    },
  };
}

/** The beginning of a long answer stands for it where it can be made again: a page of the sandbox's world. */
function shortened(record: ExchangeRecord, kept: number): ExchangeRecord {
  const { direction, response } = record;
  if (direction === 'out' || response === undefined || response.body.length <= kept) return record;
  const { body, length = body.length } = response;
  return { ...record, response: { ...response, body: body.subarray(0, kept), length } };
}
