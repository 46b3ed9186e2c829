import type { Command } from 'commander';
import type { Forgotten } from '../../contract/storage.ts';
import { type CommonOptions, command, perform, usageFailure } from '../command.ts';
import { confirmed } from '../confirm.ts';
import { withContract } from '../session.ts';
import { printJson, printLine, table } from '../terminal.ts';
import { followSteps } from './follow-steps.ts';
import { sizeText } from './size-text.ts';

interface ForgetOptions extends CommonOptions {
  readonly tokenUid?: string;
  readonly contractId?: string;
  readonly dry?: boolean;
  readonly yes?: boolean;
}

const FORGET_HELP = `
The value is replaced by another one of the same length wherever it stands whole, whatever its case: exchanges with their
bodies, objects with their revisions, notes, runs, replays, findings, rules, own objects; also percent-encoded, escaped as in
JSON, in UTF-16, and as a part of what is in Base64. Values shorter than five characters are only looked for where a token or
a contract is named, and in URLs, and not in Base64. What is encoded in another way (Base64 of Base64, encrypted) is not
looked into.
Afterwards every file of the database is read again; exit code 1 says that the value is still met. The database may be
written anew for that: answers to partners wait meanwhile. Backups and logs exported before are not touched.`;

export function forgetCommand(): Command {
  return command('forget', 'erases the uid of a token, or the id of a contract, from everywhere, and proves it')
    .option('--token-uid <uid>', 'the uid of a token')
    .option('--contract-id <id>', 'the id of a contract')
    .option('--dry', 'only counts')
    .option('--yes', 'without being asked')
    .addHelpText('after', FORGET_HELP)
    .action((options: ForgetOptions) =>
      perform(options, () => {
        const { tokenUid, contractId, dry = false } = options;
        if ((tokenUid === undefined) === (contractId === undefined)) {
          throw usageFailure('nothing says what to forget', 'Give --token-uid or --contract-id, one of them.');
        }
        const what = {
          ...(tokenUid === undefined ? {} : { tokenUid }),
          ...(contractId === undefined ? {} : { contractId }),
        };
        return withContract(options, async client => {
          const forgotten = await confirmed(options, confirmation =>
            followSteps<Forgotten>('forgetting', signal =>
              client.storage.forget({ ...what, dry, ...confirmation }, { signal }),
            ),
          );
          if (options.json) printJson(forgotten);
          else printForgotten(forgotten);
          return (forgotten.proof?.met ?? 0) > 0 ? 1 : 0;
        });
      }),
    );
}

function printForgotten({ places, dry, replacedBy, onlyNamed, proof }: Forgotten): void {
  if (places.length > 0) printLine(table(places.map(({ where, count }) => ['', String(count), where])));
  if (places.length === 0) printLine('It stands nowhere.');
  else if (dry) printLine('All of these would be replaced; nothing was changed.');
  else printLine(`${replacedBy} stands there instead.`);
  printLine(
    onlyNamed
      ? 'It is short: it was only looked for where a token or a contract is named, and in URLs; not in Base64.'
      : 'It was looked for as it is, percent-encoded, escaped, in UTF-16 and in Base64; not in what is encoded in another way.',
  );
  if (proof === null) return;
  const read = `${proof.files} files and all that is packed in them were read again, ${sizeText(proof.bytes)}`;
  printLine(
    proof.met === 0
      ? `${read}: it is gone.`
      : `${read}: it is still met ${proof.met} times. It may have come again meanwhile: forget it once more.`,
  );
}
