import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Bench, Figure } from './figure.ts';
import type { ParseFigures, PullFigures, QueryFigures } from './objects-process.ts';

const MEBIBYTE = 1024 * 1024;
const FEW = 100_000;
const MANY = 1_000_000;
const script = fileURLToPath(new URL('./objects-process.ts', import.meta.url));

/** With BENCH_ALL set, a million objects too: queries are asked of them, and their memory compared. */
export const objectsBench: Bench = {
  name: 'objects',
  about: 'storing pulled locations (2 EVSEs of 2 connectors, pages of 1,000), and asking for them',
  async measure() {
    const folder = mkdtempSync(join(tmpdir(), 'workbench-objects-'));
    try {
      const few = await pulls(join(folder, 'few.db'), FEW);
      if (!process.env['BENCH_ALL']) return [...few.figures, ...(await queries(join(folder, 'few.db'), FEW))];
      const many = await pulls(join(folder, 'many.db'), MANY);
      const growth: Figure = {
        name: 'peak memory, 1,000,000 to 100,000',
        value: many.peakMemory / few.peakMemory,
        unit: 'ratio',
        atMost: 1.15,
      };
      return [...few.figures, ...many.figures, growth, ...(await queries(join(folder, 'many.db'), MANY))];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** A first pull and a second one with one object in a hundred changed, against JSON.parse of the same pages. */
async function pulls(file: string, objects: number) {
  const parsed = await inProcess<ParseFigures>('parse');
  const first = await inProcess<PullFigures>('pull', file, objects, 1, 'wait');
  const second = await inProcess<PullFigures>('pull', file, objects, 2);
  if (first.changed !== objects || second.changed !== objects / 100) {
    throw new Error(`${first.changed} and ${second.changed} objects were stored`);
  }
  const peakMemory = Math.max(first.peakMemory, second.peakMemory);
  const count = objects.toLocaleString('en');
  const perPage = ({ perPage: value }: ParseFigures) => `${value.toFixed(1)} ms a page`;
  const ratio = (name: string, pull: PullFigures): Figure => ({
    name: `${count}: ${name}, to JSON.parse`,
    value: pull.perPage / parsed.perPage,
    unit: 'ratio',
    note: `${perPage(pull)}, JSON.parse ${perPage(parsed)}`,
  });
  const figures: Figure[] = [
    ratio('first pull', first),
    ratio('second pull, 1 % changed', second),
    { name: `${count}: peak memory`, value: peakMemory / MEBIBYTE, unit: 'MiB', atMost: 400 },
    {
      name: `${count}: searchable after the pull`,
      value: first.searchableAfter ?? 0,
      unit: 's',
      ...(objects === FEW ? { atMost: 10 } : {}),
    },
    {
      name: `${count}: an exchange recorded meanwhile`,
      value: first.recordedMedian,
      unit: 'ms',
      note: `worst ${first.recordedWorst.toFixed(0)}`,
    },
    { name: `${count}: database, per object`, value: statSync(file).size / objects, unit: 'bytes' },
    { name: `${count}: full text, per object`, value: statSync(`${file}.search`).size / objects, unit: 'bytes' },
  ];
  return { figures, peakMemory };
}

/** The median is held to the bound: the worst of 20 belongs to the neighbours on the machine. */
async function queries(file: string, objects: number): Promise<Figure[]> {
  const measured = await inProcess<QueryFigures>('query', file, objects);
  const figures = Object.entries(measured).map(
    ([name, { median, worst }]): Figure => ({
      name,
      value: median,
      unit: 'ms',
      ...(name.startsWith('page') ? {} : { atMost: 100 }),
      note: `worst of 20: ${worst.toFixed(1)}`,
    }),
  );
  const [first, last] = ['first', 'last'].map(which => measured[`page of 1,000: the ${which}`]?.median ?? 0);
  return [
    ...figures,
    { name: 'page of 1,000: last to first', value: (last ?? 0) / (first ?? 1), unit: 'ratio', atMost: 1.5 },
  ];
}

async function inProcess<T>(...args: readonly (string | number)[]): Promise<T> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...args.map(String)]);
  return JSON.parse(stdout) as T;
}

if (import.meta.main) console.table(await objectsBench.measure(), ['name', 'value', 'unit', 'atMost', 'note']);
