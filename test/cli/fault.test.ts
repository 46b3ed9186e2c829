import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultKindView, type FaultRule, faultRulesSchema } from '../../core/contract/fault.ts';
import { openShell, type Serving, type Shell } from '../support/command-line.ts';

let shell: Shell;
let serving: Serving;

function written(name: string, content: unknown): string {
  const file = join(shell.folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const fault = async (...args: readonly string[]) => {
  const { code, document } = await shell.json('fault', ...args);
  return { code, rules: document as FaultRule[], rule: document as FaultRule, document };
};

describe('wb fault', () => {
  beforeAll(async () => {
    shell = openShell();
    const rules = [
      {
        kind: 'envelope.http-status',
        name: 'first',
        parameters: { status: 503 },
        when: { nth: 1 },
        reachesRegistration: true,
      },
    ];
    serving = await shell.serve('--faults', written('start.json', { ocpiWorkbenchFaults: 1, rules }));
  }, 60_000);
  afterAll(() => shell.close());

  it('lists the catalogue as an array that is kept stable, and finds in it', async () => {
    const { document } = await fault('kinds');
    const kinds = document as FaultKindView[];
    expect(new Set(kinds.map(({ family }) => family)).size).toBe(11);
    const keys = ['kind', 'family', 'title', 'explain', 'parameters', 'cases', 'directions', 'operations', 'example'];
    expect(kinds.map(kind => Object.keys(kind).sort())).toEqual(kinds.map(() => [...keys].sort()));
    const found = await shell.wb('fault', 'kinds', '--family', 'paging', '--search', 'link 11');
    expect(found.stdout).toContain('paging.link-relative: ');
    expect(found.stdout).not.toContain('envelope.');
  }, 60_000);

  it('has the rules of a file in force from the first request of a server', async () => {
    const statuses: number[] = [];
    for (let at = 0; at < 2; at++)
      statuses.push((await fetch(serving.versionsUrl, { headers: { Authorization: 'Token x' } })).status);
    const { rules } = await fault('list');
    expect(rules).toMatchObject([{ name: 'first', armed: true, met: 2, fired: 1 }]);
    expect(statuses).toEqual([503, 401]);
    const hits = await shell.wb('fault', 'hits', '--rule', 'first');
    expect(hits.stdout).toMatch(/#1\b.*versions\.list.*first \(1\)/);
  }, 60_000);

  it('adds, changes, disarms, exports, imports and removes rules', async () => {
    const added = await fault(
      'add',
      'envelope.ocpi-status',
      '--set',
      'code=2003',
      'message=a=b',
      '--module',
      'tokens',
      '--every',
      '2',
      '--name',
      'second',
      '--disarmed',
    );
    expect(added).toMatchObject({
      code: 0,
      rule: {
        name: 'second',
        armed: false,
        scope: { module: 'tokens' },
        when: { everyNth: 2 },
        parameters: { code: 2003, message: 'a=b' },
      },
    });
    const changed = await fault(
      'change',
      'second',
      '--module',
      'none',
      '--probability',
      '0.5',
      '--set',
      'code=2004',
      '--before',
      'first',
    );
    expect(changed.rule).toMatchObject({
      scope: {},
      when: { everyNth: 2, probability: 0.5 },
      parameters: { code: 2004, message: 'a=b' },
    });
    expect((await fault('arm', 'SECOND')).rules).toMatchObject([{ armed: true }]);
    const out = join(shell.folder, 'out.json');
    expect((await shell.wb('fault', 'export', '--out', out)).stdout).toContain('2 rules');
    expect((await fault('remove', '--all')).rules.map(({ name }) => name)).toEqual(['second', 'first']);
    expect((await fault('import', out)).rules.map(({ name }) => name)).toEqual(['second', 'first']);
    expect((await fault('disarm', '--all')).rules.map(({ armed }) => armed)).toEqual([false, false]);
    expect((await shell.wb('fault', 'list')).stdout).toMatch(/off\s+second/);
  }, 60_000);

  it('loads a pack, shows what a kind does, and sends it over a socket', async () => {
    const packs = (await fault('packs')).document as readonly {
      readonly name: string;
      readonly rules: readonly unknown[];
    }[];
    expect(packs.length).toBeGreaterThanOrEqual(5);
    const [pack] = packs;
    expect((await fault('load', pack?.name ?? '')).rules).toHaveLength(pack?.rules.length ?? 0);
    const shown = await shell.wb('fault', 'preview', 'envelope.http-status', '--set', 'status=418');
    expect(shown.stdout).toMatch(/^On a sample of .*HTTP\/1\.1 200 OK.*On the wire: head,.*HTTP\/1\.1 418 /s);
    const [tried, noise] = await Promise.all([
      shell.wb('fault', 'try', 'transport.cut', '--set', 'at=10'),
      shell.wb('fault', 'try', 'transport.noise'),
    ]);
    expect(tried.stdout).toMatch(
      /on the wire: head, 10 of [\d,]+ bytes, close\n.*connection was closed.*HTTP\/1\.1 200 OK/s,
    );
    expect(noise.stdout).toMatch(/^00000000 {2}([0-9a-f]{2} ){15}[0-9a-f]{2} {2}/m);
  }, 60_000);

  it('ends with exit code 2, a place and an advice where something makes no sense', async () => {
    const bad = written('bad.json', {
      ocpiWorkbenchFaults: 1,
      rules: [{ kind: 'envelope.data-null' }, { kind: 'envelope.http-status', parameters: { status: 'x' } }],
    });
    const wrong: readonly (readonly [readonly string[], RegExp])[] = [
      [['add', 'envelope.data-nul'], /no fault kind.*envelope\.data-null/s],
      [['add', 'envelope.http-status', '--set', 'stat=1'], /no parameter "stat".*status/s],
      [['add', 'envelope.http-status', '--nth', 'x'], /--nth: /],
      [['add', 'envelope.http-status', '--direction', 'up'], /--direction: /],
      [['import', bad], /rules\[1\]\.parameters\.status: /],
      [['import', written('no.json', '{')], /no\.json is no JSON/],
      [['remove'], /no rule is named/],
      [['arm', 'nobody'], /no fault rule "nobody"/],
    ];
    const ended = await Promise.all(wrong.map(([args]) => shell.wb('fault', ...args)));
    for (const [at, { code, stderr }] of ended.entries()) {
      expect([wrong[at]?.[0], code, stderr]).toEqual([
        wrong[at]?.[0],
        2,
        expect.stringMatching(wrong[at]?.[1] ?? /^$/),
      ]);
    }
    const db = (name: string) => ['--db', join(shell.folder, `${name}.db`)];
    const [serve, sandbox, pack] = await Promise.all([
      shell.wb('serve', '--faults', bad, ...db('other')),
      shell.wb('sandbox', '--faults', bad, ...db('box')),
      shell.wb('sandbox', '--pack', 'no such pack', ...db('other box')),
    ]);
    for (const { code, stdout, stderr } of [serve, sandbox]) {
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/bad\.json: rules\[1\]\.parameters\.status: /);
    }
    expect(pack).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('there is no pack') });
  }, 60_000);

  it('publishes the schema of a rules file as it is in force', () => {
    const published = join(import.meta.dirname, '..', '..', 'docs', 'fault-rules.schema.json');
    // Written anew by: wb fault schema > docs/fault-rules.schema.json
    expect(JSON.parse(readFileSync(published, 'utf8'))).toEqual(JSON.parse(JSON.stringify(faultRulesSchema())));
  });
});
