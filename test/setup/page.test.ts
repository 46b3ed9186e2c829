import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const project = join(import.meta.dirname, '..', '..');
let folder: string;
let script: string;

/** A project with the set-up of ours, its packages, and a page of one line. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ocpi-workbench-setup-'));
  cpSync(join(project, 'core', 'setup'), join(folder, 'core', 'setup'), { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  for (const name of ['node', 'vite']) {
    symlinkSync(join(project, 'node_modules', name), join(folder, 'node_modules', name));
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  mkdirSync(join(folder, 'renderer'));
  write('index.html', '<!doctype html><script type="module" src="./main.js"></script>');
  write('main.js', 'console.log("one");');
  write(
    'vite.config.js',
    "export default { base: './', build: { outDir: process.env.OCPI_WORKBENCH_OUT, emptyOutDir: true } };",
  );
  script = join(folder, 'core', 'setup', 'page.js');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, 'renderer', name), text);
const index = () => readFileSync(join(folder, 'renderer', 'dist', 'index.html'), 'utf8');
/** Files may be written within one tick of the clock: an hour apart is apart. */
const touch = (name: string, hours: number) => {
  const at = new Date(Date.now() + hours * 3_600_000);
  utimesSync(join(folder, 'renderer', name), at, at);
};

function buildPage(...args: readonly string[]) {
  const env = { ...process.env };
  delete env['OCPI_WORKBENCH_PAGE'];
  const { status, stderr } = spawnSync(process.execPath, [script, ...args], { cwd: folder, encoding: 'utf8', env });
  return { status, built: stderr.includes('building the page'), stderr };
}

describe('the page of a clone', () => {
  it('is built when it is missing, left alone while it is as new as its sources, and built again after a change', () => {
    expect(buildPage()).toMatchObject({ status: 0, built: true });
    const first = index();
    expect(buildPage()).toMatchObject({ status: 0, built: false });
    write('main.js', 'console.log("two");');
    touch('main.js', 1);
    expect(buildPage()).toMatchObject({ status: 0, built: true });
    expect(index()).not.toBe(first);
    expect(buildPage('--force')).toMatchObject({ status: 0, built: true });
  });

  it('is made for use, not for work on it, whatever NODE_ENV the shell or a test has', () => {
    write('main.js', "console.log(import.meta.env.PROD ? 'for use' : 'for work');");
    expect(process.env['NODE_ENV']).toBe('test');
    expect(buildPage()).toMatchObject({ status: 0, built: true });
    const scripts = join(folder, 'renderer', 'dist', 'assets');
    const built = readdirSync(scripts).map(name => readFileSync(join(scripts, name), 'utf8'));
    expect(built.join()).toContain('for use');
  });

  it('stays the older one where its sources cannot be built, and that is said', () => {
    buildPage();
    const before = index();
    write('main.js', 'this is no script');
    touch('main.js', 1);
    expect(buildPage()).toMatchObject({ status: 0, stderr: expect.stringContaining('the older one is shown') });
    expect(index()).toBe(before);
    rmSync(join(folder, 'renderer', 'dist'), { recursive: true });
    expect(buildPage()).toMatchObject({ status: 1, stderr: expect.stringContaining('main.js') });
    expect(existsSync(join(folder, 'renderer', 'dist'))).toBe(false);
  });
});
