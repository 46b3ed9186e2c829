import type { StartSandbox } from '../contract/sandbox.ts';
import { besideFile } from '../sandbox/beside.ts';
import type { Workbench } from '../workbench.ts';
import { readWorld, type WorldFlags } from './sandbox-options.ts';
import { CommandFailure } from './terminal.ts';

export interface SandboxBesideFlags {
  readonly sandbox?: boolean;
  readonly sandboxLocations?: string;
  readonly sandboxSeed?: string;
  readonly sandboxProfile?: string;
}

/** For the line that `wb serve` prints. */
export interface SandboxTold {
  readonly link: string | null;
  readonly versionsUrl: string | null;
  readonly database: string;
  readonly locations: number;
  readonly seed: string;
}

/** What the sandbox is to be made of; undefined when none is wanted. Thrown where an option makes no sense. */
export function readBeside(flags: SandboxBesideFlags): StartSandbox | undefined {
  const { sandbox, sandboxLocations, sandboxSeed, sandboxProfile } = flags;
  const world: WorldFlags = { locations: sandboxLocations, seed: sandboxSeed, profile: sandboxProfile };
  const { locations, seed, profile } = readWorld(world, '--sandbox-');
  const wanted = { locations, seed, profile };
  return sandbox || Object.values(wanted).some(value => value !== undefined) ? wanted : undefined;
}

/** Starts the sandbox of a platform and has the two registered with each other. */
export async function startBeside(
  { sandbox }: Workbench,
  { file, wanted }: { readonly file: string; readonly wanted: StartSandbox },
): Promise<SandboxTold> {
  const started = await sandbox.start(wanted);
  if (!started.ok) throw new CommandFailure(started.failure);
  const { link, versionsUrl, locations, seed } = started.value;
  return { link, versionsUrl, database: besideFile(file), locations, seed };
}
