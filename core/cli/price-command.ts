import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { BillSource, PriceInput } from '../contract/money.ts';
import type { PricedBill } from '../contract/price.ts';
import { priceAsked } from '../workbench/money/pricing.ts';
import { type CommonOptions, command, perform, usageFailure } from './command.ts';
import { hasOwnDatabase } from './database-path.ts';
import { readDocument } from './document-file.ts';
import { readVersion } from './ocpi-type.ts';
import { billText } from './price-text.ts';
import { withContract } from './session.ts';
import { CommandFailure, type ExitCode, printJson, printLine } from './terminal.ts';

interface PriceOptions extends CommonOptions {
  readonly cdr?: string;
  readonly session?: string;
  readonly transaction?: string;
  readonly link?: string;
  readonly tariff?: string;
  readonly location?: string;
  readonly timeZone?: string;
  readonly version?: string;
}

export function priceCommand(): Command {
  return command('price', 'what a session or CDR ought to cost by its tariff, line by line, beside what it states')
    .option('--cdr <file|id>', 'a CDR: a JSON file, - for standard input, or the id of one that is known')
    .option('--session <file|id>', 'a session, likewise')
    .option('--transaction <id>', 'that of a transaction (wb transactions): its CDR, else its session')
    .option('--link <name>', 'whose the id is, where several are known by it; - for our own data')
    .option('--tariff <file>', 'a tariff or a list of them, instead of those that stand in the CDR or are known')
    .option('--location <file>', 'the location, for its time zone')
    .option('--time-zone <zone>', 'in which the tariff is to be read: Europe/Oslo')
    .option('--version <version>', 'of OCPI, where a file does not tell: 2.1.1, 2.2.1, 2.3.0')
    .addHelpText(
      'after',
      '\nA file is priced by what stands in it; with --db, or where it holds no tariff, also by what the database knows.' +
        '\nExit codes: 0 the price is right, or cannot be told; 1 it is wrong, for certain, or could not be worked out.',
    )
    .action((options: PriceOptions) =>
      perform(options, async () => {
        const input = await readInput(options);
        const alone = aloneOf(input, options);
        if (alone !== undefined) return print(alone, options);
        return withContract(options, async client => print(await client.money.price(input), options));
      }),
    );
}

function print(bill: PricedBill, { json }: PriceOptions): ExitCode {
  if (json) printJson(bill);
  else printLine(billText(bill));
  return bill.verdict === 'wrong' ? 1 : 0;
}

async function readInput(options: PriceOptions): Promise<PriceInput> {
  const { tariff, location, timeZone } = options;
  const bill = await readBill(options);
  return {
    bill,
    ...(tariff === undefined ? {} : { tariffs: await readDocument(tariff) }),
    ...(location === undefined ? {} : { location: await readDocument(location) }),
    ...(timeZone === undefined ? {} : { timeZone }),
  };
}

async function readBill({ cdr, session, transaction, link, version }: PriceOptions): Promise<BillSource> {
  const named = [cdr, session, transaction].filter(one => one !== undefined);
  if (named.length !== 1) {
    throw usageFailure('say what is to be priced', 'Name one of --cdr FILE|ID, --session FILE|ID, --transaction ID.');
  }
  if (transaction !== undefined) {
    const id = Number(transaction.replace('#', ''));
    if (!Number.isSafeInteger(id) || id < 1) {
      throw usageFailure(`"${transaction}" is no transaction id`, 'Ids are whole numbers: wb transactions lists them.');
    }
    return { transaction: id };
  }
  const source = cdr ?? session ?? '';
  if (source === '-' || existsSync(source)) {
    const text = await readDocument(source);
    return { text, ...(version === undefined ? {} : { version: readVersion(version) }) };
  }
  if (/[/\\]|\.json$/i.test(source)) {
    throw usageFailure(
      `${source} cannot be read: there is no such file`,
      'Name a file, - for standard input, or an id.',
    );
  }
  const [module, what] = cdr === undefined ? (['sessions', 'session'] as const) : (['cdrs', 'cdr'] as const);
  if (link === undefined) return { anywhere: source, what };
  return link === '-' ? { own: module, id: source } : { link, module, id: source };
}

/** Priced here, without a database; undefined where one is to be asked. */
function aloneOf({ bill, ...given }: PriceInput, options: PriceOptions): PricedBill | undefined {
  if (!('text' in bill) || options.db !== undefined) return undefined;
  const priced = priceAsked({ bill, ...given }, undefined);
  if (!priced.ok) throw new CommandFailure(priced.failure);
  if (priced.value.tariffs.length === 0 && hasOwnDatabase()) return undefined;
  return priced.value;
}
