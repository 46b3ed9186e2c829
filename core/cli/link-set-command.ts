import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { Environment, TokenForm } from '../contract/link.ts';
import { ProfileName } from '../contract/link-profile.ts';
import type { ChangeLink } from '../contract/links.ts';
import { type CommonOptions, command, perform, usageFailure } from './command.ts';
import { confirmed } from './confirm.ts';
import { withContract } from './session.ts';
import { printJson, printLine } from './terminal.ts';

interface SetFlags extends CommonOptions {
  readonly name?: string;
  readonly organisation?: string;
  readonly environment?: Environment;
  readonly versionsUrl?: string;
  readonly encoding?: TokenForm;
  readonly token?: string;
  readonly theirToken?: string;
  readonly unlock?: boolean;
  readonly lock?: boolean;
  readonly suspend?: boolean;
  readonly resume?: boolean;
  readonly proxy?: string;
  readonly ca?: string;
  readonly clientCert?: string;
  readonly clientKey?: string;
  readonly connectTimeout?: string;
  readonly firstByteTimeout?: string;
  readonly bodyTimeout?: string;
  readonly totalTimeout?: string;
  readonly bodyLimit?: string;
  readonly requireModules?: string;
  readonly ownParty?: string;
  readonly pullConcurrency?: string;
  readonly profile?: string;
  readonly trailingSlash?: string;
  readonly credentialsPut?: string;
  readonly repeatPushes?: string;
  readonly yes?: boolean;
}

/** The word that takes a setting back to its default. */
const DEFAULT = 'default';

export function linkSetCommand(): Command {
  return command('set <link>', `change a link; the value "${DEFAULT}" takes a setting back`)
    .option('--name <name>', 'a new name')
    .option('--organisation <name>')
    .addOption(new Option('--environment <kind>').choices(Environment.options))
    .option('--versions-url <url>', "the partner's versions URL")
    .addOption(new Option('--encoding <form>', 'how the token is written').choices(TokenForm.options))
    .option('--token <token>', 'enter (anew) the token we call the partner with, in plain')
    .option('--their-token <token>', 'enter (anew) the token the partner calls us with, in plain')
    .option('--unlock', 'an adopted link: writes may leave from now on')
    .option('--lock', 'only GET may leave')
    .option('--suspend', 'refuse its calls and make none')
    .option('--resume', 'end a suspension')
    .option('--proxy <url>', 'http://user:password@host:port')
    .option('--ca <file>', 'PEM of the certificate authorities trusted instead of the system’s')
    .option('--client-cert <file>', 'PEM of the certificate we show')
    .option('--client-key <file>', 'PEM of its key')
    .option('--connect-timeout <ms>')
    .option('--first-byte-timeout <ms>')
    .option('--body-timeout <ms>', 'between two pieces of the body')
    .option('--total-timeout <ms>')
    .option('--body-limit <bytes>', 'the largest answer read')
    .option('--require-modules <ids>', 'modules without which a registration is refused (a,b,c; "" for none)')
    .option('--own-party <party>', 'which of our parties faces a 2.1.1 partner, as NL-WBX')
    .option('--pull-concurrency <count>', 'pages asked for at once where there are no Links (1 to 8)')
    .addOption(
      new Option('--profile <name>', 'how it deviates; brings the settings this means').choices([
        ...ProfileName.options,
        DEFAULT,
      ]),
    )
    .addOption(onOrOff('--trailing-slash', 'a slash at the end of what we put behind its endpoints'))
    .addOption(onOrOff('--credentials-put', 'off: it takes no PUT of credentials, tokens are not rotated'))
    .addOption(onOrOff('--repeat-pushes', 'failed pushes of the simulation wait and are repeated in their order'))
    .option('--yes', 'on a production link: do not ask first')
    .action((name: string, options: SetFlags) =>
      perform(options, () =>
        withContract(options, async client => {
          const change = changeOf(name, options);
          const link = await confirmed(options, confirmation => client.links.set({ ...change, ...confirmation }));
          if (options.json) printJson(link);
          else printLine(`${link.name} changed`);
          return 0;
        }),
      ),
    );
}

function changeOf(name: string, flags: SetFlags): ChangeLink {
  const settings = {
    tokenForm: flags.encoding,
    proxy: orDefault(flags.proxy),
    ca: pem(flags.ca, '--ca'),
    clientCertificate: pem(flags.clientCert, '--client-cert'),
    clientKey: pem(flags.clientKey, '--client-key'),
    connectTimeout: whole(flags.connectTimeout, '--connect-timeout'),
    firstByteTimeout: whole(flags.firstByteTimeout, '--first-byte-timeout'),
    bodyTimeout: whole(flags.bodyTimeout, '--body-timeout'),
    totalTimeout: whole(flags.totalTimeout, '--total-timeout'),
    bodyLimit: whole(flags.bodyLimit, '--body-limit'),
    requiredModules: flags.requireModules
      ?.split(',')
      .map(id => id.trim())
      .filter(Boolean),
    ownParty: orDefault(flags.ownParty),
    pullConcurrency: whole(flags.pullConcurrency, '--pull-concurrency'),
    profile: flags.profile === DEFAULT ? null : ProfileName.optional().parse(flags.profile),
    trailingSlash: isOn(flags.trailingSlash),
    credentialsPut: isOn(flags.credentialsPut),
    repeatPushes: isOn(flags.repeatPushes),
  };
  const fields = {
    newName: flags.name,
    organisation: flags.organisation,
    environment: flags.environment,
    versionsUrl: flags.versionsUrl,
    token: flags.token,
    theirToken: flags.theirToken,
    readOnly: either(flags.lock, flags.unlock, '--lock and --unlock'),
    suspended: either(flags.suspend, flags.resume, '--suspend and --resume'),
  };
  const given = withoutUndefined(settings);
  const change = { name, ...withoutUndefined(fields), ...(Object.keys(given).length > 0 ? { settings: given } : {}) };
  if (Object.keys(change).length === 1)
    throw usageFailure('nothing to change was given', 'wb link set --help lists what can be set.');
  return change;
}

function withoutUndefined<T extends object>(value: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}

function orDefault(text: string | undefined): string | null | undefined {
  return text === DEFAULT ? null : text;
}

function either(on: boolean | undefined, off: boolean | undefined, words: string): boolean | undefined {
  if (on && off) throw usageFailure(`${words} were both given`, 'Give one of them.');
  return on ? true : off ? false : undefined;
}

function onOrOff(option: string, words: string): Option {
  return new Option(`${option} <on|off>`, words).choices(['on', 'off', DEFAULT]);
}

function isOn(text: string | undefined): boolean | null | undefined {
  return text === undefined ? undefined : text === DEFAULT ? null : text === 'on';
}

function whole(text: string | undefined, option: string): number | null | undefined {
  if (text === undefined || text === DEFAULT) return orDefault(text) as null | undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value <= 0)
    throw usageFailure(`${option} ${text} is no whole number above 0`, `Or "${DEFAULT}".`);
  return value;
}

function pem(file: string | undefined, option: string): string | null | undefined {
  if (file === undefined || file === DEFAULT) return orDefault(file) as null | undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw usageFailure(
      `${option}: ${error instanceof Error ? error.message : String(error)}`,
      'Name a readable PEM file.',
    );
  }
}
