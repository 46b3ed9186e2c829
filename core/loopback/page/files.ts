import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the built page. */
export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
  /** Its name changes with its content: whoever has it need not ask again. */
  readonly immutable: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** Names as the build writes them. No dot at a beginning, nothing escaped: no path leads out of the folder. */
const PATH = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/;

/** Where the built page lies: beside the core, or where OCPI_WORKBENCH_PAGE says. */
export function pageFolder(): string {
  const elsewhere = process.env['OCPI_WORKBENCH_PAGE'];
  return elsewhere === undefined || elsewhere === ''
    ? fileURLToPath(new URL('../../../renderer/dist/', import.meta.url))
    : elsewhere;
}

/** The file at the path of an address; undefined where there is none. Read anew each time: the page may be built meanwhile. */
export async function readPageFile(folder: string, path: string): Promise<PageFile | undefined> {
  const type = TYPES[extname(path)];
  if (type === undefined || !PATH.test(path)) return undefined;
  try {
    return { type, bytes: await readFile(join(folder, path)), immutable: path.startsWith('/assets/') };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw error;
  }
}

/** index.html with the nonce of this answer, under which the page's own styles are let in; undefined before it is built. */
export async function readIndex(folder: string, nonce: string): Promise<string | undefined> {
  const index = await readPageFile(folder, '/index.html');
  return index?.bytes.toString('utf8').replace(/(<meta\s+name="csp-nonce"\s+content=")[^"]*/, `$1${nonce}`);
}
