import type { Command } from 'commander';
import type { FaultKindView, FaultRule } from '../contract/fault.ts';
import type { ContractClient } from '../loopback/client.ts';
import { type CommonOptions, command, perform, usageFailure } from './command.ts';
import { printRules } from './fault-print.ts';
import { withContract } from './session.ts';
import { type ExitCode, printJson } from './terminal.ts';

export interface FaultFlags extends CommonOptions {
  readonly sandbox?: boolean;
  readonly yes?: boolean;
}

/** A command that asks our fault desk, or that of the sandbox beside. */
export function faultSubcommand(nameAndArguments: string, description: string): Command {
  return command(nameAndArguments, description).option('--sandbox', 'of the sandbox beside instead of our own');
}

export function withFaults(
  options: FaultFlags,
  body: (faults: ContractClient['faults']) => Promise<ExitCode>,
): Promise<void> {
  return perform(options, () =>
    withContract(options, client => body(options.sandbox ? client.sandbox.faults : client.faults)),
  );
}

/** Prints rules, or with --json the document. */
export function toldRules(rules: FaultRule | readonly FaultRule[], options: CommonOptions): ExitCode {
  if (options.json) printJson(rules);
  else printRules(Array.isArray(rules) ? rules : [rules as FaultRule]);
  return 0;
}

/** Thrown where there is no such kind. */
export async function kindNamed(faults: ContractClient['faults'], name: string): Promise<FaultKindView> {
  const kinds = await faults.kinds();
  const found = kinds.find(({ kind }) => kind === name.toLowerCase());
  if (found !== undefined) return found;
  const [family = ''] = name.toLowerCase().split('.');
  const near = kinds.filter(kind => kind.family === family || kind.kind.includes(name.toLowerCase()));
  const may = near.length > 0 ? `Any of ${near.map(({ kind }) => kind).join(', ')}.` : 'wb fault kinds lists them.';
  throw usageFailure(`there is no fault kind "${name}"`, may);
}

/** By id or name. Thrown where there is none. */
export function ruleIn(rules: readonly FaultRule[], which: string): FaultRule {
  const found =
    rules.find(({ name }) => name.toLowerCase() === which.toLowerCase()) ??
    rules.find(({ id }) => String(id) === which);
  if (found !== undefined) return found;
  throw usageFailure(`there is no fault rule "${which}"`, 'wb fault list names them.');
}
