import type { ImportedTraffic } from '../../core/contract/exchange.ts';
import type { ContractClient } from './bridge.ts';

/** Traffic to be imported: a file, or a text that was pasted. */
export interface TrafficFile {
  readonly name: string;
  readonly content: Blob;
}

export interface Uploading {
  readonly client: Pick<ContractClient, 'exchanges'>;
  readonly source: TrafficFile;
  readonly signal: AbortSignal;
  /** Share of the file that was handed over. */
  readonly onProgress: (share: number) => void;
}

/** Characters of one piece. */
const PIECE = 1024 * 1024;

/** Hands a file over piece by piece, never holding it whole, and has it imported. */
export async function importTraffic({ client, source, signal, onProgress }: Uploading): Promise<ImportedTraffic> {
  const { name, content } = source;
  let upload: string | undefined;
  let handed = 0;
  const hand = async (piece: string) => {
    signal.throwIfAborted();
    const answer = await client.exchanges.upload({ piece, ...(upload !== undefined && { upload }) }, { signal });
    upload = answer.upload;
    handed += piece.length;
    onProgress(Math.min(1, handed / Math.max(1, content.size)));
  };
  let waiting = '';
  for await (const text of textOf(content)) {
    waiting += text;
    while (waiting.length >= PIECE) {
      await hand(waiting.slice(0, PIECE));
      waiting = waiting.slice(PIECE);
    }
  }
  signal.throwIfAborted();
  if (upload === undefined) return client.exchanges.import({ name, text: waiting }, { signal });
  if (waiting !== '') await hand(waiting);
  return client.exchanges.import({ name, upload }, { signal });
}

async function* textOf(content: Blob): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = content.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield decoder.decode(value, { stream: true });
    }
    yield decoder.decode();
  } finally {
    reader.releaseLock();
  }
}
