import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ReplayFlags, readReplay } from '../../core/cli/replay-options.ts';
import { readSource, type SourceFlags } from '../../core/cli/replay-source.ts';
import { CommandFailure } from '../../core/cli/terminal.ts';
import { sharedPlatform } from '../support/platform.ts';

const platform = sharedPlatform({ serve: false });
const folder = mkdtempSync(join(tmpdir(), 'workbench-sources-'));
const before = process.cwd();
beforeAll(() => process.chdir(folder));
afterAll(() => process.chdir(before));

const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return name;
};
const read = async (text: string, flags: SourceFlags = {}) => readSource((await platform()).client, text, flags);
const whyNot = async (work: () => unknown): Promise<string> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof CommandFailure) return error.failure.message;
    throw error;
  }
  return '';
};

describe('what SOURCE means', () => {
  it('is said by what stands before the colon', async () => {
    expect(await read('transaction:12')).toEqual({ kind: 'transaction', id: 12 });
    expect(await read('exchanges:12,14-16, 3,14')).toEqual({ kind: 'exchanges', ids: [12, 14, 15, 16, 3] });
    expect(await read('run:7')).toEqual({ kind: 'again', runId: 7 });
    expect(await read('scenario:mine')).toEqual({ kind: 'scenario', name: 'mine' });
    expect(await read('object:acme/sessions/A/B')).toEqual({
      kind: 'object',
      link: 'acme',
      module: 'sessions',
      key: 'A/B',
    });
    const times = { since: '2026-01-01T00:00:00Z', until: '2026-01-02T00:00:00Z' };
    expect(await read('link:my link', times)).toEqual({
      kind: 'link',
      name: 'my link',
      since: Date.UTC(2026, 0, 1),
      until: Date.UTC(2026, 0, 2),
    });
  });

  it('is a scenario by its name or a file; what is both has to be said', async () => {
    expect(await read('charge')).toEqual({ kind: 'scenario', name: 'charge' });
    file('charge', '{ "scenario": 1 }');
    expect(await whyNot(() => read('charge'))).toBe('"charge" is a scenario, and there is a file of that name');
    expect(await read('scenario:charge')).toEqual({ kind: 'scenario', name: 'charge' });
    expect(await read('file:charge')).toEqual({ kind: 'written', name: 'charge', text: '{ "scenario": 1 }' });
    // Broken, but meant as one: its own problems are to be told.
    expect(await read(file('broken.json', '{"scenario":1,'))).toMatchObject({ kind: 'written', name: 'broken.json' });
    const har = file('some.har', '{"log":{"entries":[], "comment":"\\"scenario\\": 1"}}');
    expect(await read(har, { format: 'har' })).toEqual({
      kind: 'file',
      name: 'some.har',
      upload: expect.any(String),
      format: 'har',
    });
  });

  it('is a session log by how it begins, which whoever owns the database reads by its path', async () => {
    const log = file('from-acme', '{"type":"ocpilog","format":1}');
    const asLog = { kind: 'file', name: 'from-acme', path: join(process.cwd(), log), format: 'ocpilog' };
    expect(await read(log)).toEqual(asLog);
    expect(await read(`file:${log}`, { link: 'acme' })).toEqual({ ...asLog, link: 'acme' });
  });

  it.each([
    ['nothing-of-the-kind', '"nothing-of-the-kind" is neither a scenario nor a file'],
    ['exchanges:1-x', 'exchanges:1-x: "1-x" is no id'],
    ['exchanges:9-3', 'exchanges:9-3: 9-3 is out of range'],
    ['exchanges:0', 'exchanges:0: 0 is out of range'],
    ['exchanges:1-1000000', 'exchanges:1-1000000: 1-1000000 is out of range'],
    ['transaction:x', 'transaction:x: "x" is no id'],
    ['run:0', 'run:0: "0" is no id'],
    ['object:acme', 'object:acme names no object'],
    ['file:none.har', 'none.har cannot be read: there is no such file'],
  ])('%s is refused', async (text, says) => {
    expect(await whyNot(() => read(text))).toBe(says);
  });
});

describe('the options of wb replay', () => {
  const source = { kind: 'scenario', name: 'charge' } as const;
  const of = (flags: Partial<ReplayFlags>) => readReplay(source, { to: 'acme', ...flags });

  it('leave out what is not said, and say everything else', () => {
    expect(of({})).toEqual({ to: 'acme', source });
    expect(
      of({
        speed: '10x',
        play: 'theirs',
        part: 'CPO',
        fromStep: '3',
        strict: true,
        times: 'end',
        map: ['location:A=B', 'party:NL-TNM=DE-ABC'],
        set: ['kwh=20', 'note=a=b'],
        wait: '0.5',
        seed: 's',
        paused: true,
      }),
    ).toEqual({
      to: 'acme',
      source,
      speed: 10,
      play: 'theirs',
      part: 'cpo',
      fromStep: 3,
      strict: true,
      times: 'end',
      map: { 'location:A': 'B', 'party:NL-TNM': 'DE-ABC' },
      set: { kwh: '20', note: 'a=b' },
      wait: 0.5,
      seed: 's',
      paused: true,
    });
    expect(of({ speed: 'fast' })).toMatchObject({ speed: 'fast' });
  });

  it.each<[Partial<ReplayFlags>, string]>([
    [{ speed: '0' }, '--speed 0 is no speed'],
    [{ speed: 'quick' }, '--speed quick is no speed'],
    [{ wait: '-1' }, '--wait -1 is out of range'],
    [{ part: 'x' }, '--part x is no part of a scenario'],
    [{ fromStep: '0' }, '--from-step 0 is out of range'],
    [{ map: ['location'] }, '--map location says no value'],
    [{ set: ['=1'] }, '--set =1 says no value'],
  ])('%o are refused', async (flags, says) => {
    expect(await whyNot(() => of(flags))).toBe(says);
  });
});
