import type { Command } from 'commander';
import { faultRulesSchema } from '../contract/fault.ts';
import { command, perform, usageFailure } from './command.ts';
import { confirmed } from './confirm.ts';
import { readDocument } from './document-file.ts';
import { printPacks } from './fault-print.ts';
import { type FaultFlags, faultSubcommand, toldRules, withFaults } from './fault-session.ts';
import { printJson, printLine } from './terminal.ts';
import { writeNamed } from './written-file.ts';

/** A rules file as JSON; whether it holds rules is for the core to say. Thrown where it cannot be read. */
export async function readRulesFile(file: string): Promise<unknown> {
  const text = await readDocument(file);
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw usageFailure(`${file} is no JSON: ${why}`, 'wb fault export writes a file that can be read.');
  }
}

export function importCommand(): Command {
  return faultSubcommand('import <file>', 'the rules of a file, all or none; - is standard input')
    .option('--replace', 'instead of those there are')
    .option('--yes', 'production links may meet them')
    .action((name: string, options: FaultFlags & { readonly replace?: boolean }) =>
      withFaults(options, async faults => {
        const input = { file: await readRulesFile(name), replace: options.replace === true };
        return toldRules(await confirmed(options, more => faults.import({ ...input, ...more })), options);
      }),
    );
}

export function exportCommand(): Command {
  return faultSubcommand('export', 'the rules as a file that can be imported anywhere')
    .option('--out <file>', 'written there instead of printed')
    .action((options: FaultFlags & { readonly out?: string }) =>
      withFaults(options, async faults => {
        const file = await faults.export();
        if (options.out === undefined) printJson(file);
        else {
          await writeNamed(options.out, `${JSON.stringify(file, null, 2)}\n`);
          if (options.json) printJson({ written: options.out, rules: file.rules.length });
          else printLine(`${file.rules.length} rules are in ${options.out}.`);
        }
        return 0;
      }),
    );
}

export function packsCommand(): Command {
  return faultSubcommand('packs', 'rules that belong together, to be loaded at once').action((options: FaultFlags) =>
    withFaults(options, async faults => {
      const packs = await faults.packs();
      if (options.json) printJson(packs);
      else printPacks(packs);
      return 0;
    }),
  );
}

export function loadCommand(): Command {
  return faultSubcommand('load <pack>', 'the rules of a pack; loaded again, they take the place of those from before')
    .option('--link <name>', 'only on this link')
    .option('--yes', 'production links may meet them')
    .action((pack: string, options: FaultFlags & { readonly link?: string }) =>
      withFaults(options, async faults => {
        const input = { pack, ...(options.link !== undefined && { link: options.link }) };
        return toldRules(await confirmed(options, more => faults.load({ ...input, ...more })), options);
      }),
    );
}

export function schemaCommand(): Command {
  return command('schema', 'the JSON Schema of a rules file').action(options =>
    perform(options, async () => {
      printJson(faultRulesSchema());
      return 0;
    }),
  );
}
