import { readFileSync } from 'node:fs';
import * as z from 'zod';

const manifest = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')));

/** Of the workbench, as in package.json. */
export const RELEASE = manifest.version;

/** How we name ourselves to partners: `ocpi-workbench/0.1.0`. */
export const USER_AGENT = `ocpi-workbench/${RELEASE}`;
