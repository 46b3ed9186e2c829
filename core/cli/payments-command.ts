import { type Command, Option } from 'commander';
import type { PaymentMatch, PaymentsInput } from '../contract/money.ts';
import type { Amount } from '../contract/price.ts';
import { type CommonOptions, command, perform } from './command.ts';
import { readLimit, readMoment } from './option-values.ts';
import { withContract } from './session.ts';
import { printJson, printLine, table, tell } from './terminal.ts';

interface PaymentsOptions extends CommonOptions {
  readonly link?: string;
  readonly since?: string;
  readonly until?: string;
  readonly state?: PaymentMatch['state'];
  readonly limit: string;
}

/** A page of the contract holds no more. */
const PAGE = 500;

export function paymentsCommand(): Command {
  return command('payments', 'payments at terminals: preauthorization, session, CDR, capture and invoice side by side')
    .option('--link <name>', 'of one link')
    .option('--since <when>', 'since then: a date and time (2026-11-22T10:00:00Z) or an age (90s, 15m, 2h, 7d)')
    .option('--until <when>', 'before then; as --since')
    .addOption(
      new Option('--state <state>', 'only those that match, of which more is due, or that do not fit together').choices(
        ['matched', 'open', 'unmatched'],
      ),
    )
    .option('--limit <count>', 'at most so many', '100')
    .action((options: PaymentsOptions) =>
      perform(options, () => {
        const limit = readLimit(options.limit);
        const conditions = readConditions(options);
        return withContract(options, async client => {
          const rows: PaymentMatch[] = [];
          for (;;) {
            const wanted = Math.min(PAGE, limit - rows.length);
            const page = await client.money.payments({ ...conditions, offset: rows.length, limit: wanted });
            rows.push(...page.rows);
            if (page.rows.length < wanted || rows.length >= limit) {
              if (page.count > rows.length) tell(`${page.count - rows.length} more fit; a greater limit shows them.`);
              break;
            }
          }
          if (options.json) printJson(rows);
          else printLine(rows.length === 0 ? 'No payment fits.' : paymentsText(rows));
          return 0;
        });
      }),
    );
}

function readConditions({ link, since, until, state }: PaymentsOptions): PaymentsInput {
  return {
    ...(link === undefined ? {} : { link }),
    ...(state === undefined ? {} : { state }),
    ...(since === undefined ? {} : { since: readMoment('--since', since) }),
    ...(until === undefined ? {} : { until: readMoment('--until', until) }),
  };
}

const HEAD = [
  'at',
  'reference',
  'link',
  'terminal',
  'session',
  'CDRs',
  'preauthorized',
  'billed',
  'captured',
  'invoice',
];

function paymentsText(rows: readonly PaymentMatch[]): string {
  const lines = table([[...HEAD, 'state'], ...rows.map(lineOf)]).split('\n');
  // What is wrong stands below the payment it is wrong with.
  return [
    lines[0] ?? '',
    ...rows.flatMap(({ problems }, at) => [lines[at + 1] ?? '', ...problems.map(({ sentence }) => `    ${sentence}`)]),
  ].join('\n');
}

function lineOf(row: PaymentMatch): string[] {
  const { at, reference, link, terminal, session, cdrs, preauthorized, billed, confirmation, invoice, state } = row;
  const money = (amount: string | null) => (amount === null ? '-' : `${amount} ${row.currency ?? ''}`.trimEnd());
  const paid = (amount: Amount | null) => money(amount === null ? null : (amount.after ?? amount.before));
  return [
    at,
    reference ?? '-',
    link ?? '-',
    terminal ?? '-',
    session ?? '-',
    cdrs.length === 0 ? '-' : cdrs.join(' '),
    money(preauthorized),
    paid(billed),
    confirmation === null ? '-' : `${paid(confirmation.captured)} ${confirmation.status}`,
    invoice === null ? '-' : (invoice.reference ?? invoice.id),
    state,
  ];
}
