import { kindOf } from '../../../history/objects/kinds.ts';
import type { ListRow } from '../../../history/objects/lists.ts';
import { idInKey, keysOfId } from '../../../history/objects/object-key.ts';
import { decodeBody } from '../../../http/bodies.ts';
import { bytesOf } from '../../../session-log/format/body.ts';
import type { ExchangeLine, LogBody } from '../../../session-log/format/records.ts';

/** Which objects exchanges name by their ids. */
export interface MetObjects {
  look(line: ExchangeLine): void;
  /** Whether an object of this key is named; now and then one that is not. */
  has(key: string, list: ListRow): boolean;
}

/**
 * A bit for each of as many values of a hash: a million ids are told apart from others in all but one of a thousand cases, in
 * 16 MiB whatever they are. An object too many in a file is no harm.
 */
const BITS = 2 ** 27;
const HASHES = 3;

/** Members that hold an id, and those that hold a list of them. */
const ID_MEMBER = /"[a-z_]*(?:id|reference)"\s*:\s*"([^"\\]{1,100})"/g;
const ID_LIST = /"[a-z_]*ids"\s*:\s*\[([^\]]{1,10000})\]/g;
const TEXT = /"([^"\\]{1,100})"/g;

export function createMetObjects(): MetObjects {
  const bits = new Uint32Array(BITS / 32);
  const places = (id: string): number[] => {
    let hash = 0x811c9dc5;
    for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
    const step = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) | 1;
    return Array.from({ length: HASHES }, (_, number) => (hash + Math.imul(step, number)) >>> 5);
  };
  const add = (id: string) => {
    const [key] = keysOfId(id);
    for (const place of places(key)) bits[place >>> 5] = (bits[place >>> 5] ?? 0) | (1 << (place & 31));
  };
  const addBody = (body: LogBody | undefined, headers: [string, string][]) => {
    const text = body === undefined ? undefined : (body.text ?? decodeBody(bytesOf(body), headers).text);
    if (text === undefined) return;
    for (const [, id = ''] of text.matchAll(ID_MEMBER)) add(id);
    for (const [, list = ''] of text.matchAll(ID_LIST)) for (const [, id = ''] of list.matchAll(TEXT)) add(id);
  };
  return {
    look({ request, response }) {
      for (const part of request.url.split(/[/?&=#]/)) if (part !== '') add(decoded(part));
      addBody(request.body, request.headers);
      addBody(response?.body, response?.headers ?? []);
    },
    has(key, { module, list }) {
      // Parties have no id of their own, and are few.
      if (kindOf(module, list).id.length > 1) return true;
      return places(idInKey(key)).every(place => ((bits[place >>> 5] ?? 0) & (1 << (place & 31))) !== 0);
    },
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
