import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShell } from '../support/command-line.ts';

const root = join(import.meta.dirname, '..', '..');
let out: string;
/** Node as it runs JavaScript: a TypeScript file, on whichever thread, is an error. */
let program: readonly string[];

beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), 'ocpi-workbench-built-'));
  const script = join(root, 'electron', 'build', 'build.ts');
  const built = spawnSync(process.execPath, [script, '--out', out, '--no-page'], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the build ended with ${built.status}: ${built.stdout}${built.stderr}`);
  symlinkSync(join(root, 'node_modules'), join(out, 'node_modules'));
  program = ['--no-strip-types', join(out, 'core', 'cli', 'main.js')];
}, 60_000);
afterAll(() => rmSync(out, { recursive: true, force: true }));

const files = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' });

describe('the production build', () => {
  it('is JavaScript only, with a script for every worker, and no test or tool in it', () => {
    const built = [...files(join(out, 'core')), ...files(join(out, 'electron'))];
    expect(built.filter(name => /\.tsx?$/.test(name))).toEqual([]);
    expect(built).toEqual(expect.arrayContaining(['main.js', 'core-main.js', 'preload.cjs', 'cli/main.js']));
    const workers = files(join(root, 'core')).filter(name => name.endsWith('worker.ts'));
    expect(workers.length).toBeGreaterThan(3);
    expect(built).toEqual(expect.arrayContaining(workers.map(name => name.replace(/\.ts$/, '.js'))));
    expect(existsSync(join(out, 'electron', 'build'))).toBe(false);
    const scripts = built.filter(name => name.endsWith('.js') && existsSync(join(out, 'core', name)));
    const asking = scripts.filter(name =>
      /new URL\([^)]*\.ts['"`]/.test(readFileSync(join(out, 'core', name), 'utf8')),
    );
    expect(asking).toEqual([]);
  });

  it('starts Electron from the file that package.json names', () => {
    const { main, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, string>;
    expect(main).toBe('dist/electron/main.js');
    expect(existsSync(join(out, 'electron', 'main.js'))).toBe(true);
    const built = JSON.parse(readFileSync(join(out, 'package.json'), 'utf8')) as unknown;
    expect(built).toMatchObject({ type: 'module', version });
  });

  it('has the preload in one CommonJS file that loads nothing but Electron', () => {
    const text = readFileSync(join(out, 'electron', 'preload.cjs'), 'utf8');
    expect([...text.matchAll(/require\(["']([^"']+)["']\)/g)].map(([, name]) => name)).toEqual(['electron']);
    expect(text).not.toMatch(/^import |^export /m);
  });

  it('is not built again where no source is younger than it', () => {
    const before = readFileSync(join(out, 'built.json'), 'utf8');
    writeFileSync(join(out, 'core', 'left-alone.txt'), '');
    const script = join(root, 'electron', 'build', 'build.ts');
    // Far in the future: nobody working on the sources meanwhile makes this build an old one.
    writeFileSync(join(out, 'built.json'), before);
    const touched = spawnSync('touch', ['-d', '2100-01-01', join(out, 'built.json')]);
    expect(touched.status).toBe(0);
    expect(spawnSync(process.execPath, [script, '--out', out, '--if-older']).status).toBe(0);
    expect(existsSync(join(out, 'core', 'left-alone.txt'))).toBe(true);
  });
});

describe('the built core under plain Node', () => {
  it('validates a document', async () => {
    const shell = openShell(program);
    const path = join(shell.folder, 'place.json');
    writeFileSync(path, '{"latitude": "59.858562", "longitude": "17.638927"}');
    const { code, stdout } = await shell.wb('validate', '--version', '2.2.1', '--type', 'GeoLocation', path);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${path}: 1 GeoLocation, OCPI 2.2.1: no findings\n` });
    await shell.close();
  });

  it('serves beside a sandbox, pulls from it over real sockets, stores and searches in its workers', async () => {
    const shell = openShell(program);
    try {
      const serving = await shell.serve('--sandbox', '--sandbox-locations', '120');
      const pulled = await shell.json('pull', 'sandbox', 'locations');
      expect(pulled).toMatchObject({ code: 0, document: { ok: true, objects: 120, added: 120 } });
      const listed = await shell.json('objects', 'sandbox', 'locations', '--limit', '3');
      expect(listed.document).toHaveLength(3);
      await expect.poll(async () => (await shell.json('exchanges', '--search', 'locations')).document).not.toEqual([]);
      const { code, stderr } = await serving.stop();
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('rror') });
    } finally {
      await shell.close();
    }
  }, 60_000);
});

/** Plays Electron's part: a parent port on `process`, whose messages are printed. */
const UTILITY_PROCESS = `
  import { EventEmitter } from 'node:events';
  const [, , entry, database, fall] = process.argv;
  const parentPort = new EventEmitter();
  parentPort.postMessage = message => {
    process.stdout.write(JSON.stringify(message) + '\\n');
    if (fall) Promise.reject(new Error('Token abcdefgh was wrong'));
    else parentPort.emit('message', { data: { kind: 'close' }, ports: [] });
  };
  process.parentPort = parentPort;
  await import(entry);
  parentPort.emit('message', { data: { kind: 'open', database }, ports: [] });
`;

describe('the entry of the utility process', () => {
  const run = (...given: readonly string[]) => {
    const script = join(out, 'utility-process.mjs');
    writeFileSync(script, UTILITY_PROCESS);
    const database = join(out, `${given.length}.db`);
    const entry = join(out, 'electron', 'core-main.js');
    const { status, stdout } = spawnSync(process.execPath, ['--no-strip-types', script, entry, database, ...given], {
      encoding: 'utf8',
      timeout: 40_000,
      env: { ...process.env, OCPI_WORKBENCH_KEYSTORE: 'file' },
    });
    return { status, told: stdout.trim().split('\n'), log: readFileSync(`${database}.log`, 'utf8') };
  };

  it('opens the database it is told, says so, and ends when it is told', () => {
    expect(run()).toEqual({ status: 0, told: ['{"kind":"ready","notServing":null}'], log: '' });
  });

  it('dies of what nobody expected, with class and place in the log and not a word of what a partner sent', () => {
    const { status, log } = run('fall');
    expect(status).toBe(1);
    expect(log).toContain('the core ended');
    expect(log).toContain('utility-process.mjs');
    expect(log).not.toContain('abcdefgh');
  });
});
