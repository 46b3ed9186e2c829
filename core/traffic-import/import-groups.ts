import type { ExchangeRecord } from '../http/exchange.ts';
import { createSealer } from '../http/sealing.ts';
import type { KnownToken } from '../http/token-search.ts';
import type { Skipped, Told } from './file-read.ts';
import type { ImportAnswer } from './import-messages.ts';
import { type Recognised, recognise } from './recognise.ts';

/** Of one body this much is kept, and a group holds no more: written in a few milliseconds. */
const LARGEST_BODY = 1024 * 1024;
const GROUP_BYTES = 256 * 1024;
const GROUP_EXCHANGES = 16;

export interface ImportGroups {
  /** The next exchanges, sealed; or the tokens whose ids are needed for that first. */
  next(): Extract<ImportAnswer, { kind: 'group' | 'unnamed' }>;
  know(tokens: readonly KnownToken[]): void;
  name(names: readonly (readonly [token: string, id: string])[]): void;
}

/** Reads, recognises and seals a file's entries in groups small enough to be stored between two answers to partners. */
export function createImportGroups(entries: Iterable<Told>, { at }: { readonly at: number }): ImportGroups {
  const iterator = entries[Symbol.iterator]();
  const ids = new Map<string, string>();
  const unnamed = new Set<string>();
  let known: readonly KnownToken[] = [];
  /** Read, but not handed over yet because tokens in it have no ids. */
  let waiting: { exchanges: Recognised[]; skipped: Skipped[]; done: boolean } | undefined;
  const sealer = createSealer({
    idOf: token => {
      const id = ids.get(token);
      if (id === undefined) unnamed.add(token);
      return id ?? 'unnamed';
    },
    known: () => known,
  });

  const read = () => {
    const group = { exchanges: [] as Recognised[], skipped: [] as Skipped[], done: false };
    let bytes = 0;
    while (group.exchanges.length < GROUP_EXCHANGES && group.skipped.length < GROUP_EXCHANGES && bytes < GROUP_BYTES) {
      const { done, value } = iterator.next();
      if (done) {
        group.done = true;
        break;
      }
      if (!value.ok) {
        group.skipped.push({ where: value.where, reason: value.reason });
        continue;
      }
      const recognised = recognise(value.exchange, { at });
      const { request, response } = recognised.record;
      if (request.body.length > LARGEST_BODY) {
        const reason = `its request body is larger than ${LARGEST_BODY} bytes`;
        group.skipped.push({ where: value.exchange.where, reason });
        continue;
      }
      bytes += request.body.length + Math.min(response?.body.length ?? 0, LARGEST_BODY);
      group.exchanges.push(recognised);
    }
    return group;
  };

  return {
    next() {
      waiting ??= read();
      const { exchanges, skipped, done } = waiting;
      const sealed = exchanges.map(({ record, beside, ...rest }) => ({
        ...rest,
        record: shortened(sealer.record(record)),
        ...(beside && {
          beside: { ...beside, ...(beside.note === undefined ? {} : { note: sealer.text(beside.note) }) },
        }),
      }));
      if (unnamed.size > 0) {
        const tokens = [...unnamed];
        unnamed.clear();
        return { kind: 'unnamed', tokens };
      }
      waiting = undefined;
      return { kind: 'group', exchanges: sealed, skipped, done };
    },
    know(tokens) {
      known = tokens;
    },
    name(names) {
      for (const [token, id] of names) ids.set(token, id);
      // Another array, so that what was sealed under no id is sealed anew.
      known = [...known];
    },
  };
}

/** The beginning of a long answer, with its true length: as pulled pages are kept. */
function shortened(record: ExchangeRecord): ExchangeRecord {
  const { response } = record;
  if (response === undefined || response.body.length <= LARGEST_BODY) return record;
  const { body, length = body.length } = response;
  return { ...record, response: { ...response, body: new Uint8Array(body.subarray(0, LARGEST_BODY)), length } };
}
