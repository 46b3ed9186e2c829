import type { Clock } from '../../../clock.ts';
import { checkOutgoing } from '../../../http/outgoing.ts';
import { createWire } from '../../../http/send.ts';
import { DEFAULT_WIRE_SETTINGS, type OutgoingRequest, type WireResponse } from '../../../http/wire.ts';

/** What became of something that was told unasked. */
export interface ResultSent {
  /** HTTP status of its answer; null where there was none. */
  readonly status: number | null;
  /** Why it was not taken, as a sentence; empty where it was answered. */
  readonly problem: string;
  readonly response?: WireResponse;
}

/** Sends what the recorded side told later. */
export interface ResultSender {
  /** Never rejects; undefined where all was over before it was due. */
  send(request: OutgoingRequest, afterMs: number): Promise<ResultSent | undefined>;
  close(): Promise<void>;
}

export function createResultSender(clock: Clock): ResultSender {
  const wire = createWire(DEFAULT_WIRE_SETTINGS, { clock });
  const closing = new AbortController();
  return {
    send: async (request, afterMs) => {
      if (afterMs >= 1) {
        const due = await clock.sleep(afterMs, closing.signal).then(
          () => true,
          () => false,
        );
        if (!due) return undefined;
      }
      const unsendable = checkOutgoing(request);
      if (unsendable !== undefined) return { status: null, problem: unsendable.message };
      const { response, ended } = await wire.send(request);
      if (ended.how === 'cancelled' && closing.signal.aborted) return undefined;
      if (response !== undefined) return { status: response.status, problem: '', response };
      const detail = 'detail' in ended ? `: ${ended.detail}` : '';
      return { status: null, problem: `It was not answered (${ended.how}${detail}).` };
    },
    close: async () => {
      closing.abort();
      await wire.close();
    },
  };
}
