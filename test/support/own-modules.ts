import { createHash } from 'node:crypto';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Files of tests that share a process share the modules of the core, which keep nothing in variables. What helps tests
 * does, and says what is done after them: so each file of tests gets modules of `test/` of its own, by a number in their
 * addresses. Vitest numbers the file itself by the time; here one number stays its own, and so one place among the
 * compiled modules.
 */
const TESTS = `${pathToFileURL(join(import.meta.dirname, '..')).href}/`;
const NUMBER = /\?vitest=\d{13}$/;
const REGISTERED = Symbol.for('ocpi-workbench.own-modules');

/** Of 13 digits, as Vitest knows them in what it says of a failed test. */
function numbered(url: string): string {
  const digest = createHash('sha256').update(url).digest().readUIntBE(0, 6);
  return `${url}?vitest=${String(digest % 1e13).padStart(13, '0')}`;
}

// Once in a process, however many files of tests it runs.
if (!(REGISTERED in globalThis)) {
  Object.assign(globalThis, { [REGISTERED]: true });
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      if (!found.url.startsWith(TESTS)) return found;
      if (NUMBER.test(found.url)) return { ...found, url: numbered(found.url.replace(NUMBER, '')) };
      const [number = ''] = NUMBER.exec(context.parentURL ?? '') ?? [];
      return { ...found, url: `${found.url}${number}` };
    },
  });
}
