import type { Command } from 'commander';
import type { ExchangeSummary, ExchangeView } from '../contract/exchange.ts';
import { type CommonOptions, command, perform, usageFailure } from './command.ts';
import { type FilterOptions, readFilter, withFilterOptions } from './exchange-filter.ts';
import { readLimit } from './option-values.ts';
import { withContract } from './session.ts';
import { printJson, printLine, table } from './terminal.ts';

interface ListOptions extends CommonOptions, FilterOptions {
  readonly limit: string;
}

export function exchangesCommand(): Command {
  return withFilterOptions(command('exchanges', 'the exchanges stored, newest first'))
    .option('--limit <count>', 'at most so many', '100')
    .action((options: ListOptions) =>
      perform(options, () =>
        withContract(options, async client => {
          const exchanges = await client.exchanges.list({ limit: readLimit(options.limit), ...readFilter(options) });
          if (options.json) printJson(exchanges);
          else printLine(exchanges.length === 0 ? 'No exchange fits.' : table(exchanges.map(exchangeRow)));
          return 0;
        }),
      ),
    );
}

interface OneOptions extends CommonOptions {
  readonly note?: string;
}

export function exchangeCommand(): Command {
  return command('exchange <id>', 'one exchange, whole: headers in order, bodies, timings, findings')
    .option('--note <text>', 'writes this beside it; an empty text takes the note away')
    .action((id: string, options: OneOptions) =>
      perform(options, () =>
        withContract(options, async client => {
          if (!/^[1-9]\d*$/.test(id)) {
            throw usageFailure(`"${id}" is no exchange id`, 'Ids are whole numbers, the first column of wb exchanges.');
          }
          const { note } = options;
          if (note !== undefined) await client.exchanges.note({ id: Number(id), text: note === '' ? null : note });
          const exchange = await client.exchanges.get({ id: Number(id) });
          if (options.json) printJson(exchange);
          else printExchange(exchange);
          return 0;
        }),
      ),
    );
}

export function exchangeRow(exchange: ExchangeSummary): string[] {
  const status = [exchange.httpStatus, exchange.ocpiStatus].filter(value => value !== null).join('/');
  const findings = exchange.findings.map(({ code }) => code).join(' ');
  return [
    `#${exchange.id}`,
    exchange.at,
    exchange.direction === 'in' ? '<-' : '->',
    exchange.link ?? '-',
    exchange.operation,
    exchange.method,
    status === '' ? exchange.ended : status,
    exchange.durationMs === null ? '-' : `${exchange.durationMs.toFixed(1)} ms`,
    `${exchange.url}${findings === '' ? '' : `  (${findings})`}`,
  ];
}

/** One exchange, whole. */
export function printExchange(exchange: ExchangeView) {
  printLine(
    `#${exchange.id}  ${exchange.at}  ${exchange.direction === 'in' ? 'they called us' : 'we called them'}  ${exchange.link ?? 'no link'}`,
  );
  printLine(
    `${exchange.operation}${exchange.version === null ? '' : ` (OCPI ${exchange.version})`}, ended: ${exchange.ended}${exchange.durationMs === null ? '' : `, ${exchange.durationMs.toFixed(1)} ms`}`,
  );
  for (const { severity, code, met, expected, section } of exchange.findings) {
    printLine(`${severity}: ${code}: ${met}; expected ${expected} (digest ${section})`);
  }
  if (exchange.note !== null) printLine(`note: ${exchange.note}`);
  printLine(`\n${exchange.method} ${exchange.url}`);
  printMessage(exchange.request);
  if (exchange.response === null) {
    printLine('\nno answer');
    return;
  }
  printLine(`\n${exchange.response.status} ${exchange.response.statusText}`.trimEnd());
  printMessage(exchange.response);
}

function printMessage({ headers, body }: Pick<ExchangeView['request'], 'headers' | 'body'>) {
  for (const [name, value] of headers) printLine(`${name}: ${value}`);
  if (body.length === 0) return;
  printLine(
    `\n${body.text ?? `(${body.length} bytes that are no text)`}${body.shortened ? `\n… (${body.length} bytes in all)` : ''}`,
  );
}
