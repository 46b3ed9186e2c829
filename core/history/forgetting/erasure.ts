import type { Database } from 'better-sqlite3';
import type { Clock } from '../../clock.ts';
import { bitsIn } from '../keeping/bits.ts';
import { createPace } from '../keeping/pace.ts';
import { giveBackSpace } from '../keeping/space.ts';
import { deleteUnusedBodies } from '../keeping/unused-bodies.ts';
import type { Gate } from '../objects/gate.ts';
import { createTally, type Erasing, type ErasingProgress } from './erasing.ts';
import { createBodyErasing } from './erasing-bodies.ts';
import { createBlockErasing, objectsBeside } from './erasing-objects.ts';
import { createRowErasing, type Row, textTables } from './erasing-rows.ts';
import { asBytes, asText, type ForgottenValue } from './forgotten-value.ts';

export interface ErasureAsked {
  readonly database: Database;
  readonly value: ForgottenValue;
  readonly dry: boolean;
  /** See `deleteUnusedBodies`. */
  readonly handedOut: SharedArrayBuffer;
  readonly gate: Gate;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly progress: (progress: ErasingProgress) => void;
}

export interface Erased {
  readonly places: readonly { readonly where: string; readonly count: number }[];
  /** Something with the value came faster than it could be erased, or is still in use. */
  readonly isLeft: boolean;
}

/** What is recorded while it is erased is looked at once more, so often. */
const MOST_ROUNDS = 6;
/** Sealed, packed, or whoever has the database open; packed ones have ways of their own. */
const OTHERS = ['token', 'owner', 'body', 'object_block', 'object', 'object_value', 'exchange', 'exchange_fault'];

/** Replaces a value in all of a database, a few milliseconds at a time. Throws what SQLite throws, and `Cancelled`. */
export async function eraseValue(asked: ErasureAsked): Promise<Erased> {
  const { database, dry, value, clock, progress, handedOut } = asked;
  // What is deleted is overwritten.
  database.pragma('secure_delete = ON');
  const pace = createPace(asked);
  const tally = createTally();
  const erasing: Erasing = { database, value, pace, dry, tally, progress };
  const exchanges = exchangesErased(erasing);
  const objects = objectsErased(erasing);
  const rest = textTables(database, OTHERS).map(table => createRowErasing(erasing, table));
  let isLeft = false;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = tally.sum();
    await exchanges.erase();
    await objects.erase();
    for (const table of rest) await table.after(0);
    isLeft = tally.sum() > before;
    if (dry || !isLeft) break;
  }
  if (!dry) {
    await deleteUnusedBodies(database, { pace, handedOut: bitsIn(handedOut), progress });
    await giveBackSpace(database, { pace, clock, progress });
  }
  return { places: tally.places(), isLeft: !dry && (isLeft || exchanges.bodiesLeft() > 0) };
}

/** Exchanges and what faults did to them: first all, then those that came, and those that were open before. */
function exchangesErased(erasing: Erasing) {
  const { database, value } = erasing;
  const table = (name: string) => {
    const found = textTables(database, []).find(one => one.name === name);
    if (found === undefined) throw new Error(`there is no table ${name}`);
    return found;
  };
  const bodies = createBodyErasing(erasing, [
    { body: 'request_body', headers: 'request_headers', length: 'request_length' },
    { body: 'response_body', headers: 'response_headers', length: 'response_length' },
  ]);
  const exchanges = createRowErasing(erasing, table('exchange'), {
    columns: ['request_body', 'request_length', 'response_body', 'response_length', 'ended'],
    look: bodies.look,
    texts: { ended_details: text => endedDetailsWithout(value, text) },
  });
  const faultBodies = createBodyErasing(erasing, [{ body: 'body', headers: 'headers', length: 'length' }]);
  const faults = createRowErasing(erasing, table('exchange_fault'), {
    columns: ['body', 'length'],
    look: faultBodies.look,
  });
  let upTo = 0;
  let open: readonly number[] = [];
  return {
    bodiesLeft: () => bodies.left() + faultBodies.left(),
    async erase() {
      await exchanges.these(open);
      const stillOpen: number[] = [];
      await exchanges.after(upTo, (row: Row) => {
        upTo = Number(row['key0']);
        if (row['ended'] === 'open') stillOpen.push(upTo);
      });
      open = [...open, ...stillOpen];
      await faults.after(0);
    },
  };
}

function objectsErased(erasing: Erasing) {
  const tables = textTables(erasing.database, []);
  const rows = tables
    .filter(({ name }) => name === 'object' || name === 'object_value')
    .map(table => createRowErasing(erasing, table, table.name === 'object' ? objectsBeside(erasing) : undefined));
  const blocks = createBlockErasing(erasing);
  return {
    async erase() {
      if (!blocks.hasMore()) return;
      for (const table of rows) await table.after(0);
      await blocks.erase();
    },
  };
}

/** A raw packet stands there as Base64. */
function endedDetailsWithout(value: ForgottenValue, text: string): string | undefined {
  const plain = value.replaced(asBytes(text));
  const now = plain === undefined ? text : asText(plain.text);
  const { raw, ...details } = JSON.parse(now) as { readonly raw?: unknown };
  const packet = typeof raw === 'string' ? value.replaced(Buffer.from(raw, 'base64').toString('latin1')) : undefined;
  if (packet !== undefined) {
    return JSON.stringify({ ...details, raw: Buffer.from(packet.text, 'latin1').toString('base64') });
  }
  return plain === undefined ? undefined : now;
}
