import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../core/clock.ts';
import type { BrowseQuery, BrowseQuestion } from '../../core/history/browse/queries.ts';
import { type History, openHistory } from '../../core/history/history.ts';
import type { Bench, Figure } from './figure.ts';
import { createLocationPages, PAGE_SIZE } from './location-pages.ts';

const FEW = 100_000;
const MANY = 1_000_000;
const TRIES = 20;
/** As long as somebody who types or pans waits without noticing. */
const NOTICED = 150;

/** With BENCH_ALL set, a million objects too. */
export const browseBench: Bench = {
  name: 'browse',
  about: 'tables by position, counts and maps of stored locations (2 EVSEs of 2 connectors)',
  async measure() {
    const figures: Figure[] = [];
    for (const objects of process.env['BENCH_ALL'] ? [FEW, MANY] : [FEW]) {
      const folder = mkdtempSync(join(tmpdir(), 'workbench-browse-'));
      try {
        figures.push(...(await browsed(join(folder, 'workbench.db'), objects)));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
    return figures;
  },
};

async function browsed(file: string, objects: number): Promise<Figure[]> {
  const opened = await openHistory({ file, clock: systemClock, keyStore: 'file' });
  if (!opened.ok) throw new Error(opened.message);
  const { history } = opened;
  try {
    await fill(history, objects);
    return await queries(history, objects);
  } finally {
    await history.close();
  }
}

const LINKS = [{ linkId: 1, name: 'Acme', party: 'NL-TNM' }];
const QUERY: BrowseQuery = { links: LINKS, module: 'locations' };

async function fill(history: History, objects: number): Promise<void> {
  const pages = createLocationPages();
  for (let page = 0; page < objects / PAGE_SIZE; page++) {
    const stored = await history.objects.ingest.store({
      ...{ linkId: 1, runId: 1, module: 'locations', version: '2.2.1', shape: 'list' },
      page,
      body: pages.page(page, 0),
      seenAt: systemClock.now(),
    });
    if (stored.trouble !== undefined) throw new Error(stored.trouble);
  }
  for (;;) {
    const map = await asked(history, { kind: 'map', query: QUERY, bounds: [-90, -180, 90, 180], zoom: 2 });
    if (map.kind === 'map' && map.behind === 0) return;
    await systemClock.sleep(200);
  }
}

async function asked(history: History, question: BrowseQuestion) {
  const found = await history.objects.browse(question);
  if (!found.ok) throw new Error(found.reason);
  return found;
}

async function queries(history: History, objects: number): Promise<Figure[]> {
  const lines = (query: Partial<BrowseQuery>, offset = 0): BrowseQuestion => ({
    kind: 'lines',
    query: { ...QUERY, ...query },
    offset,
    limit: 100,
  });
  const count = (query: Partial<BrowseQuery>): BrowseQuestion => ({ kind: 'count', query: { ...QUERY, ...query } });
  const map = (query: Partial<BrowseQuery>, at: number): BrowseQuestion => ({
    kind: 'map',
    query: { ...QUERY, ...query },
    // Another place and nearness at each try, as somebody pans and zooms.
    bounds: [48 + (at % 5) / 10, 1 + (at % 7) / 10, 54 + (at % 5) / 10, 9 + (at % 7) / 10],
    zoom: 4 + (at % 6),
  });
  // A condition that no other try has: nothing is answered from what was selected before.
  const fresh = (at: number) => ({ changedSince: at / 1000 });
  const charging = { where: ['evses.status=CHARGING'] };
  const asks: Readonly<Record<string, (at: number) => BrowseQuestion>> = {
    'first 100 lines': () => lines({}),
    'last 100 lines': () => lines({}, objects - 100),
    'first 100 of a field (1 in 5)': at => lines({ ...charging, ...fresh(at) }),
    'last 100 of a field (1 in 5)': at => lines({ ...charging, ...fresh(at) }, Math.floor(objects / 6)),
    'first 100 of two fields': at => lines({ where: [...(charging.where ?? []), 'city=Lyon'], ...fresh(at) }),
    'first 100 of words in all': at => lines({ search: 'station', ...fresh(at) }),
    'first 100 of a rare word': at => lines({ search: `LOC${String(objects / 2 + at).padStart(7, '0')}` }),
    'first 100 with findings': at => lines({ finding: 'any', ...fresh(at) }),
    'count of a field': at => count({ ...charging, ...fresh(at) }),
    'count of words in all': at => count({ search: 'station', ...fresh(at) }),
    'map, everything': at => map({}, at),
    'map, of a field': at => map(charging, at),
    'map, of words in all': at => map({ search: 'station' }, at),
  };
  const figures: Figure[] = [];
  for (const [name, question] of Object.entries(asks)) {
    const times: number[] = [];
    for (let at = 0; at < TRIES; at++) {
      const began = systemClock.elapsed();
      await asked(history, question(at));
      times.push(systemClock.elapsed() - began);
    }
    const sorted = times.sort((left, right) => left - right);
    figures.push({
      name: `${objects.toLocaleString('en')}: ${name}`,
      value: sorted[Math.floor(sorted.length / 2)] ?? 0,
      unit: 'ms',
      ...(objects === FEW ? { atMost: NOTICED } : {}),
      note: `worst of ${TRIES}: ${(sorted.at(-1) ?? 0).toFixed(1)}`,
    });
  }
  return figures;
}

if (import.meta.main) console.table(await browseBench.measure(), ['name', 'value', 'unit', 'atMost', 'note']);
