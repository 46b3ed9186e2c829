import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const top = fileURLToPath(new URL('../../../', import.meta.url));
const mantine = join(top, 'node_modules', '@mantine', 'core');

function files(folder: string, ending: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => ending.test(path) && !/(^|[\\/])dist[\\/]/.test(path))
    .map(path => join(folder, path));
}

/** Names that the page takes from Mantine. */
function used(): Set<string> {
  const names = files(join(top, 'renderer'), /\.tsx?$/).flatMap(path =>
    [...readFileSync(path, 'utf8').matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)].flatMap(([, list = '']) =>
      list.split(',').map(name => name.trim()),
    ),
  );
  return new Set(names);
}

/** Those, and every part of Mantine that they are made of, as far as it has a style of its own. */
function styled(): string[] {
  const modules = files(join(mantine, 'esm'), /\.mjs$/);
  const seen = new Set<string>();
  const visit = (path: string) => {
    if (seen.has(path) || !existsSync(path)) return;
    seen.add(path);
    for (const [, next = ''] of readFileSync(path, 'utf8').matchAll(/from\s*["'](\.[^"']+)["']/g)) {
      visit(resolve(dirname(path), next));
    }
  };
  const names = used();
  for (const path of modules) if (names.has(basename(path, '.mjs'))) visit(path);
  const parts = new Set([...seen].map(path => basename(path).replace(/(\.module\.css)?\.mjs$/, '')));
  return [...parts].filter(name => existsSync(join(mantine, 'styles', `${name}.css`)));
}

it('every part of Mantine that the page uses has its style, in the order of Mantine’s own file', () => {
  const imports = readFileSync(join(top, 'renderer', 'app', 'mantine-styles.ts'), 'utf8');
  const imported = [...imports.matchAll(/@mantine\/core\/styles\/([\w-]+)\.css/g)].map(([, name = '']) => name);
  const wanted = styled();
  expect(wanted.length).toBeGreaterThan(10);
  expect(wanted.filter(name => !imported.includes(name))).toEqual([]);
  const whole = readFileSync(join(mantine, 'styles.css'), 'utf8');
  const places = imported.map(name =>
    whole.indexOf(readFileSync(join(mantine, 'styles', `${name}.css`), 'utf8').slice(0, 60)),
  );
  expect(places).toEqual(places.toSorted((left, right) => left - right));
});
