import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../core/clock.ts';
import { openHistory } from '../../core/history/history.ts';
import type { OwnStore } from '../../core/history/own-data.ts';
import { convertObject } from '../../core/ocpi/convert/convert.ts';
import { createWorld } from '../../core/sandbox/world/world.ts';
import type { Bench, Figure } from './figure.ts';

const OBJECTS = 1_000_000;
const PAGE = 1000;
const ROUNDS = 31;
const START = Date.UTC(2026, 0, 1);

/** Pages of what we serve: out of a million objects, and written in another version. */
export const ownPagesBench: Bench = {
  name: 'own',
  about: `a page of ${PAGE} out of ${OBJECTS} objects of ours; a page made for another version`,
  async measure() {
    const folder = mkdtempSync(join(tmpdir(), 'workbench-own-bench-'));
    const opened = await openHistory({ file: join(folder, 'own.db'), clock: systemClock, keyStore: 'file' });
    if (!opened.ok) throw new Error(opened.message);
    try {
      fill(opened.history.ownData);
      return [...pageFigures(opened.history.ownData), convertFigure()];
    } finally {
      await opened.history.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function fill(store: OwnStore) {
  const filler = 'x'.repeat(200);
  for (let first = 0; first < OBJECTS; first += 10_000) {
    store.put(
      Array.from({ length: 10_000 }, (_, at) => ({
        party: 'NL-WBX',
        module: 'locations' as const,
        id: `L${first + at}`,
        type: '',
        version: '2.2.1' as const,
        text: `{"id":"L${first + at}","name":"${filler}"}`,
        lastUpdated: START + first + at,
      })),
    );
  }
}

function pageFigures(store: OwnStore): Figure[] {
  const take = (offset: number) => {
    const began = systemClock.elapsed();
    const { objects } = store.page({ parties: ['NL-WBX'], module: 'locations', offset, limit: PAGE });
    if (objects.length !== PAGE) throw new Error(`a page of ${objects.length}`);
    return systemClock.elapsed() - began;
  };
  const order = take(0);
  const [first, last]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    first.push(take(0));
    last.push(take(OBJECTS - PAGE));
  }
  const [firstMs, lastMs] = [median(first), median(last)];
  const note = `${firstMs.toFixed(2)} ms and ${lastMs.toFixed(2)} ms`;
  return [
    { name: 'the last page against the first', value: lastMs / firstMs, unit: 'ratio', atMost: 1.5, note },
    { name: 'the first page of all, with the order read', value: order, unit: 'ms' },
  ];
}

function convertFigure(): Figure {
  const shape = { evses: 2, connectors: 2 };
  const world = createWorld({ seed: 'bench', locations: PAGE, now: START, shape });
  const texts = Array.from({ length: PAGE }, (_, index) => world.locationText(index, '2.2.1'));
  const owner = { countryCode: 'NL', partyId: 'WBX' };
  const times = Array.from({ length: ROUNDS }, () => {
    const began = systemClock.elapsed();
    for (const text of texts) {
      JSON.stringify(convertObject(JSON.parse(text), { module: 'locations', from: '2.2.1', to: '2.1.1', owner }));
    }
    return systemClock.elapsed() - began;
  });
  return { name: `${PAGE} locations of 2.2.1 written in 2.1.1`, value: median(times), unit: 'ms' };
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}
