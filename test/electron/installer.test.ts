import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DATABASE_EXTENSIONS, LOG_EXTENSIONS, TRAFFIC_EXTENSIONS } from '../../electron/given-files.ts';

const root = join(import.meta.dirname, '..', '..');
const configFile = join(root, 'electron', 'build', 'electron-builder.yml');
// electron-builder's own parts, as it finds them itself.
const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const parts = createRequire(builder.resolve('app-builder-lib'));

interface Configuration {
  readonly npmRebuild: boolean;
  readonly asar: boolean;
  readonly files: readonly string[];
  readonly asarUnpack: readonly string[];
  readonly electronFuses: Readonly<Record<string, boolean>>;
  readonly fileAssociations: readonly { readonly ext: string }[];
  readonly directories: { readonly output: string };
  readonly linux: { readonly target: readonly string[] };
  readonly mac: { readonly target: readonly string[] };
  readonly win: { readonly target: readonly string[] };
}

const { load } = parts('js-yaml') as { load(text: string): unknown };
const { validateConfiguration } = parts('./util/config/config.js') as {
  validateConfiguration(config: unknown, logger: { readonly isEnabled: boolean }): Promise<void>;
};
const read = () => load(readFileSync(configFile, 'utf8')) as Configuration;

/** `!node_modules/{a,b}/**` names a and b. */
function namesOf(pattern: string): string[] {
  const [, names = ''] = /^!node_modules\/(.+)\/\*\*$/.exec(pattern) ?? [];
  return names.replace(/^\{|\}$/g, '').split(',');
}

/** What the sources of core and desktop import, and what that depends on. */
function packagesNeeded(): Set<string> {
  const imported = ['core', 'electron'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts') && !name.startsWith('build'))
      .flatMap(name => [...readFileSync(join(root, folder, name), 'utf8').matchAll(/ from '([^.'][^']*)'/g)])
      .map(([, specifier = '']) => specifier)
      .filter(specifier => !specifier.startsWith('node:') && specifier !== 'electron')
      .map(specifier =>
        specifier
          .split('/')
          .slice(0, specifier.startsWith('@') ? 2 : 1)
          .join('/'),
      ),
  );
  const needed = new Set<string>();
  const add = (name: string) => {
    const manifest = join(root, 'node_modules', name, 'package.json');
    if (needed.has(name) || !existsSync(manifest)) return;
    needed.add(name);
    const { dependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8')) as { dependencies?: object };
    for (const dependency of Object.keys(dependencies)) add(dependency);
  };
  for (const name of imported) add(name);
  return needed;
}

describe('the configuration of the installers', () => {
  it('is one electron-builder accepts', async () => {
    await validateConfiguration(read(), { isEnabled: false });
    await expect(validateConfiguration({ ...read(), fuses: {} }, { isEnabled: false })).rejects.toThrow('fuses');
  });

  it('makes packages for Linux, macOS and Windows', () => {
    const { linux, mac, win } = read();
    expect([...linux.target, ...mac.target, ...win.target]).toEqual(['AppImage', 'deb', 'dmg', 'zip', 'nsis']);
  });

  it('blows the fuses: no Node in disguise, no options, no inspector, only the sealed application', () => {
    expect(read().electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(read().asar).toBe(true);
  });

  it('takes the native modules’ own binaries, unpacked, and compiles nothing', () => {
    expect(read().npmRebuild).toBe(false);
    expect(read().asarUnpack).toEqual(['**/*.node']);
  });

  it('packs what was built and no source, and does not pack its own results', () => {
    const { files, directories } = read();
    const packed = files.filter(pattern => !pattern.startsWith('!'));
    expect(packed).toEqual([
      'package.json',
      'dist/package.json',
      'dist/core/**',
      'dist/electron/**',
      'dist/renderer/**',
    ]);
    expect(packed.some(pattern => directories.output.startsWith(pattern.replace('/**', '')))).toBe(false);
  });

  it('leaves out no package that the core or the desktop loads, directly or through another', () => {
    const left = read()
      .files.filter(pattern => pattern.startsWith('!node_modules/') && !pattern.includes('better-sqlite3'))
      .flatMap(pattern => namesOf(pattern));
    expect(left).toEqual(expect.arrayContaining(['@mantine', 'react', 'world-atlas']));
    const needed = packagesNeeded();
    expect([...needed]).toEqual(expect.arrayContaining(['better-sqlite3', '@orpc/shared', 'sonic-boom', 'ws']));
    expect([...needed].filter(name => left.includes(name) || left.includes(name.split('/')[0] ?? ''))).toEqual([]);
    expect(left.filter(name => !existsSync(join(root, 'node_modules', name)))).toEqual([]);
  });

  it('opens with a double click what the desktop opens, where the ending is ours to claim', () => {
    const opened = [...DATABASE_EXTENSIONS, ...TRAFFIC_EXTENSIONS, ...LOG_EXTENSIONS];
    const claimed = read().fileAssociations.map(({ ext }) => ext);
    expect(claimed).toEqual(['ocpiworkbench', 'har', 'ocpilog']);
    expect(claimed.filter(ext => !opened.includes(ext))).toEqual([]);
  });

  it('has an icon', () => {
    expect(existsSync(join(root, 'electron', 'build', 'icon.png'))).toBe(true);
  });
});
