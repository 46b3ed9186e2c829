import type { ExchangeRecord } from '../../../http/exchange.ts';
import type { IncomingRecord } from './import-messages.ts';

/** What a group is handed over with. */
export interface HandedOver {
  readonly records: readonly IncomingRecord[];
  /** To be handed over instead of copied. */
  readonly buffers: readonly ArrayBuffer[];
}

/**
 * A group whose bodies share one piece of memory, which goes to the other thread as it is: each by itself would be copied twice,
 * and cleared away twice.
 */
export function handedOver(records: readonly IncomingRecord[]): HandedOver {
  let bytes = 0;
  for (const record of records) if (record.kind === 'exchange') bytes += bodyBytes(record.record);
  if (bytes === 0) return { records, buffers: [] };
  const memory = new Uint8Array(bytes);
  let used = 0;
  const moved = <T extends { readonly body: Uint8Array }>(message: T): T => {
    const from = used;
    memory.set(message.body, from);
    used += message.body.length;
    return { ...message, body: memory.subarray(from, used) };
  };
  const made = records.map((record): IncomingRecord => {
    if (record.kind !== 'exchange') return record;
    const { request, response } = record.record;
    return {
      ...record,
      record: { ...record.record, request: moved(request), ...(response && { response: moved(response) }) },
    };
  });
  return { records: made, buffers: [memory.buffer] };
}

function bodyBytes({ request, response }: ExchangeRecord): number {
  return request.body.length + (response?.body.length ?? 0);
}
