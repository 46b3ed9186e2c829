import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FAULT_KINDS } from '../../../core/faults/catalogue.ts';
import type { SocketCase } from './cases/case.ts';

/** Tests of kinds that need more than one call over plain HTTP. */
const TESTS = ['tokens.test.ts', 'later.test.ts', '../../server/faulting-answers.test.ts'];

const here = new URL('./', import.meta.url);

async function casesOf(file: string): Promise<readonly SocketCase[]> {
  const module = (await import(new URL(`cases/${file}`, here).href)) as Record<string, unknown>;
  return Object.entries(module).flatMap(([name, value]) => (name.endsWith('_CASES') ? (value as SocketCase[]) : []));
}

it('each kind of the catalogue has a case over a real socket', async () => {
  const files = readdirSync(new URL('cases/', here));
  const cases = (await Promise.all(files.map(casesOf))).flat();
  const covered = new Set(cases.map(({ kind }) => kind));
  const kinds = FAULT_KINDS.map(({ kind }) => kind as string);
  const read = TESTS.map(file => readFileSync(new URL(file, here), 'utf8')).join('\n');
  const isNamed = (kind: string) =>
    read.includes(`'${kind}'`) || read.includes(`'${kind.replace(/^transport\./, '')}'`);
  expect(kinds.filter(kind => !covered.has(kind) && !isNamed(kind))).toEqual([]);
  expect([...covered].filter(kind => !kinds.includes(kind))).toEqual([]);
});

it('each file of cases is played by a test', () => {
  const tests = readdirSync(here).filter(file => file.endsWith('.test.ts'));
  const read = tests.map(file => readFileSync(new URL(file, here), 'utf8')).join('\n');
  const files = readdirSync(new URL('cases/', here));
  expect(files.filter(file => !read.includes(`'./cases/${file}'`))).toEqual([]);
});

it('no two kinds have the same name, and each family of failures.md has its kinds', () => {
  expect(new Set(FAULT_KINDS.map(({ kind }) => kind)).size).toBe(FAULT_KINDS.length);
  expect(new Set(FAULT_KINDS.map(({ family }) => family)).size).toBe(11);
});
