import type { ContractClient } from '../loopback/client.ts';

/** Characters in one message to the process that owns the database; more would hold up its answers to partners. */
const PIECE = 1024 * 1024;

/** Hands a text of any length over, piece by piece; resolves with the name of the upload. */
export async function uploadText(client: ContractClient, text: string): Promise<string> {
  let { upload } = await client.exchanges.upload({ piece: text.slice(0, PIECE) });
  for (let at = PIECE; at < text.length; at += PIECE) {
    ({ upload } = await client.exchanges.upload({ upload, piece: text.slice(at, at + PIECE) }));
  }
  return upload;
}
