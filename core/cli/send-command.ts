import type { Command } from 'commander';
import type { ExchangeView } from '../contract/exchange.ts';
import type { SendableOperation, SendInput, SendPreview } from '../contract/sending.ts';
import { YES } from './asked-run.ts';
import { type CommonOptions, command, perform, usageFailure } from './command.ts';
import { confirmed } from './confirm.ts';
import { readDocument } from './document-file.ts';
import { printExchange } from './exchange-commands.ts';
import { withContract } from './session.ts';
import { type ExitCode, printJson, printLine, table, tell } from './terminal.ts';

interface SendFlags extends CommonOptions {
  readonly list?: boolean;
  readonly param: readonly string[];
  readonly query: readonly string[];
  readonly header: readonly string[];
  readonly body?: string;
  readonly url?: string;
  readonly to?: string;
  readonly from?: string;
  readonly preview?: boolean;
  readonly yes?: boolean;
}

const gathered = (value: string, before: readonly string[]) => [...before, value];

export function sendCommand(): Command {
  return command('send <name> [method] [operation]', 'any request to a partner, right or deliberately wrong')
    .option('--list', 'the operations there are')
    .option('--param <name=value>', 'a value of the path: location_id=LOC1', gathered, [])
    .option('--query <name=value>', 'a query parameter', gathered, [])
    .option(
      '--header <line>',
      "as 'Name: value'; it replaces ours of that name, without a value it takes it away",
      gathered,
      [],
    )
    .option('--body <file>', 'sent byte for byte; - is standard input')
    .option('--url <url>', 'instead of what endpoint and values make')
    .option('--to <party>', 'the party it is for, as NL-TNM')
    .option('--from <party>', 'of ours: whose it is')
    .option('--preview', 'show what would leave, and what is wrong with it; nothing is sent')
    .option('--yes', YES)
    .addHelpText(
      'after',
      '\nThe operation is an id of --list (locations.put-evse), or the name of a module: the values tell which.',
    )
    .action((name: string, method: string | undefined, operation: string | undefined, options: SendFlags) =>
      perform(options, async () => {
        if (!options.list && (method === undefined || operation === undefined)) {
          throw usageFailure(
            'what to send is not said',
            `wb send ${name} METHOD OPERATION; wb send ${name} --list names them.`,
          );
        }
        const body = options.body === undefined ? undefined : await readDocument(options.body);
        return withContract(options, async client => {
          const operations = await client.sending.operations({ name });
          if (method === undefined || operation === undefined || options.list) return listed(operations, options);
          const params = pairsOf('--param', options.param);
          const wanted = chosen(operations, { method: method.toUpperCase(), operation, params });
          const input: SendInput = {
            name,
            operation: wanted.operation,
            ...(wanted.method === method.toUpperCase() ? {} : { method: method.toUpperCase() }),
            params,
            query: pairsOf('--query', options.query),
            headers: options.header.map(headerOf),
            ...(body === undefined ? {} : { body }),
            ...(options.url === undefined ? {} : { url: options.url }),
            ...(options.to === undefined ? {} : { toParty: options.to }),
            ...(options.from === undefined ? {} : { fromParty: options.from }),
          };
          if (options.preview) return previewed(await client.sending.preview(input), options);
          const sent = await untilInterrupted(signal =>
            confirmed(options, confirmation => client.sending.send({ ...input, ...confirmation }, { signal })),
          );
          if (sent === undefined) return 1;
          const exchange = await client.exchanges.get({ id: sent.exchangeId });
          if (options.json) printJson(exchange);
          else printExchange(exchange);
          return isGood(exchange) ? 0 : 1;
        });
      }),
    );
}

/** Ctrl+C ends the exchange, not the recording of it. Undefined: it did, and which exchange it was is not told. */
async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
  const leaving = new AbortController();
  const leave = () => {
    tell('cancelling…');
    leaving.abort();
  };
  process.once('SIGINT', leave);
  try {
    return await work(leaving.signal);
  } catch (error) {
    if (!leaving.signal.aborted) throw error;
    tell('The request was cancelled; the partner may have got it. wb exchanges shows it.');
    return undefined;
  } finally {
    process.removeListener('SIGINT', leave);
  }
}

interface Wanted {
  readonly method: string;
  readonly operation: string;
  readonly params: Readonly<Record<string, string>>;
}

/** By its id, whatever the method; else the one of the module with this method whose path takes just these values. */
function chosen(operations: readonly SendableOperation[], { method, operation, params }: Wanted): SendableOperation {
  const byId = operations.find(one => one.operation === operation);
  if (byId !== undefined) return byId;
  const fitting = operations.filter(one => one.module === operation.toLowerCase() && one.method === method);
  const names = Object.keys(params).sort().join();
  const exact = fitting.filter(one => [...one.params].sort().join() === names);
  const [only, other] = exact.length > 0 ? exact : fitting;
  if (only === undefined) {
    throw usageFailure(
      `there is no ${method} of "${operation}"`,
      'wb send NAME --list names what there is, and ids take any method.',
    );
  }
  if (other !== undefined) {
    const ids = (exact.length > 0 ? exact : fitting).map(one => one.operation).join(', ');
    throw usageFailure(
      `${method} of ${operation} may be any of ${ids}`,
      'Name one of them, or give the values of its path.',
    );
  }
  return only;
}

function pairsOf(option: string, texts: readonly string[]): Record<string, string> {
  const pairs = texts.map(text => {
    const at = text.indexOf('=');
    if (at < 1) throw usageFailure(`${option} ${text} is no name with a value`, 'Write name=value.');
    return [text.slice(0, at), text.slice(at + 1)] as const;
  });
  return Object.fromEntries(pairs);
}

function headerOf(line: string): [string, string] {
  const at = line.indexOf(':');
  if (at < 1) throw usageFailure(`"${line}" is no header`, "Write 'Name: value'.");
  return [line.slice(0, at), line.slice(at + 1).trim()];
}

function listed(operations: readonly SendableOperation[], { json }: CommonOptions): ExitCode {
  if (json) printJson(operations);
  else {
    const rows = operations.map(({ operation, method, module, path, words, endpoint }) => [
      operation,
      method,
      `${module}${path === '' ? '' : `/${path}`}`,
      endpoint === null ? `${words} (not offered)` : words,
    ]);
    printLine(table(rows));
  }
  return 0;
}

function previewed(preview: SendPreview, { json }: CommonOptions): ExitCode {
  if (json) printJson(preview);
  else {
    printLine(`${preview.method} ${preview.url}`);
    for (const [name, value] of preview.headers) printLine(`${name}: ${value}`);
    if (preview.body !== null) printLine(`\n${preview.body}`);
    if (preview.findings.length > 0) printLine();
    for (const { severity, code, pointer, met, expected } of preview.findings) {
      printLine(`${severity}: ${code}${pointer === '' ? '' : ` at ${pointer}`}: ${met}; expected ${expected}`);
    }
  }
  return 0;
}

/** A whole answer, HTTP 2xx, and OCPI 1xxx where it has an envelope. */
function isGood({ ended, httpStatus, ocpiStatus }: ExchangeView): boolean {
  if (ended !== 'complete' || httpStatus === null || httpStatus < 200 || httpStatus > 299) return false;
  return ocpiStatus !== null && ocpiStatus >= 1000 && ocpiStatus < 2000;
}
