/** A database with many links that are well, their EVSEs, and the exchanges of a day. */
import { systemClock } from '../../core/clock.ts';
import { createBodyStore } from '../../core/history/bodies.ts';
import { openDatabase } from '../../core/history/database.ts';
import { createExchangeWriter } from '../../core/history/exchange-writer.ts';
import { openHistory } from '../../core/history/history.ts';
import { migrate } from '../../core/history/migrations/list.ts';
import { versionsExchange } from '../support/exchanges.ts';

const DAY = 24 * 3_600_000;
const WEEK = 7 * DAY;

export interface Watched {
  readonly links: number;
  readonly evses: number;
  readonly exchanges: number;
}

/** Every link pulls three modules, has two tokens and one location; one EVSE in a hundred is out of order. */
export async function fillWatched(file: string, watched: Watched): Promise<void> {
  writeRows(file, watched);
  const opened = await openHistory({ file, clock: systemClock, keyStore: 'file' });
  if (!opened.ok) throw new Error(opened.message);
  const { history } = opened;
  const added = history.transaction(() => {
    for (let linkId = 1; linkId <= watched.links; linkId++) {
      for (const direction of ['incoming', 'outgoing'] as const) {
        const issuedBy = direction === 'incoming' ? 'us' : 'them';
        const token = `${direction}-token-of-link-${linkId}`;
        history.tokens.add({ token, linkId, direction, kind: 'C', state: 'active', issuedBy });
      }
    }
  });
  if (!added.ok) throw new Error(added.failure.message);
  for (let linkId = 1; linkId <= watched.links; linkId++) {
    const location = locationOf(linkId, Math.round(watched.evses / watched.links));
    const body = Buffer.from(JSON.stringify({ data: [location], status_code: 1000, timestamp: location.last_updated }));
    await history.objects.ingest.store({
      ...{ linkId, module: 'locations', version: '2.2.1', body, runId: 1, page: 0, shape: 'list' },
      seenAt: systemClock.now() - DAY,
    });
  }
  await history.close();
}

function writeRows(file: string, { links, exchanges }: Watched): void {
  const opened = openDatabase({ file, readOnly: false, setAside: false, now: 0 });
  if (!opened.ok) throw new Error(opened.message);
  const { database } = opened;
  migrate(database);
  const link = database.prepare('INSERT INTO link (id, name, details, created_at, updated_at) VALUES (?, ?, ?, ?, 0)');
  const schedules = database.prepare('INSERT INTO setting (name, value) VALUES (?, ?)');
  const endpoints = ['locations', 'sessions', 'cdrs', 'tariffs', 'tokens', 'commands'].map(identifier => ({
    ...{ identifier, role: 'SENDER', url: `https://partner.example/ocpi/2.2.1/${identifier}` },
  }));
  const details = {
    ...{ organisation: 'bench', environment: 'test', state: 'registered', readOnly: false, version: '2.2.1' },
    ...{ offeredVersions: ['2.2.1'], endpoints, parties: [], settings: { tokenForm: 'auto', requiredModules: [] } },
  };
  const writer = createExchangeWriter(database, { bodies: createBodyStore(database), largestBody: 1_000_000 });
  const began = systemClock.now() - DAY + 60_000;
  database
    .transaction(() => {
      for (let id = 1; id <= links; id++) link.run(id, `partner ${id}`, JSON.stringify(details), began);
      const pulled = ['locations', 'cdrs', 'sessions'].flatMap(module =>
        Array.from({ length: links }, (_, at) => ({ linkId: at + 1, module, every: WEEK, jitter: 0.1, failures: 0 })),
      );
      schedules.run('pull.schedules', JSON.stringify(pulled));
      for (let number = 1; number <= exchanges; number++) {
        const startedAt = began + Math.floor((number * (DAY - 120_000)) / exchanges);
        const direction = number % 2 === 0 ? 'in' : 'out';
        writer.insert(number, versionsExchange(number, { linkId: 1 + (number % links), startedAt, direction }));
      }
    })
    .immediate();
  database.close();
}

function locationOf(linkId: number, evses: number) {
  const last_updated = new Date(systemClock.now() - 2 * DAY).toISOString();
  return {
    ...{
      country_code: 'NL',
      party_id: 'TNM',
      id: `LOC${linkId}`,
      name: `Place ${linkId}`,
      publish: true,
      last_updated,
    },
    ...{ address: 'Street 1', city: 'Utrecht', country: 'NLD', time_zone: 'Europe/Amsterdam' },
    coordinates: { latitude: '52.092876', longitude: '5.104480' },
    evses: Array.from({ length: evses }, (_, at) => {
      const number = linkId * evses + at;
      const status = number % 100 === 0 ? 'OUTOFORDER' : number % 3 === 0 ? 'CHARGING' : 'AVAILABLE';
      return { uid: `E${number}`, evse_id: `NL*TNM*E${number}`, status, last_updated, connectors: [] };
    }),
  };
}
