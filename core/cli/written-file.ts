import { access, constants, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { usageFailure } from './command.ts';

/** Writes a text into the file that was named on the command line; what hinders that is wrong usage. */
export async function writeNamed(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw usageFailure(`${file} cannot be written: ${why}`, 'Name another file.');
  }
}

/** Before long work whose outcome is to be written there: a file that cannot be written is told at once. */
export async function mustBeWritable(option: string, file: string): Promise<void> {
  try {
    await access(dirname(file), constants.W_OK);
    if (await isThere(file)) await access(file, constants.W_OK);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw usageFailure(`${option} ${file} cannot be written: ${why}`, 'Name another file.');
  }
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
