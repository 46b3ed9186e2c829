import type { Clock } from '../../../clock.ts';
import { done, type Outcome } from '../../../contract/failure.ts';
import type { ReproducedRequest, ReproducedSide, Reproduction } from '../../../contract/reproduction.ts';
import { createReproductionAnswering } from './reproduce-answering.ts';
import type { RecordingSource } from './reproduce-messages.ts';
import { readRecording } from './reproduce-reading.ts';
import { createResultSender } from './reproduce-results.ts';
import { startReproductionServer } from './reproduce-server.ts';

export interface ReproduceOptions {
  readonly source: RecordingSource;
  readonly as: ReproducedSide;
  /** Of the links in the log; needed where there are several. */
  readonly link?: string | undefined;
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly timing: 'recorded' | 'at-once';
  readonly token?: string | undefined;
}

export interface ReproduceParts {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly onRequest: (request: ReproducedRequest) => void;
  readonly onTrouble: (what: string, error: unknown) => void;
}

/** A reproduction under way. */
export interface RunningReproduction {
  view(): Reproduction;
  /** Newest first. */
  requests(page: { readonly offset: number; readonly limit: number }): {
    readonly count: number;
    readonly requests: ReproducedRequest[];
  };
  stop(): Promise<void>;
}

/** What it was asked, at most; older ones are forgotten, and still counted. */
const MOST_REMEMBERED = 10_000;

/** Reads the recording and listens. Whatever is wrong with file, link or port is a value. */
export async function startReproduction(
  options: ReproduceOptions,
  parts: ReproduceParts,
  signal?: AbortSignal,
): Promise<Outcome<RunningReproduction>> {
  const { source, as, link, host, port, timing, token } = options;
  const { clock, newId, onTrouble } = parts;
  const read = await readRecording({ source, as, link }, signal);
  if (!read.ok) return read;
  const recording = read.value;
  const id = newId();
  const results = createResultSender(clock);
  const remembered: ReproducedRequest[] = [];
  const counts = { no: 0, unknown: 0, different: 0, callbacks: 0 };
  let stopped = false;
  let localUrl = '';

  const onRequest = (given: Omit<ReproducedRequest, 'no'>) => {
    const request = { no: ++counts.no, ...given };
    if (request.kind === 'callback') counts.callbacks++;
    if (request.kind === 'answer' && request.recordedId === null) counts.unknown++;
    else if (request.differences.length > 0) counts.different++;
    remembered.push(request);
    if (remembered.length >= 2 * MOST_REMEMBERED) remembered.splice(0, MOST_REMEMBERED);
    parts.onRequest(request);
  };
  const answering = createReproductionAnswering({
    recording,
    atOnce: timing === 'at-once',
    seed: id,
    token,
    localUrl: () => localUrl,
    clock,
    results,
    onRequest,
    onTrouble,
  });
  const started = await startReproductionServer({
    host,
    port,
    clock,
    answer: answering.answer,
    onUnreadable: what =>
      onRequest({
        at: new Date(clock.now()).toISOString(),
        kind: 'answer',
        method: '',
        url: '',
        operation: 'unknown',
        status: null,
        recordedId: null,
        differences: [`${what.charAt(0).toUpperCase()}${what.slice(1)}.`],
      }),
    onTrouble,
  });
  if (!started.ok) {
    await Promise.all([recording.close(), results.close()]);
    return started;
  }
  const server = started.value;
  localUrl = server.localUrl;
  const startedAt = new Date(clock.now()).toISOString();

  return done({
    view: () => ({
      id,
      name: source.name,
      ...(source.kind === 'imported' && { logId: source.logId }),
      as,
      link: recording.side.link,
      versionsUrl: localUrl + recording.side.versionsPath,
      token: answering.token,
      startedAt,
      state: stopped ? 'stopped' : 'serving',
      known: answering.known,
      asked: answering.asked(),
      unknown: counts.unknown,
      different: counts.different,
      callbacks: counts.callbacks,
      notes: [...recording.notes],
    }),
    requests: ({ offset, limit }) => {
      const newest = remembered.slice(-MOST_REMEMBERED).toReversed();
      return { count: newest.length, requests: newest.slice(offset, offset + limit) };
    },
    stop: async () => {
      if (stopped) return;
      stopped = true;
      await results.close();
      await server.close();
      await recording.close();
    },
  });
}
