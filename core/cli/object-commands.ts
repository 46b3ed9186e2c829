import type { Command } from 'commander';
import { systemClock } from '../clock.ts';
import type { ObjectsPage } from '../contract/object-store.ts';
import type { ObjectChange, ObjectFilter, ObjectRevision, PointerChange, StoredObject } from '../contract/objects.ts';
import type { ContractClient } from '../loopback/client.ts';
import { type CommonOptions, command, perform } from './command.ts';
import { readLimit, readMoment } from './option-values.ts';
import { readModule } from './pull-command.ts';
import { withContract } from './session.ts';
import { printJson, printLine, table, tell } from './terminal.ts';
import { unknownFieldLines } from './unknown-field.ts';

interface ListFlags extends CommonOptions {
  readonly search?: string;
  readonly where?: readonly string[];
  readonly changedSince?: string;
  readonly party?: string;
  readonly limit: string;
  readonly vanished?: boolean;
}

export function objectsCommand(): Command {
  return command('objects <link> <module>', 'the objects taken over from a partner, as last sent')
    .option('--search <words>', 'all words, in any text of the object; a trailing * finds beginnings')
    .option('--where <path=value...>', 'as evses.status=CHARGING; several narrow')
    .option('--changed-since <when>', 'changed since a date and time, or within an age (2h, 7d)')
    .option('--party <party>', 'owned by this party, as NL-TNM')
    .option('--vanished', 'only those the partner no longer lists')
    .option('--limit <count>', 'at most so many', '100')
    .action((name: string, module: string, options: ListFlags) =>
      perform(options, () =>
        withContract(options, async client => {
          const { objects, next, behind } = await scan(client, {
            name,
            module: readModule(module),
            limit: readLimit(options.limit),
            ...(options.search === undefined ? {} : { search: options.search }),
            ...(options.where === undefined ? {} : { where: [...options.where] }),
            ...(options.party === undefined ? {} : { party: options.party }),
            ...(options.vanished ? { vanished: true } : {}),
            ...(options.changedSince === undefined
              ? {}
              : { changedSince: readMoment('--changed-since', options.changedSince) }),
          });
          if (objects.length === 0) for (const line of unknownFieldLines(readModule(module), options.where)) tell(line);
          if (behind > 0) tell(`${behind} changed objects are not in the full text yet.`);
          if (options.json) printJson(objects);
          else {
            printLine(objects.length === 0 ? 'No object fits.' : table(objects.map(objectRow)));
            if (next !== undefined) printLine('There are more; --limit shows them.');
          }
          return 0;
        }),
      ),
    );
}

const TOLD_EVERY_MS = 1000;

/** The page that fits; a scan that takes long tells how far it has come. */
async function scan(client: ContractClient, filter: ObjectFilter): Promise<ObjectsPage> {
  let toldAt = systemClock.elapsed();
  for await (const news of await client.objects.scan(filter)) {
    if ('found' in news) return news.found;
    const now = systemClock.elapsed();
    if (now - toldAt < TOLD_EVERY_MS) continue;
    toldAt = now;
    tell(`  ${news.scanned} of ${news.total} objects looked at`);
  }
  throw new Error('the scan ended without an answer');
}

function objectRow({ id, party, version, lastUpdated, revision, vanished, findings }: StoredObject): string[] {
  const worst = findings.filter(({ severity }) => severity === 'error').length;
  return [
    id,
    party,
    version,
    lastUpdated ?? '-',
    `revision ${revision}`,
    vanished ? 'vanished' : '',
    findings.length === 0 ? '' : `${findings.length} findings${worst > 0 ? `, ${worst} of them errors` : ''}`,
  ];
}

interface OneFlags extends CommonOptions {
  readonly history?: boolean;
  readonly party?: string;
  readonly type?: string;
}

export function objectCommand(): Command {
  return command('object <link> <module> <id>', 'one object as last sent, with its findings')
    .option('--history', 'with its earlier revisions, and where they differ')
    .option('--party <party>', 'of this party, as NL-TNM')
    .option('--type <type>', 'of a token: RFID, APP_USER, ...')
    .action((name: string, module: string, id: string, options: OneFlags) =>
      perform(options, () =>
        withContract(options, async client => {
          const one = {
            name,
            module: readModule(module),
            id,
            ...(options.party === undefined ? {} : { party: options.party }),
            ...(options.type === undefined ? {} : { type: options.type }),
          };
          const object = await client.objects.get(one);
          const revisions = options.history ? await client.objects.revisions(one) : undefined;
          if (options.json) printJson(revisions === undefined ? object : { ...object, history: revisions });
          else printObject(object, revisions ?? []);
          return 0;
        }),
      ),
    );
}

function printObject(object: StoredObject, revisions: readonly ObjectRevision[]) {
  const gone = object.vanished ? ', vanished' : '';
  printLine(
    `${object.party} ${object.id}  OCPI ${object.version}, revision ${object.revision}, seen ${object.seenAt}${gone}`,
  );
  for (const { severity, code, pointer, met, expected, section } of object.findings) {
    printLine(`${severity}: ${code} at ${pointer}: ${met}; expected ${expected} (digest ${section})`);
  }
  printLine(JSON.stringify(object.object, null, 2));
  for (const { revision, seenAt, changes } of revisions) {
    printLine(`\nrevision ${revision}, seen ${seenAt}${changes.length === 0 ? '' : ':'}`);
    for (const change of changes) printLine(`  ${changeLine(change)}`);
  }
}

interface ChangesFlags extends CommonOptions {
  readonly since?: string;
  readonly limit: string;
}

export function changesCommand(): Command {
  return command('changes <link> <module>', 'what changed from pull to pull, newest first')
    .option('--since <when>', 'a date and time, or an age (2h, 7d)')
    .option('--limit <count>', 'at most so many objects', '1000')
    .action((name: string, module: string, options: ChangesFlags) =>
      perform(options, () =>
        withContract(options, async client => {
          const changes = await client.objects.changes({
            name,
            module: readModule(module),
            limit: readLimit(options.limit),
            ...(options.since === undefined ? {} : { since: readMoment('--since', options.since) }),
          });
          if (options.json) printJson(changes);
          else if (changes.length === 0) printLine('Nothing changed.');
          else for (const change of changes) printChange(change);
          return 0;
        }),
      ),
    );
}

function printChange({ id, party, revision, seenAt, changes }: ObjectChange) {
  printLine(`${party} ${id}  revision ${revision}, seen ${seenAt}`);
  for (const change of changes) printLine(`  ${changeLine(change)}`);
}

function changeLine({ pointer, kind, before, after }: PointerChange): string {
  const place = pointer === '' ? '/' : pointer;
  if (kind === 'added') return `+ ${place}: ${JSON.stringify(after)}`;
  if (kind === 'removed') return `- ${place}: ${JSON.stringify(before)}`;
  return `~ ${place}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`;
}
