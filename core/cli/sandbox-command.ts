import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { inviteGuest, openSandbox } from '../sandbox/sandbox.ts';
import { type CommonOptions, command, perform } from './command.ts';
import { databasePath } from './database-path.ts';
import { type FaultStartFlags, readFaultStart } from './fault-start.ts';
import { readLife } from './life-options.ts';
import { readMoment } from './option-values.ts';
import { PROFILE_HELP, readSandboxRoles, readWorld, type WorldFlags } from './sandbox-options.ts';
import { readPort, readVersions, untilSignal } from './serve-options.ts';
import { CommandFailure } from './terminal.ts';

interface SandboxFlags extends CommonOptions, WorldFlags, FaultStartFlags {
  readonly roles?: string;
  readonly versions?: string;
  readonly countries?: string;
  readonly now?: string;
  readonly port?: string;
  readonly charges?: string;
  readonly speed?: string;
}

export function sandboxCommand(): Command {
  return command(
    'sandbox',
    'a partner to practise with: a seeded platform that serves its world; prints one JSON line, Ctrl-C ends it',
  )
    .option('--roles <roles>', 'it plays, as CPO,EMSP (default: both)')
    .option('--versions <versions>', 'it offers, as 2.1.1,2.2.1,2.3.0')
    .option('--locations <count>', 'of its world (default 200); sessions, cdrs, tariffs and tokens follow')
    .option('--seed <text>', 'the same seed, count and moment give the same bytes')
    .option('--now <when>', 'the moment of its world: a date and time, or an age (default: now)')
    .option('--countries <codes>', 'as SE,NO (default: all it knows)')
    .option('--profile <name>', 'how it deviates (default: strict)')
    .option('--charges <count>', 'so many drivers charge at once, by themselves (default: the kept number, else none)')
    .option('--speed <factor>', 'simulated seconds in a real one, 1 to 1000 (default: the kept one, else 1)')
    .option('--faults <file>', 'a rules file, in force from the first request instead of the rules there are')
    .option('--pack <name>', 'of faults; wb fault packs lists them')
    .option('--port <port>', 'kept in the database (default: the kept one, else a free one)')
    .addHelpText(
      'after',
      `\nWithout --db it lives in a temporary folder, not in your own database, and is gone afterwards.\n\nProfiles:\n${PROFILE_HELP}`,
    )
    .action((options: SandboxFlags) =>
      perform(options, async () => {
        const place = options.db === undefined ? temporaryPlace() : { file: databasePath(options.db), clear: () => {} };
        try {
          await runSandbox(options, place);
        } finally {
          place.clear();
        }
        return 0;
      }),
    );
}

interface Place {
  readonly file: string;
  /** A throwaway sandbox leaves nothing in anybody's keychain. */
  readonly keyStore?: 'file';
  clear(): void;
}

async function runSandbox(options: SandboxFlags, { file, keyStore }: Place): Promise<void> {
  const { roles, versions, countries, now, port } = options;
  const faultStart = await readFaultStart(options);
  const opened = await openSandbox({
    file,
    ...(faultStart === undefined ? {} : { prepare: faultStart }),
    ...(keyStore === undefined ? {} : { keyStore }),
    ...readWorld(options),
    ...(roles === undefined ? {} : { roles: readSandboxRoles(roles) }),
    ...(versions === undefined ? {} : { versions: readVersions(versions) }),
    ...(countries === undefined ? {} : { countries: countries.split(',').map(code => code.trim().toUpperCase()) }),
    ...(now === undefined ? {} : { now: readMoment('--now', now) }),
    ...(port === undefined ? {} : { port: readPort(port) }),
  });
  if (!opened.ok) throw new CommandFailure(opened.failure);
  const sandbox = opened.value;
  try {
    const life = sandbox.workbench.life.set(readLife(options));
    if (!life.ok) throw new CommandFailure(life.failure);
    const guest = await inviteGuest(sandbox);
    if (!guest.ok) throw new CommandFailure(guest.failure);
    const { versionsUrl, identity } = sandbox;
    const { locations, seed } = identity;
    const line = { versionsUrl, token: guest.value.token, port: sandbox.port, pid: process.pid, locations, seed };
    process.stdout.write(`${JSON.stringify(line)}\n`);
    await untilSignal();
  } finally {
    await sandbox.close();
  }
}

function temporaryPlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'ocpi-sandbox-'));
  return {
    file: join(folder, 'sandbox.db'),
    keyStore: 'file',
    clear: () => rmSync(folder, { recursive: true, force: true }),
  };
}
