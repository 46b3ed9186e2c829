import { Command, Option } from 'commander';
import type { LinkView } from '../contract/links.ts';
import { VersionName } from '../contract/platform.ts';
import { type CommonOptions, command, perform } from './command.ts';
import { confirmed } from './confirm.ts';
import { followRun } from './follow-run.ts';
import { addLinkOptions, type NewLinkFlags, newLinkFields } from './link-options.ts';
import { linkSetCommand } from './link-set-command.ts';
import { withContract } from './session.ts';
import { printJson, printLine, table } from './terminal.ts';

type WithOptions<T> = CommonOptions & T;

export function linkCommand(): Command {
  return new Command('link')
    .description('the links: one OCPI connection each to one environment of a partner')
    .addCommand(addCommand())
    .addCommand(inviteCommand())
    .addCommand(adoptCommand())
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(linkSetCommand())
    .addCommand(removeCommand());
}

function addCommand(): Command {
  return addLinkOptions(command('add <name>', 'a partner whose versions URL and token A we were given'))
    .requiredOption('--versions-url <url>', "the partner's versions URL")
    .requiredOption('--token <token>', 'token A, in plain (not Base64)')
    .action((name: string, options: WithOptions<NewLinkFlags & { versionsUrl: string; token: string }>) =>
      perform(options, () =>
        withContract(options, async client => {
          const link = await client.links.add({
            ...newLinkFields(name, options),
            versionsUrl: options.versionsUrl,
            token: options.token,
          });
          if (options.json) printJson(link);
          else printLine(`${link.name} added; register with it: wb register ${quoted(link.name)}`);
          return 0;
        }),
      ),
    );
}

function inviteCommand(): Command {
  return addLinkOptions(
    command('invite <name>', 'a token A for a partner that shall register with us; again on a link: let it in anew'),
  )
    .option('--yes', 'on a production link: do not ask first')
    .action((name: string, options: WithOptions<NewLinkFlags & { yes?: boolean }>) =>
      perform(options, () =>
        withContract(options, async client => {
          const invitation = await confirmed(options, confirmation =>
            client.links.invite({ ...newLinkFields(name, options), ...confirmation }),
          );
          if (options.json) printJson(invitation);
          else {
            printLine(`Hand this to ${invitation.name}:`);
            printLine(`  versions URL  ${invitation.versionsUrl}`);
            printLine(`  token A       ${invitation.token}`);
          }
          return 0;
        }),
      ),
    );
}

function adoptCommand(): Command {
  return addLinkOptions(
    command(
      'adopt <name>',
      'a link whose tokens exist already; no handshake, read-only until unlocked (link set --unlock)',
    ),
  )
    .requiredOption('--versions-url <url>', "the partner's versions URL")
    .requiredOption('--token <token>', 'the token we call the partner with, in plain')
    .option('--their-token <token>', 'the token the partner calls us with, in plain')
    .addOption(
      new Option('--version <version>', 'the OCPI version in use (default: the highest common one)').choices(
        VersionName.options,
      ),
    )
    .action(
      (
        name: string,
        options: WithOptions<
          NewLinkFlags & { versionsUrl: string; token: string; theirToken?: string; version?: VersionName }
        >,
      ) =>
        perform(options, () =>
          withContract(options, async client => {
            const { runId } = await client.links.adopt({
              ...newLinkFields(name, options),
              versionsUrl: options.versionsUrl,
              token: options.token,
              ...(options.theirToken === undefined ? {} : { theirToken: options.theirToken }),
              ...(options.version === undefined ? {} : { version: options.version }),
            });
            const run = await followRun(client, runId);
            const link = await client.links.get({ name });
            if (options.json) printJson(link);
            else {
              const looked = run.state === 'done' ? `OCPI ${link.version}` : 'its endpoints could not be read yet';
              printLine(`${link.name} adopted (${looked}), read-only until: wb link set ${quoted(link.name)} --unlock`);
            }
            return 0;
          }),
        ),
    );
}

function listCommand(): Command {
  return command('list', 'all links').action((options: CommonOptions) =>
    perform(options, () =>
      withContract(options, async client => {
        const links = await client.links.list();
        if (options.json) printJson(links);
        else if (links.length === 0) printLine('No links yet: wb link add, wb link invite or wb link adopt makes one.');
        else printLine(table(links.map(listRow)));
        return 0;
      }),
    ),
  );
}

function stateText({ state, readOnly, importedLog }: LinkView): string {
  if (importedLog !== null) return `${state}, imported (log ${importedLog})`;
  return readOnly ? `${state}, read-only` : state;
}

function listRow(link: LinkView): string[] {
  return [
    link.name,
    link.environment === 'production' ? 'PRODUCTION' : 'test',
    stateText(link),
    link.version ?? '-',
    link.parties
      .map(({ countryCode, partyId, role }) => `${countryCode}-${partyId}${role ? ` ${role}` : ''}`)
      .join(', ') || '-',
    link.versionsUrl ?? '-',
  ];
}

function showCommand(): Command {
  return command('show <name>', 'one link: endpoints, parties, token ledger')
    .option('--reveal <tokenId>', 'show one token in the clear, by its id in the ledger')
    .action((name: string, options: WithOptions<{ reveal?: string }>) =>
      perform(options, () =>
        withContract(options, async client => {
          const link = await client.links.get({ name });
          if (options.reveal !== undefined) {
            const { token } = await client.links.reveal({ name, tokenId: options.reveal });
            if (options.json) printJson({ token });
            else printLine(token);
            return 0;
          }
          if (options.json) printJson(link);
          else printLink(link);
          return 0;
        }),
      ),
    );
}

function printLink(link: LinkView) {
  printLine(listRow(link).join('  '));
  if (link.endpoints.length > 0) {
    printLine('\nendpoints');
    printLine(table(link.endpoints.map(({ identifier, role, url }) => [`  ${identifier}`, role ?? '-', url])));
  }
  if (link.tokens.length === 0) return;
  printLine('\ntokens');
  printLine(
    table(
      link.tokens.map(token => [
        `  ${token.id}`,
        `token ${token.kind}`,
        token.direction === 'incoming' ? 'the partner calls us with it' : 'we call the partner with it',
        `issued by ${token.issuedBy}`,
        token.readable ? token.state : `${token.state}, unreadable: enter it anew`,
        token.lastUsedAt === undefined
          ? 'never used'
          : `last used ${new Date(token.lastUsedAt).toISOString()} ${token.lastForm ?? ''}`.trimEnd(),
      ]),
    ),
  );
}

function removeCommand(): Command {
  return command('remove <name>', 'forget a link and its tokens; its exchanges stay')
    .option('--yes', 'on a production link: do not ask first')
    .action((name: string, options: WithOptions<{ yes?: boolean }>) =>
      perform(options, () =>
        withContract(options, async client => {
          const removed = await confirmed(options, confirmation => client.links.remove({ name, ...confirmation }));
          if (options.json) printJson(removed);
          else printLine(`${removed.removed} removed`);
          return 0;
        }),
      ),
    );
}

function quoted(name: string): string {
  return /\s/.test(name) ? `"${name}"` : name;
}
