import { type Command, Option } from 'commander';
import { ExchangeConditions } from '../contract/exchange.ts';
import { usageFailure } from './command.ts';
import { readMoment } from './option-values.ts';

/** What narrows the exchanges a command is about, as typed. */
export interface FilterOptions {
  readonly link?: string;
  readonly party?: string;
  readonly module?: string;
  readonly direction?: 'in' | 'out';
  readonly status?: string;
  readonly ocpi?: string;
  readonly errors?: boolean;
  readonly open?: boolean;
  readonly finding?: string;
  readonly fault?: string;
  readonly noted?: boolean;
  readonly pinned?: boolean;
  readonly search?: string;
  readonly since?: string;
  readonly until?: string;
}

export function withFilterOptions(command: Command): Command {
  return command
    .option('--link <name>', 'of one link')
    .option('--party <id>', 'from or to this party, as the routing headers say: NL-TNM')
    .option('--module <name>', 'of one module: locations, credentials, versions')
    .addOption(new Option('--direction <way>', 'they called us, or we called them').choices(['in', 'out']))
    .option('--status <code>', 'HTTP status: 404, 4xx, or none where there was no answer')
    .option('--ocpi <code>', 'OCPI status_code: 2001, 2xxx, or none')
    .option('--errors', 'only those that failed: no whole answer, HTTP from 400, OCPI status other than 1xxx')
    .option('--open', 'only those still under way')
    .option('--finding <which>', 'with findings: any, this severity or worse (error, warning, note), or a code')
    .option('--fault <which>', 'where faults of ours were at work: any, a family (envelope), or a kind')
    .option('--noted', 'only those with a note')
    .option('--pinned', 'only those that are pinned')
    .option('--search <words>', 'all words, in URL or bodies; a trailing * finds beginnings')
    .option('--since <when>', 'a date and time (2026-11-22T10:00:00Z) or an age (90s, 15m, 2h, 7d)')
    .option('--until <when>', 'before then; as --since');
}

/** Refuses what no filter can say, by the name of its option. */
export function readFilter(options: FilterOptions): ExchangeConditions {
  const { finding, since, until, status, ocpi } = options;
  checked('--status', status, ExchangeConditions.shape.status);
  checked('--ocpi', ocpi, ExchangeConditions.shape.ocpi);
  return {
    ...picked(options, [
      'link',
      'party',
      'module',
      'direction',
      'status',
      'ocpi',
      'errors',
      'open',
      'fault',
      'noted',
      'pinned',
      'search',
    ]),
    ...(finding === undefined ? {} : findingCondition(finding)),
    ...(since === undefined ? {} : { since: readMoment('--since', since) }),
    ...(until === undefined ? {} : { until: readMoment('--until', until) }),
  };
}

function picked<Key extends keyof FilterOptions>(
  options: FilterOptions,
  keys: readonly Key[],
): Pick<FilterOptions, Key> {
  return Object.fromEntries(
    keys.flatMap(key => (options[key] === undefined ? [] : [[key, options[key]]])),
  ) as unknown as Pick<FilterOptions, Key>;
}

const Severity = ExchangeConditions.shape.finding.unwrap();

/** Codes have a dot, severities have none. */
function findingCondition(text: string): Pick<ExchangeConditions, 'finding' | 'findingCode'> {
  const severity = Severity.safeParse(text);
  if (severity.success) return { finding: severity.data };
  if (text.includes('.')) return { findingCode: text };
  throw usageFailure(
    `--finding ${text} is no severity and no code`,
    'any, error, warning, note, or a code with its dots.',
  );
}

interface Shape {
  safeParse(value: unknown): {
    readonly success: boolean;
    readonly error?: { readonly issues: readonly { readonly message: string }[] } | undefined;
  };
}

function checked(option: string, value: string | undefined, shape: Shape): void {
  const parsed = shape.safeParse(value);
  if (parsed.success) return;
  throw usageFailure(`${option} ${value} is out of range`, `Write ${parsed.error?.issues[0]?.message ?? 'another'}.`);
}
