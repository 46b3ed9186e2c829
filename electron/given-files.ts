import { extname, resolve } from 'node:path';

/** A file that was double-clicked, dropped or named on the command line, by what is to be done with it. */
export type GivenFile = { readonly kind: 'database' | 'traffic' | 'log'; readonly path: string };

export const DATABASE_EXTENSIONS = ['ocpiworkbench', 'db'];
export const TRAFFIC_EXTENSIONS = ['har', 'jsonl'];
export const LOG_EXTENSIONS = ['ocpilog'];

/** What a file is, by its ending; undefined for what the workbench does not open. */
export function givenFile(path: string): GivenFile | undefined {
  const extension = extname(path).slice(1).toLowerCase();
  if (DATABASE_EXTENSIONS.includes(extension)) return { kind: 'database', path };
  if (TRAFFIC_EXTENSIONS.includes(extension)) return { kind: 'traffic', path };
  if (LOG_EXTENSIONS.includes(extension)) return { kind: 'log', path };
  return undefined;
}

/** The files of a command line: what stands in it besides is Chromium's switches and, unpackaged, our own folder. */
export function filesOfCommandLine(argv: readonly string[], folder: string): GivenFile[] {
  return argv
    .slice(1)
    .filter(argument => !argument.startsWith('-'))
    .flatMap(argument => givenFile(resolve(folder, argument)) ?? []);
}
