import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const REMEMBERED = join(import.meta.dirname, '..', '..', '..', 'node_modules', '.cache', 'ocpi-workbench', 'chromium');

/** Found, or installed, by core/setup/chromium.js before the tests; OCPI_WORKBENCH_CHROMIUM names another one. */
export function chromiumPath(): string | undefined {
  const wished = process.env['OCPI_WORKBENCH_CHROMIUM'];
  if (wished) return wished;
  try {
    return readFileSync(REMEMBERED, 'utf8');
  } catch {
    return undefined;
  }
}
