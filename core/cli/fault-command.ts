import { Command } from 'commander';
import type { FaultKindView, FaultRule } from '../contract/fault.ts';
import type { ContractClient } from '../loopback/client.ts';
import { usageFailure } from './command.ts';
import { confirmed } from './confirm.ts';
import { exportCommand, importCommand, loadCommand, packsCommand, schemaCommand } from './fault-files.ts';
import { printHits, printKinds } from './fault-print.ts';
import { type RuleFlags, readRule, withRuleOptions } from './fault-rule-options.ts';
import { type FaultFlags, faultSubcommand, kindNamed, ruleIn, toldRules, withFaults } from './fault-session.ts';
import { previewCommand, tryCommand } from './fault-trial.ts';
import { readLimit } from './option-values.ts';
import { printJson } from './terminal.ts';

export function faultCommand(): Command {
  return new Command('fault')
    .description('wrong on purpose: rules by which our answers and requests go wrong')
    .addCommand(kindsCommand())
    .addCommand(listCommand())
    .addCommand(addCommand())
    .addCommand(changeCommand())
    .addCommand(
      chosenCommand('arm', 'from the next request on', (faults, chosen) => faults.arm({ ...chosen, armed: true })),
    )
    .addCommand(
      chosenCommand('disarm', 'from the next request on', (faults, chosen) => faults.arm({ ...chosen, armed: false })),
    )
    .addCommand(chosenCommand('remove', 'with all that was counted', (faults, chosen) => faults.remove(chosen)))
    .addCommand(
      chosenCommand('restart', 'count from 1 again: the same requests meet the same faults', (faults, chosen) =>
        faults.restart(chosen),
      ),
    )
    .addCommand(importCommand())
    .addCommand(exportCommand())
    .addCommand(packsCommand())
    .addCommand(loadCommand())
    .addCommand(previewCommand())
    .addCommand(tryCommand())
    .addCommand(hitsCommand())
    .addCommand(schemaCommand());
}

function kindsCommand(): Command {
  return faultSubcommand('kinds', 'everything that can go wrong, family by family')
    .option(
      '--family <family>',
      'auth, discovery, envelope, headers, paging, object, push, async, money, hub or transport',
    )
    .option('--search <words>', 'all of them in its name, title or explanation, or the number of a failure case')
    .action((options: FaultFlags & { readonly family?: string; readonly search?: string }) =>
      withFaults(options, async faults => {
        const all = await faults.kinds();
        const { family, search = '' } = options;
        if (family !== undefined && !all.some(kind => kind.family === family)) {
          throw usageFailure(
            `--family: there is no family "${family}"`,
            `Any of ${[...new Set(all.map(kind => kind.family))].join(', ')}.`,
          );
        }
        const wanted = search
          .toLowerCase()
          .split(/\s+/)
          .filter(word => word !== '');
        const kinds = all.filter(
          kind => (family === undefined || kind.family === family) && wanted.every(word => speaksOf(kind, word)),
        );
        if (options.json) printJson(kinds);
        else printKinds(kinds);
        return 0;
      }),
    );
}

function speaksOf({ kind, title, explain, cases }: FaultKindView, word: string): boolean {
  return cases.some(number => String(number) === word) || `${kind} ${title} ${explain}`.toLowerCase().includes(word);
}

function listCommand(): Command {
  return faultSubcommand('list', 'the rules, in the order in which they are tried').action((options: FaultFlags) =>
    withFaults(options, async faults => toldRules(await faults.list(), options)),
  );
}

function addCommand(): Command {
  return withRuleOptions(faultSubcommand('add <kind>', 'a rule, in force on the next request'))
    .option('--name <name>', 'of the rule; its chances are drawn with it (default: of its kind)')
    .option('--disarmed', 'not yet in force')
    .option('--yes', 'production links may meet it')
    .action((name: string, options: FaultFlags & RuleFlags) =>
      withFaults(options, async faults => {
        const kind = await kindNamed(faults, name);
        const rule = {
          kind: kind.kind,
          ...readRule(options, kind),
          ...(options.name !== undefined && { name: options.name }),
          ...(options.seed !== undefined && { seed: options.seed }),
          armed: !options.disarmed,
          reachesRegistration: options.reachRegistration === true,
        };
        return toldRules(await confirmed(options, more => faults.add({ ...rule, ...more })), options);
      }),
    );
}

interface ChangeFlags extends FaultFlags, RuleFlags {
  readonly protectRegistration?: boolean;
  readonly before?: string;
}

function changeCommand(): Command {
  return withRuleOptions(faultSubcommand('change <rule>', 'what is not given stays; "none" takes a condition back'))
    .option('--name <name>', 'its new name')
    .option('--protect-registration', 'versions and credentials are left alone again')
    .option('--before <rule>', 'it is tried before this one from now on; "none": last')
    .option('--yes', 'production links may meet it')
    .action((which: string, options: ChangeFlags) =>
      withFaults(options, async faults => {
        const rules = await faults.list();
        const rule = ruleIn(rules, which);
        const { before, name, seed, protectRegistration, reachRegistration } = options;
        const kind = await kindNamed(faults, rule.kind);
        const change = {
          id: rule.id,
          ...changedParts(rule, readRule(options, kind, rule)),
          ...(name !== undefined && { name }),
          ...(seed !== undefined && { seed }),
          ...(reachRegistration && { reachesRegistration: true }),
          ...(protectRegistration && { reachesRegistration: false }),
          ...(before !== undefined && { before: before === 'none' ? null : ruleIn(rules, before).id }),
        };
        return toldRules(await confirmed(options, more => faults.change({ ...change, ...more })), options);
      }),
    );
}

/** What is as it was is not sent: moving a rule alone asks nobody. */
function changedParts(rule: FaultRule, read: ReturnType<typeof readRule>) {
  const parts = Object.entries(read).filter(([name, value]) => {
    const before = rule[name as keyof typeof read];
    return JSON.stringify(before) !== JSON.stringify(value);
  });
  return Object.fromEntries(parts);
}

type Chosen = { readonly ids: number[] } | { readonly all: true };

function chosenCommand(
  name: string,
  what: string,
  act: (faults: ContractClient['faults'], chosen: Chosen & { readonly confirmed?: boolean }) => Promise<FaultRule[]>,
): Command {
  return faultSubcommand(`${name} [rules...]`, `rules by name or id, or --all of them: ${what}`)
    .option('--all', 'every rule')
    .option('--yes', 'production links may meet them')
    .action((which: readonly string[], options: FaultFlags & { readonly all?: boolean }) =>
      withFaults(options, async faults => {
        if (options.all !== true && which.length === 0) {
          throw usageFailure('no rule is named', `wb fault ${name} NAME, or --all.`);
        }
        const rules = options.all ? [] : await faults.list();
        const chosen: Chosen = options.all ? { all: true } : { ids: which.map(one => ruleIn(rules, one).id) };
        return toldRules(await confirmed(options, more => act(faults, { ...chosen, ...more })), options);
      }),
    );
}

function hitsCommand(): Command {
  return faultSubcommand('hits', 'what rules did, newest first')
    .option('--rule <rule>', 'by name or id')
    .option('--limit <count>', 'at most so many (default 50)')
    .action((options: FaultFlags & { readonly rule?: string; readonly limit?: string }) =>
      withFaults(options, async faults => {
        const limit = options.limit === undefined ? 50 : Math.min(500, readLimit(options.limit));
        const ruleId = options.rule === undefined ? undefined : ruleIn(await faults.list(), options.rule).id;
        const hits = await faults.hits({ limit, ...(ruleId !== undefined && { ruleId }) });
        if (options.json) printJson(hits);
        else printHits(hits);
        return 0;
      }),
    );
}
