import { expect, it } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import { openObservedFile } from '../../../core/history/insight/observed-file.ts';
import type { ExchangeRecord } from '../../../core/http/exchange.ts';
import { createLooker } from '../../../core/workbench/explaining/looker.ts';
import { newDatabase } from '../../support/platform.ts';
import { databaseOf, flawed } from './stored.ts';

const SESSION = 'http://127.0.0.1:40123/ocpi/2.2.1/sessions/NL/WBX/S1';

/** A session as it was pushed with this change. */
function pushed(number: number, lastUpdated: string, more: Partial<ExchangeRecord> = {}): ExchangeRecord {
  const { request } = flawed(number);
  const body = Buffer.from(JSON.stringify({ id: 'S1', kwh: number, last_updated: lastUpdated }));
  return flawed(number, {
    operation: 'sessions.put',
    request: { ...request, method: 'PUT', url: SESSION, body },
    ...more,
  });
}

const asked = { kind: 'look', again: [], time: 5_000, now: Date.now() } as const;

it('exchanges whose findings could not be stored are looked at again without being taken for pushes that came twice', () => {
  const file = newDatabase();
  databaseOf(file, [pushed(1, '2026-03-02T10:00:00Z'), pushed(2, '2026-03-02T10:00:12Z')]);
  const opened = openObservedFile(file);
  const looker = createLooker({ rows: opened.rows, clock: systemClock });
  const first = looker.look({ ...asked, after: 0 });
  expect(first).toMatchObject({ upTo: 2, behind: 0, broken: [] });
  expect(JSON.stringify(first.changes)).not.toContain('push.');
  expect(looker.look({ ...asked, after: 0 }).changes).toEqual(first.changes);
  opened.close();
});

it('what is wrong with the order of pushes is told once more where it could not be stored', () => {
  const file = newDatabase();
  databaseOf(file, [pushed(1, '2026-03-02T10:00:12Z'), pushed(2, '2026-03-02T10:00:00Z')]);
  const opened = openObservedFile(file);
  const looker = createLooker({ rows: opened.rows, clock: systemClock });
  const first = looker.look({ ...asked, after: 0 });
  expect(first.changes.find(({ id }) => id === 2)?.now).toContain('push.out-of-order');
  expect(first.changes.find(({ id }) => id === 1)?.now).not.toContain('push.out-of-order');
  expect(looker.look({ ...asked, after: 0 }).changes).toEqual(first.changes);
  opened.close();
});
