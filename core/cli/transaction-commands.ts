import { type Command, Option } from 'commander';
import { systemClock } from '../clock.ts';
import {
  type TransactionPage,
  type TransactionPageInput,
  TransactionState,
  type TransactionSummary,
  type TransactionView,
} from '../contract/transaction.ts';
import { type ContractClient, outcomeOf } from '../loopback/client.ts';
import { type CommonOptions, command, perform, usageFailure } from './command.ts';
import { readLimit, readMoment } from './option-values.ts';
import { withContract } from './session.ts';
import { printJson, printLine, table, tell } from './terminal.ts';
import { transactionText } from './transaction-text.ts';

interface ListOptions extends CommonOptions {
  readonly link?: string;
  readonly open?: boolean;
  /** True where no severity was named. */
  readonly problem?: 'error' | 'warning' | 'note' | true;
  readonly state?: TransactionState;
  readonly search?: string;
  readonly since?: string;
  readonly until?: string;
  readonly limit: string;
}

/** A page of the contract holds no more. */
const PAGE = 500;
/** Milliseconds: as long is waited for what was recorded to be put together, and asked again every so often. */
const LONGEST_WAIT = 30_000;
const ASKED_EVERY = 100;

export function transactionsCommand(): Command {
  return command('transactions', 'charges, each with all exchanges that belong to it, newest first')
    .option('--link <name>', 'of one link')
    .option('--open', 'only those of which more is due: a result, the end of the session, a CDR')
    .addOption(
      new Option('--problem [severity]', 'only those with a problem: of this severity or a worse one').choices([
        'error',
        'warning',
        'note',
      ]),
    )
    .addOption(new Option('--state <state>', 'how far they have come').choices([...TransactionState.options]))
    .option('--search <id>', 'the beginning of an id: session, CDR, reference, token, location, EVSE')
    .option('--since <when>', 'begun since then: a date and time (2026-11-22T10:00:00Z) or an age (90s, 15m, 2h, 7d)')
    .option('--until <when>', 'begun before then; as --since')
    .option('--limit <count>', 'at most so many', '100')
    .action((options: ListOptions) =>
      perform(options, () => {
        const limit = readLimit(options.limit);
        const conditions = readConditions(options);
        return withContract(options, async client => {
          const { rows, behind } = await listed(client, conditions, limit);
          if (behind > 0) tell(`${behind} exchanges have not been looked at yet.`);
          if (options.json) printJson(rows);
          else printLine(rows.length === 0 ? 'No transaction fits.' : table([HEAD, ...rows.map(lineOf)]));
          return 0;
        });
      }),
    );
}

export function transactionCommand(): Command {
  return command(
    'transaction <id>',
    'one charge, whole: who said what and when, what is wrong with it, its curve',
  ).action((id: string, options: CommonOptions) =>
    perform(options, () => {
      if (!/^#?[1-9]\d*$/.test(id)) {
        throw usageFailure(
          `"${id}" is no transaction id`,
          'Ids are whole numbers, the first column of wb transactions; any exchange of it may be named as well.',
        );
      }
      return withContract(options, async client => {
        await listed(client, {}, 1);
        const transaction = await client.transactions.get({ id: Number(id.replace('#', '')) });
        if (options.json) printJson(transaction);
        else printLine(transactionText(transaction, await priced(client, transaction)));
        return 0;
      });
    }),
  );
}

/** What its CDR, else its session, ought to cost; undefined where it has neither. */
async function priced(client: ContractClient, { id, cdrObject, sessionObject }: TransactionView) {
  if (cdrObject === null && sessionObject === null) return undefined;
  const bill = await outcomeOf(client.money.price({ bill: { transaction: id } }));
  return bill.ok ? bill.value.sentence : `It could not be priced: ${bill.failure.message}`;
}

function readConditions(options: ListOptions): TransactionPageInput {
  const { link, open, problem, state, search, since, until } = options;
  return {
    ...(link === undefined ? {} : { link }),
    ...(open === undefined ? {} : { open }),
    ...(problem === undefined ? {} : { problem: problem === true ? 'note' : problem }),
    ...(state === undefined ? {} : { state }),
    ...(search === undefined ? {} : { search }),
    ...(since === undefined ? {} : { since: readMoment('--since', since) }),
    ...(until === undefined ? {} : { until: readMoment('--until', until) }),
  };
}

/** As soon as everything recorded is in them, or no more of it for a while. */
async function listed(
  client: ContractClient,
  conditions: TransactionPageInput,
  limit: number,
): Promise<Pick<TransactionPage, 'rows' | 'behind'>> {
  const until = systemClock.elapsed() + LONGEST_WAIT;
  for (;;) {
    const { rows, behind } = await client.transactions.page({ ...conditions, limit: Math.min(limit, PAGE) });
    if (behind > 0 && systemClock.elapsed() < until) {
      await systemClock.sleep(ASKED_EVERY);
      continue;
    }
    const all = [...rows];
    while (all.length < limit) {
      const more = await client.transactions.page({
        ...conditions,
        offset: all.length,
        limit: Math.min(limit - all.length, PAGE),
      });
      if (more.rows.length === 0) break;
      all.push(...more.rows);
    }
    return { rows: all, behind };
  }
}

const HEAD = [
  'id',
  'begun',
  'link',
  'whose',
  'state',
  'session',
  'token',
  'EVSE',
  'kWh',
  'cost',
  'exchanges',
  'problem',
];

function lineOf(transaction: TransactionSummary): string[] {
  const { id, startedAt, link, side, state, open, session, token, evse, location, kwh, cost, exchanges, problem } =
    transaction;
  return [
    `#${id}`,
    startedAt,
    link ?? '-',
    side ?? '-',
    `${state}${open ? ' (open)' : ''}`,
    session ?? '-',
    token ?? '-',
    evse ?? location ?? '-',
    kwh === null ? '-' : String(kwh),
    cost === null ? '-' : `${cost.amount} ${cost.currency ?? ''}`.trimEnd(),
    String(exchanges),
    problem ?? '',
  ];
}
