import type { LogExport, LogExported, LogProgress, LogSource } from '../../core/contract/session-log.ts';
import type { ContractClient } from './bridge.ts';

/** Whether a file is a session log by its name; what it holds is told by the core. */
export function isLogName(name: string): boolean {
  return /\.ocpilog$/i.test(name);
}

export interface HandingOver {
  readonly client: Pick<ContractClient, 'logs'>;
  readonly file: File;
  readonly signal: AbortSignal;
  /** Share of the file that was handed over. */
  readonly onProgress: (share: number) => void;
}

/** Bytes of one piece. */
const PIECE = 1024 * 1024;

/** Hands a file over piece by piece, never holding it whole. */
export async function uploadLog({ client, file, signal, onProgress }: HandingOver): Promise<LogSource> {
  let upload: string | undefined;
  let handed = 0;
  try {
    do {
      signal.throwIfAborted();
      const piece = file.slice(handed, handed + PIECE);
      const base64 = await base64Of(piece);
      // Not ended by the signal: under which name it lies has to be known, so that it can be thrown away.
      const answer = await client.logs.upload({ base64, ...(upload !== undefined && { upload }) });
      upload = answer.upload;
      handed += piece.size;
      signal.throwIfAborted();
      onProgress(file.size === 0 ? 1 : handed / file.size);
    } while (handed < file.size);
    return { upload, name: file.name };
  } catch (error) {
    if (upload !== undefined) discardLog(client, { upload });
    throw error;
  }
}

/** What lies at the core for nobody. It may be gone, or the core may be: then it goes by itself. */
export function discardLog(
  client: Pick<ContractClient, 'logs'>,
  file: { readonly upload: string } | { readonly exportId: string },
): void {
  client.logs.discard(file).catch(error => console.warn('a file that is not needed any more stays a while:', error));
}

/** A file that was chosen may be gone, or locked, when it is read: the error of the read says so. */
function base64Of(piece: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error ?? new Error('the file cannot be read'));
    reader.readAsDataURL(piece);
  });
}

export interface Exporting {
  readonly client: Pick<ContractClient, 'logs'>;
  readonly asked: LogExport;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: LogProgress) => void;
}

/** Exports and fetches what was written. Ending by the signal leaves nothing behind. */
export async function exportLog(exporting: Exporting): Promise<{ readonly told: LogExported; readonly file: Blob }> {
  const { client, asked, signal, onProgress } = exporting;
  for await (const step of await client.logs.export(asked, { signal })) {
    if (step.kind === 'progress') onProgress(step);
    else {
      try {
        return { told: step, file: await fetched(step, exporting) };
      } finally {
        // The page has all of it now, or is not to have it.
        if (step.exportId !== null) discardLog(client, { exportId: step.exportId });
      }
    }
  }
  signal.throwIfAborted();
  throw new Error('an export that ended without a word');
}

async function fetched({ exportId, bytes }: LogExported, { client, signal, onProgress }: Exporting): Promise<Blob> {
  if (exportId === null) throw new Error('an export that cannot be fetched');
  // The browser keeps large parts on the disk.
  const parts: Blob[] = [];
  let offset = 0;
  for (;;) {
    signal.throwIfAborted();
    const { base64, done } = await client.logs.piece({ exportId, offset }, { signal });
    const piece = bytesOf(base64);
    parts.push(new Blob([piece]));
    offset += piece.length;
    onProgress({ kind: 'progress', doing: 'fetching', done: offset, total: bytes });
    if (done) return new Blob(parts);
  }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), character => character.charCodeAt(0));
}
