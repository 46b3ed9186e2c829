import type { Command } from 'commander';
import type { FaultRuleText } from '../contract/fault.ts';
import type { ContractClient } from '../loopback/client.ts';
import { usageFailure } from './command.ts';
import { printPreview, printTrial } from './fault-print.ts';
import { type RuleFlags, readRule, withRuleOptions } from './fault-rule-options.ts';
import { type FaultFlags, faultSubcommand, kindNamed, withFaults } from './fault-session.ts';
import { printJson } from './terminal.ts';

/** A rule of the name, else one made of the kind. Thrown where there is neither. */
async function meant(faults: ContractClient['faults'], which: string, options: RuleFlags): Promise<FaultRuleText> {
  const kept = (await faults.list()).find(({ name }) => name.toLowerCase() === which.toLowerCase());
  const kind = await kindNamed(faults, kept?.kind ?? which);
  const { seed, reachRegistration } = options;
  const base =
    kept === undefined ? {} : { name: kept.name, seed: kept.seed, reachesRegistration: kept.reachesRegistration };
  return {
    seed: '1',
    armed: true,
    reachesRegistration: true,
    ...base,
    kind: kind.kind,
    ...readRule(options, kind, kept),
    ...(seed !== undefined && { seed }),
    ...(reachRegistration && { reachesRegistration: true }),
  };
}

export function previewCommand(): Command {
  return withRuleOptions(
    faultSubcommand('preview <kind>', 'what a kind, or a rule by its name, does to a message; nothing is sent'),
  )
    .option('--exchange <id>', 'a recorded one; a sample unless said')
    .action((which: string, options: FaultFlags & RuleFlags & { readonly exchange?: string }) =>
      withFaults(options, async faults => {
        const exchangeId = options.exchange === undefined ? undefined : readExchange(options.exchange);
        const rule = await meant(faults, which, options);
        const shown = await faults.preview({ rule, ...(exchangeId !== undefined && { exchangeId }) });
        if (options.json) printJson(shown);
        else printPreview(shown);
        return 0;
      }),
    );
}

function readExchange(text: string): number {
  const id = Number(text);
  if (Number.isInteger(id) && id > 0) return id;
  throw usageFailure(`--exchange ${text} is no id of an exchange`, 'wb exchanges lists the newest.');
}

export function tryCommand(): Command {
  return withRuleOptions(
    faultSubcommand(
      'try <kind>',
      'sends a sample over a socket of this machine with the fault, and shows the bytes that arrived',
    ),
  )
    .option('--patience <ms>', 'nothing more is waited for after that (default 5000)')
    .action((which: string, options: FaultFlags & RuleFlags & { readonly patience?: string }) =>
      withFaults(options, async faults => {
        const patience = options.patience === undefined ? 5_000 : readPatience(options.patience);
        const tried = await faults.try({ rule: await meant(faults, which, options), patience });
        if (options.json) printJson(tried);
        else printTrial(tried);
        return 0;
      }),
    );
}

function readPatience(text: string): number {
  const ms = Number(text);
  if (Number.isInteger(ms) && ms >= 100 && ms <= 60_000) return ms;
  throw usageFailure(`--patience ${text} is out of range`, 'A whole number of milliseconds from 100 to 60000.');
}
