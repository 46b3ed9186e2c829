import { systemClock } from '../clock.ts';
import { VersionName } from '../contract/platform.ts';
import { usageFailure } from './command.ts';

/** `--port`: never 0, because partners store the address. */
export function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw usageFailure(`--port ${text} is no port`, 'A whole number from 1 to 65535.');
  }
  return port;
}

/** `--versions`: 2.1.1,2.2.1 */
export function readVersions(text: string): VersionName[] {
  return text.split(',').map(part => {
    const version = VersionName.safeParse(part.trim());
    if (!version.success) {
      throw usageFailure(`--versions: "${part}" is no version we speak`, `Any of ${VersionName.options.join(', ')}.`);
    }
    return version.data;
  });
}

/** A terminal and the launcher may both tell of the same Ctrl-C; one that comes later means: at once. */
const SAME_WISH_MS = 2_000;

/** Resolves when the process is asked to end. */
export function untilSignal(): Promise<void> {
  return new Promise(resolve => {
    let first: number | undefined;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        first ??= systemClock.elapsed();
        if (systemClock.elapsed() - first > SAME_WISH_MS) process.exit(130);
        resolve();
      });
    }
  });
}
