import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type DesktopState, readDesktopState } from './window-state.ts';

/** The file in which the desktop remembers; a disk that refuses costs the memory, never the window. */
export interface StateFile {
  read(): DesktopState;
  change(part: DesktopState): void;
}

export function createStateFile(file: string): StateFile {
  const read = () => {
    try {
      return readDesktopState(readFileSync(file, 'utf8'));
    } catch {
      return {};
    }
  };
  return {
    read,
    change(part) {
      try {
        mkdirSync(dirname(file), { recursive: true });
        // Renamed into place: a crash in between leaves the old one.
        writeFileSync(`${file}.new`, JSON.stringify({ ...read(), ...part }));
        renameSync(`${file}.new`, file);
      } catch {
        // Remembered next time.
      }
    },
  };
}
