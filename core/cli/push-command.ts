import { type Command, Option } from 'commander';
import { OwnModuleName } from '../contract/own.ts';
import type { PushTally, Run } from '../contract/run.ts';
import { type PushInput, PushMethod } from '../contract/sending.ts';
import type { ContractClient } from '../loopback/client.ts';
import { type CommonOptions, command, perform, usageFailure } from './command.ts';
import { confirmed } from './confirm.ts';
import { readDocument } from './document-file.ts';
import { followRun } from './follow-run.ts';
import { OF_LISTS, readListName } from './own-command.ts';
import { withContract } from './session.ts';
import { type ExitCode, findingLines, printJson, printLine } from './terminal.ts';

interface PushFlags extends CommonOptions {
  readonly method?: PushMethod;
  readonly own?: string;
  readonly list?: string;
  readonly party?: string;
  readonly part?: string;
  readonly stop?: boolean;
  readonly put?: boolean;
  readonly unchecked?: boolean;
  readonly retry?: string;
  readonly yes?: boolean;
}

export function pushCommand(): Command {
  return command('push [name] [module] [file]', "put objects at a partner: a file's, - for standard input, or our own")
    .addOption(
      new Option('--method <method>', 'PUT unless said; POST for CDRs, invoice records and terminals').choices(
        PushMethod.options,
      ),
    )
    .option('--own <ids>', 'of our own data instead of a file: ids with commas between them, or all')
    .option('--list <list>', `with --own: ${OF_LISTS}`)
    .option('--party <party>', 'of ours, as NL-WBX: whose objects are that do not say it')
    .option('--part <path>', 'EVSE1 or EVSE1/1 of the location given; below its id where the part alone is given')
    .option('--stop', 'after the first failure the rest is not sent')
    .option('--put', 'where a PATCH fails and the partner does not have the object: PUT it whole, of our own data')
    .option('--unchecked', 'send what has errors, too')
    .option('--retry <run>', 'send again what failed in an earlier push, in its order')
    .option('--yes', 'on a production link: do not ask first')
    .action((name: string | undefined, module: string | undefined, file: string | undefined, options: PushFlags) =>
      perform(options, async () => {
        const start = await startOf({ name, module, file }, options);
        return withContract(options, async client => {
          const { runId } = await confirmed(options, confirmation => start(client, confirmation));
          return told(await followRun(client, runId), options);
        });
      }),
    );
}

interface Arguments {
  readonly name: string | undefined;
  readonly module: string | undefined;
  readonly file: string | undefined;
}

type Start = (client: ContractClient, confirmation: { confirmed?: boolean }) => Promise<{ runId: number }>;

async function startOf({ name, module, file }: Arguments, options: PushFlags): Promise<Start> {
  const { retry, put = false, own } = options;
  if (retry !== undefined) {
    if (!/^[1-9]\d*$/.test(retry)) throw usageFailure(`"${retry}" is no run`, 'wb push prints the id of its run.');
    if (name !== undefined)
      throw usageFailure('--retry takes no link', 'The run knows where it went: wb push --retry RUN.');
    return (client, confirmation) => client.sending.retry({ runId: Number(retry), put, ...confirmation });
  }
  if (name === undefined || module === undefined || (file === undefined) === (own === undefined)) {
    throw usageFailure('what to push where is not said', 'wb push NAME MODULE FILE, or wb push NAME MODULE --own all.');
  }
  const text = file === undefined ? undefined : await readDocument(file);
  const input: PushInput = {
    name,
    module: readPushedModule(module),
    ...(text === undefined ? {} : { text }),
    ...(own === undefined ? {} : { own: own === 'all' ? 'all' : own.split(',').map(id => id.trim()) }),
    ...(options.list === undefined ? {} : { list: readListName(options.list) }),
    ...(options.method === undefined ? {} : { method: options.method }),
    ...(options.party === undefined ? {} : { party: options.party }),
    ...(options.part === undefined ? {} : { part: options.part }),
    ...(options.stop ? { stopAtFailure: true } : {}),
    ...(put ? { putAfterPatch: true } : {}),
    ...(options.unchecked ? { unchecked: true } : {}),
  };
  return (client, confirmation) => client.sending.push({ ...input, ...confirmation });
}

function readPushedModule(text: string): OwnModuleName {
  const module = OwnModuleName.safeParse(text.toLowerCase());
  if (module.success) return module.data;
  throw usageFailure(`"${text}" is no module with objects`, `Any of ${OwnModuleName.options.join(', ')}.`);
}

const NOTHING: PushTally = { sent: 0, ok: 0, failed: 0, left: 0, failures: [], putMayHelp: false, locations: [] };

function told(run: Run, { json }: CommonOptions): ExitCode {
  const tally = run.result?.push ?? NOTHING;
  const summary = run.result?.summary ?? `the push is ${run.state}`;
  if (json) {
    // `ok` of the tally counts; whether all of it went well is the exit code, and the state.
    printJson({ runId: run.id, state: run.state, summary, ...tally });
    return run.state === 'done' ? 0 : 1;
  }
  for (const line of findingLines(run)) printLine(line);
  for (const { id, method, reason } of tally.failures) printLine(`${method} ${id}: ${reason}`);
  for (const location of tally.locations) printLine(`put at ${location}`);
  printLine(`${summary} (run ${run.id})`);
  if (tally.failed > 0) {
    const put = tally.putMayHelp ? ', or with PUT of the whole objects: --put' : '';
    printLine(`Again: wb push --retry ${run.id}${put}.`);
  }
  return run.state === 'done' ? 0 : 1;
}
