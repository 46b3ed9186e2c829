import type { Command } from 'commander';
import type { ExchangeSummary, ExchangeView } from '../contract/exchange.ts';
import { type CommonOptions, command, perform, usageFailure } from './command.ts';
import { readLimit, readMoment } from './option-values.ts';
import { withContract } from './session.ts';
import { printJson, printLine, table } from './terminal.ts';

interface ListOptions extends CommonOptions {
  readonly link?: string;
  readonly errors?: boolean;
  readonly search?: string;
  readonly since?: string;
  readonly limit: string;
}

export function exchangesCommand(): Command {
  return command('exchanges', 'the exchanges stored, newest first')
    .option('--link <name>', 'of one link')
    .option('--errors', 'only those that failed: no whole answer, HTTP from 400, OCPI status other than 1xxx')
    .option('--search <words>', 'all words, in URL or bodies; a trailing * finds beginnings')
    .option('--since <when>', 'a date and time (2026-11-22T10:00:00Z) or an age (90s, 15m, 2h, 7d)')
    .option('--limit <count>', 'at most so many', '100')
    .action((options: ListOptions) =>
      perform(options, () =>
        withContract(options, async client => {
          const exchanges = await client.exchanges.list({
            limit: readLimit(options.limit),
            ...(options.link === undefined ? {} : { link: options.link }),
            ...(options.errors ? { errors: true } : {}),
            ...(options.search === undefined ? {} : { search: options.search }),
            ...(options.since === undefined ? {} : { since: readMoment('--since', options.since) }),
          });
          if (options.json) printJson(exchanges);
          else printLine(exchanges.length === 0 ? 'No exchange fits.' : table(exchanges.map(exchangeRow)));
          return 0;
        }),
      ),
    );
}

export function exchangeCommand(): Command {
  return command('exchange <id>', 'one exchange, whole: headers in order, bodies, timings, findings').action(
    (id: string, options: CommonOptions) =>
      perform(options, () =>
        withContract(options, async client => {
          if (!/^[1-9]\d*$/.test(id)) {
            throw usageFailure(`"${id}" is no exchange id`, 'Ids are whole numbers, the first column of wb exchanges.');
          }
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

function printExchange(exchange: ExchangeView) {
  printLine(
    `#${exchange.id}  ${exchange.at}  ${exchange.direction === 'in' ? 'they called us' : 'we called them'}  ${exchange.link ?? 'no link'}`,
  );
  printLine(
    `${exchange.operation}${exchange.version === null ? '' : ` (OCPI ${exchange.version})`}, ended: ${exchange.ended}${exchange.durationMs === null ? '' : `, ${exchange.durationMs.toFixed(1)} ms`}`,
  );
  for (const { severity, code, met, expected, section } of exchange.findings) {
    printLine(`${severity}: ${code}: ${met}; expected ${expected} (digest ${section})`);
  }
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
