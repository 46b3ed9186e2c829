import type { Command } from 'commander';
import { OwnRole, type PlatformConfig } from '../contract/platform.ts';
import { ownDatabase } from '../loopback/own.ts';
import { type CommonOptions, command, perform, usageFailure } from './command.ts';
import { databasePath } from './database-path.ts';
import { type FaultStartFlags, readFaultStart } from './fault-start.ts';
import { readBeside, type SandboxBesideFlags, startBeside } from './sandbox-beside.ts';
import { readPort, readVersions, untilSignal } from './serve-options.ts';
import { CommandFailure, tell } from './terminal.ts';

interface ServeFlags extends CommonOptions, SandboxBesideFlags, Omit<FaultStartFlags, 'pack'> {
  readonly port?: string;
  readonly host?: string;
  readonly publicUrl?: string;
  readonly party?: readonly string[];
  readonly roles?: string;
  readonly versions?: string;
  readonly businessName?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly clientCa?: string;
}

export function serveCommand(): Command {
  return command('serve', 'be the partner: listen, answer, record; prints one JSON line when listening; Ctrl-C ends it')
    .option('--port <port>', 'kept in the database (default: the kept one, else a free one)')
    .option('--host <address>', 'listen there (default 127.0.0.1; 0.0.0.0 for every address)')
    .option('--public-url <url>', 'under which partners reach us, may hold a path prefix; "none" takes it back')
    .option('--party <party...>', 'our parties, as NL-WBX')
    .option('--roles <roles>', 'of each of our parties, as CPO,EMSP')
    .option('--versions <versions>', 'to offer, as 2.1.1,2.2.1,2.3.0')
    .option('--business-name <name>', 'in our credentials')
    .option('--tls-cert <file>', 'PEM: serve HTTPS; "none" takes TLS back')
    .option('--tls-key <file>', 'PEM of its key')
    .option('--client-ca <file>', 'PEM: every caller must show a certificate signed by it')
    .option(
      '--faults <file>',
      'a rules file, in force from the first request instead of the rules there are; see wb fault',
    )
    .option('--yes', 'production links may meet those faults')
    .option('--sandbox', 'a sandbox beside it, the two registered with each other (link "sandbox"); see wb sandbox')
    .option('--sandbox-locations <count>', 'of its world (default 200)')
    .option('--sandbox-seed <text>', 'of its world')
    .option('--sandbox-profile <name>', 'how it deviates (default: strict)')
    .action((options: ServeFlags) =>
      perform(options, async () => {
        const file = databasePath(options.db);
        const wanted = readBeside(options);
        const faultStart = await readFaultStart(options);
        const owned = await ownDatabase({ file, page: {} });
        if (!owned.ok) throw new CommandFailure(owned.failure);
        const { workbench, close } = owned.value;
        try {
          const changed = workbench.platform.configure(configOf(options, workbench.platform.config()));
          if (!changed.ok) throw new CommandFailure(changed.failure);
          const faulty = faultStart?.(workbench);
          if (faulty?.ok === false) throw new CommandFailure(faulty.failure);
          const serving = await workbench.serving.start();
          if (!serving.ok) throw new CommandFailure(serving.failure);
          const notice = workbench.platform.keyNotice();
          if (notice !== null) {
            tell(notice);
            workbench.platform.acknowledgeKeyNotice();
          }
          const sandbox = wanted === undefined ? undefined : await startBeside(workbench, { file, wanted });
          const told = { ...serving.value, pid: process.pid, ...(sandbox && { sandbox }) };
          process.stdout.write(`${JSON.stringify(told)}\n`);
          await untilSignal();
        } finally {
          await close();
        }
        return 0;
      }),
    );
}

function configOf(flags: ServeFlags, known: PlatformConfig): Partial<PlatformConfig> {
  return {
    ...(flags.port === undefined ? {} : { port: readPort(flags.port) }),
    ...(flags.host === undefined ? {} : { host: flags.host }),
    ...(flags.publicUrl === undefined ? {} : { publicUrl: flags.publicUrl === 'none' ? undefined : flags.publicUrl }),
    ...(flags.versions === undefined ? {} : { versions: readVersions(flags.versions) }),
    ...readParties(flags, known),
    ...readTls(flags),
  } as Partial<PlatformConfig>;
}

function readParties({ party, roles, businessName }: ServeFlags, known: PlatformConfig): Partial<PlatformConfig> {
  if (party === undefined && roles === undefined && businessName === undefined) return {};
  const names = party ?? [...new Set(known.parties.map(({ countryCode, partyId }) => `${countryCode}-${partyId}`))];
  const knownRoles = [...new Set(known.parties.map(({ role }) => role))];
  const wanted = roles === undefined ? knownRoles : roles.split(',').map(readRole);
  return {
    parties: names.flatMap(name => {
      const [, countryCode, partyId] = /^([A-Za-z]{2})-?([A-Za-z0-9]{3})$/.exec(name) ?? [];
      if (countryCode === undefined || partyId === undefined) {
        throw usageFailure(`--party ${name} is no party`, 'Country code and party id, as NL-WBX.');
      }
      return wanted.map(role => ({
        countryCode: countryCode.toUpperCase(),
        partyId: partyId.toUpperCase(),
        role,
        name: businessName ?? known.parties[0]?.name ?? 'OCPI Workbench',
      }));
    }),
  };
}

function readRole(text: string): OwnRole {
  const role = OwnRole.safeParse(text.trim().toUpperCase());
  if (!role.success) throw usageFailure(`--roles: "${text}" is no role`, `Any of ${OwnRole.options.join(', ')}.`);
  return role.data;
}

function readTls({ tlsCert, tlsKey, clientCa }: ServeFlags): Partial<PlatformConfig> | { tls: undefined } {
  if (tlsCert === 'none') return { tls: undefined };
  if (tlsCert === undefined && tlsKey === undefined && clientCa === undefined) return {};
  if (tlsCert === undefined || tlsKey === undefined) {
    throw usageFailure(
      'TLS needs both --tls-cert and --tls-key',
      'Name the PEM files of the certificate and of its key.',
    );
  }
  return { tls: { certificate: tlsCert, key: tlsKey, ...(clientCa === undefined ? {} : { clientCa }) } };
}
