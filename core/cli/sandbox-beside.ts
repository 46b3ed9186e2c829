import type { WantedIdentity } from '../sandbox/identity.ts';
import { pair } from '../sandbox/pairing.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import type { Workbench } from '../workbench.ts';
import { readWorld, type WorldFlags } from './sandbox-options.ts';
import { CommandFailure } from './terminal.ts';

export interface SandboxBesideFlags {
  readonly sandbox?: boolean;
  readonly sandboxLocations?: string;
  readonly sandboxSeed?: string;
  readonly sandboxProfile?: string;
}

/** A sandbox in this process, next to a platform that serves; its database stands beside that one's. */
export interface SandboxBeside {
  /** For the line that `wb serve` prints. */
  readonly told: {
    readonly link: string;
    readonly versionsUrl: string;
    readonly database: string;
    readonly locations: number;
    readonly seed: string;
  };
  readonly sandbox: Sandbox;
}

/** What the sandbox is to be made of; undefined when none is wanted. Thrown where an option makes no sense. */
export function readBeside(flags: SandboxBesideFlags): WantedIdentity | undefined {
  const { sandbox, sandboxLocations, sandboxSeed, sandboxProfile } = flags;
  const world: WorldFlags = { locations: sandboxLocations, seed: sandboxSeed, profile: sandboxProfile };
  const wanted = readWorld(world, '--sandbox-');
  return sandbox || Object.keys(wanted).length > 0 ? wanted : undefined;
}

/** Opens the sandbox of a platform and has the two registered with each other. */
export async function openBeside(
  ours: Workbench,
  { file, wanted }: { readonly file: string; readonly wanted: WantedIdentity },
): Promise<SandboxBeside> {
  const database = `${file}.sandbox`;
  const opened = await openSandbox({ file: database, ...wanted });
  if (!opened.ok) throw new CommandFailure(opened.failure);
  const sandbox = opened.value;
  const paired = await pair(ours, sandbox);
  if (!paired.ok) {
    await sandbox.close();
    throw new CommandFailure(paired.failure);
  }
  const { locations, seed } = sandbox.identity;
  const { versionsUrl } = sandbox;
  return { sandbox, told: { link: paired.value.link, versionsUrl, database, locations, seed } };
}
