import { readDateTime } from '../../ocpi/date-time.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import type { Reading } from '../reading.ts';
import { endOf, type Flow, type Say, sideKey, textIn } from './flow.ts';
import { createRecent } from './recent.ts';

const MOST_OBJECTS = 20_000;
const MOST_SIDES = 500;
/** A change that is told later than this was kept back. */
const LATE_MS = 5 * 60_000;
/** Changes that come so close to each other come out of one queue. */
const BURST_MS = 60_000;
const BURST = 3;

interface Pushed {
  readonly updated: number;
  readonly text: string;
  readonly ok: boolean;
}

interface Queue {
  readonly late: number;
  readonly last: number;
  readonly updated: number;
  readonly told: boolean;
}

/** Case 33: pushes that come late and in order, as out of a queue, out of order, or twice. */
export function createPushFlow(): Flow {
  const objects = createRecent<Pushed>(MOST_OBJECTS);
  const queues = createRecent<Queue>(MOST_SIDES);
  return {
    see(reading, say) {
      const { observed, entry, body, ok } = reading;
      const { method, id, version = '2.2.1' } = observed;
      if (entry?.interface !== 'RECEIVER' || (method !== 'PUT' && method !== 'PATCH') || !isJsonObject(body?.view))
        return;
      const written = textIn(body.view, 'last_updated');
      const updated = written === undefined ? undefined : readDateTime(written, version).epochMs;
      if (written === undefined || updated === undefined) return;
      const key = `${sideKey(observed)} ${new URL(reading.url).pathname.toLowerCase()}`;
      const before = objects.get(key);
      const details = { pointer: '/last_updated', met: written };
      if (before !== undefined && updated < before.updated) {
        const expected = `not before ${new Date(before.updated).toISOString()}`;
        say(id, 'push.out-of-order', { ...details, expected });
      } else if (before !== undefined && updated === before.updated && before.ok && before.text === body.text) {
        say(id, 'push.again', { ...details, expected: 'each change once' });
      }
      objects.set(key, { updated: Math.max(updated, before?.updated ?? 0), text: body.text, ok });
      // A first push of all there is comes late too: only what changes something that is known, or failed before, was queued.
      const queued = method === 'PATCH' || before !== undefined;
      queue({ queues, reading, updated, queued }, say);
    },
  };
}

interface Queued {
  readonly queues: { get(key: string): Queue | undefined; set(key: string, queue: Queue): void };
  readonly reading: Reading;
  readonly updated: number;
  readonly queued: boolean;
}

function queue({ queues, reading: { observed }, updated, queued }: Queued, say: Say): void {
  const side = sideKey(observed);
  const { startedAt, id } = observed;
  const before = queues.get(side) ?? { late: 0, last: 0, updated: 0, told: false };
  const isLate = queued && startedAt - updated > LATE_MS;
  const inOrder = isLate && updated >= before.updated && startedAt - before.last < BURST_MS;
  const late = inOrder ? before.late + 1 : isLate ? 1 : 0;
  const told = late > 1 && before.told;
  queues.set(side, { late, last: endOf(observed), updated, told: told || late >= BURST });
  if (late < BURST || told) return;
  const minutes = Math.round((startedAt - updated) / 60_000);
  const met = `${late} changes in a row, this one ${minutes} minutes old`;
  say(id, 'push.late', { pointer: '/last_updated', met, expected: 'changes as they happen' });
}
