/**
 * Builds what runs without the sources: `npm run build`.
 *
 *   dist/core, dist/electron   JavaScript of every TypeScript file (its types are checked by npm run typecheck)
 *   dist/electron/preload.cjs  the preload in one CommonJS file: a sandboxed page's preload can load nothing else
 *   dist/renderer/dist         the page, which is in renderer/dist too, for a core that runs from the sources
 *   dist/package.json          the package's name, version and kind of modules
 *
 * Addresses of workers (`new URL('./worker.ts', import.meta.url)`) name the built files in it, as imports do.
 * The folders stand to each other as those of the sources do, so that what the core finds beside itself it finds here.
 * `--if-older` does nothing where no source is younger than what was built; `--out FOLDER` builds elsewhere;
 * `--no-page` leaves the page out.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build, type InlineConfig } from 'vite';

const root = resolve(import.meta.dirname, '..', '..');
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: join(root, 'dist') },
    'if-older': { type: 'boolean', default: false },
    'no-page': { type: 'boolean', default: false },
  },
});
const out = resolve(values.out);
/** Written last: a build that was broken off is none. */
const mark = join(out, 'built.json');

function youngest(path: string): number {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return readdirSync(path)
    .filter(name => name !== 'dist')
    .reduce((latest, name) => Math.max(latest, youngest(join(path, name))), found.mtimeMs);
}

function isUpToDate(): boolean {
  const built = statSync(mark, { throwIfNoEntry: false })?.mtimeMs;
  const sources = ['core', 'electron', 'renderer', 'package.json', 'package-lock.json', 'tsconfig.json'];
  return built !== undefined && sources.every(source => youngest(join(root, source)) <= built);
}

function run(args: readonly string[]) {
  const { status, error } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${args[0]} ended with ${status ?? error?.message}`);
}

function buildModules() {
  for (const folder of ['core', 'electron']) rmSync(join(out, folder), { recursive: true, force: true });
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const project = join(root, 'electron', 'build', 'tsconfig.json');
  run([compiler, '-p', project, '--outDir', out, '--noCheck']);
  for (const folder of ['core', 'electron']) nameBuiltScripts(join(out, folder));
}

/** The compiler renames what is imported; a worker is started by an address beside its module, which means the same. */
function nameBuiltScripts(folder: string) {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.js')) continue;
    const file = join(folder, name);
    const text = readFileSync(file, 'utf8');
    const named = text.replace(/(new URL\('\.[^']*)\.ts(', import\.meta\.url\))/g, '$1.js$2');
    if (named !== text) writeFileSync(file, named);
  }
}

function buildPreload(): Promise<unknown> {
  const config: InlineConfig = {
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      outDir: join(out, 'electron'),
      emptyOutDir: false,
      target: 'es2024',
      minify: false,
      lib: { entry: join(root, 'electron', 'preload.ts'), formats: ['cjs'], fileName: () => 'preload.cjs' },
      rolldownOptions: { external: ['electron'] },
    },
  };
  return build(config);
}

/** The set-up knows how the page is built, and when it is old. */
function copyPage() {
  run([join(root, 'core', 'setup', 'page.js')]);
  const built = join(out, 'renderer', 'dist');
  rmSync(built, { recursive: true, force: true });
  cpSync(join(root, 'renderer', 'dist'), built, {
    recursive: true,
    filter: source => !basename(source).startsWith('.'),
  });
}

if (values['if-older'] && isUpToDate()) process.exit(0);
rmSync(mark, { force: true });
mkdirSync(out, { recursive: true });
buildModules();
await buildPreload();
if (!values['no-page']) copyPage();
const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
writeFileSync(join(out, 'package.json'), `${JSON.stringify({ name, version, type: 'module' }, undefined, 2)}\n`);
writeFileSync(mark, JSON.stringify({ version }));
