import { open } from 'node:fs/promises';
import { constants, gunzipSync } from 'node:zlib';

const LOOKED_AT = 64 * 1024;

/** Whether a file begins as a session log does, packed or not. False for what cannot be read: whoever opens it says why. */
export async function looksLikeLog(path: string): Promise<boolean> {
  const beginning = await firstBytes(path);
  if (beginning === undefined) return false;
  const isPacked = beginning[0] === 0x1f && beginning[1] === 0x8b;
  const text = isPacked ? unpacked(beginning) : beginning.toString('utf8');
  return /^\s*\{\s*"type"\s*:\s*"ocpilog"/.test(text);
}

async function firstBytes(path: string): Promise<Buffer | undefined> {
  try {
    const file = await open(path, 'r');
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(LOOKED_AT), 0, LOOKED_AT, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return undefined;
  }
}

/** As much as the beginning of a packed file tells; nothing where it tells nothing. */
function unpacked(bytes: Buffer): string {
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 64 * LOOKED_AT }).toString('utf8');
  } catch {
    return '';
  }
}
