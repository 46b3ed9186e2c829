import { type Command, Option } from 'commander';
import { Environment, TokenForm } from '../contract/link.ts';
import type { NewLink } from '../contract/links.ts';

export interface NewLinkFlags {
  readonly encoding?: TokenForm;
  readonly environment?: Environment;
  readonly organisation?: string;
}

/** What every command that makes a link takes. */
export function addLinkOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--encoding <form>', 'how the token is written in the Authorization header').choices(
        TokenForm.options,
      ),
    )
    .addOption(new Option('--environment <kind>', 'of the partner').choices(Environment.options))
    .option('--organisation <name>', 'the partner organisation (default: the name of the link)');
}

export function newLinkFields(name: string, { encoding, environment, organisation }: NewLinkFlags): NewLink {
  return {
    name,
    ...(environment === undefined ? {} : { environment }),
    ...(organisation === undefined ? {} : { organisation }),
    ...(encoding === undefined ? {} : { settings: { tokenForm: encoding } }),
  };
}
