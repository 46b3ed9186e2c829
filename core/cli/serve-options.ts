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

/** Resolves when the process is asked to end. */
export function untilSignal(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
