import type { Clock } from '../clock.ts';
import type { ImportedTraffic, ImportTraffic, UploadTraffic } from '../contract/exchange.ts';
import { done, failed, type Outcome } from '../contract/failure.ts';
import type { Link } from '../contract/link.ts';
import type { History } from '../history/history.ts';
import { type AskingThread, createAskingThread } from '../history/objects/asking-thread.ts';
import type { Skipped } from '../traffic-import/file-read.ts';
import type { ImportAnswer, ImportQuestion, ImportStart } from '../traffic-import/import-messages.ts';
import type { Recognised } from '../traffic-import/recognise.ts';
import { createGroupAsking } from './asked-groups.ts';
import { importedLinkRow } from './imported-link.ts';
import { fileNameOf, freeName, linkNameOf } from './imported-names.ts';

/** Traffic that was recorded elsewhere on its way into the history. */
export interface TrafficImport {
  /** One piece of a long file; of uploads that nobody imports the oldest is thrown away. */
  upload(input: UploadTraffic): Promise<Outcome<{ upload: string }>>;
  /**
   * Exchanges stand under a link of their own, of a file that a workbench wrote under one for each link they were of: read-only, in state `new`, without address and token, so that nothing can
   * be called by accident.
   */
  import(input: ImportTraffic): Promise<Outcome<ImportedTraffic>>;
  close(): Promise<void>;
}

export interface TrafficImportOptions {
  readonly history: History;
  readonly clock: Clock;
  readonly newId: () => string;
}

type ImportThread = AskingThread<ImportQuestion, ImportAnswer, never>;

const SCRIPT = new URL('../traffic-import/import-worker.ts', import.meta.url);
/** Characters handed to the thread at once: copied in a millisecond or two. */
const PIECE = 2 * 1024 * 1024;
const MOST_UPLOADS = 4;
/** Reasons that are told; the rest would say the same. */
const MOST_SKIPPED = 1000;

export function createTrafficImport({ history, clock, newId }: TrafficImportOptions): TrafficImport {
  const uploads = new Map<string, ImportThread>();
  const threads = new Set<ImportThread>();

  const open = (): ImportThread => {
    const thread: ImportThread = createAskingThread<ImportQuestion, ImportAnswer>({
      script: SCRIPT,
      workerData: { file: history.file } satisfies ImportStart,
      gone: reason => ({ kind: 'gone', reason }),
    });
    threads.add(thread);
    return thread;
  };
  const end = async (thread: ImportThread) => {
    threads.delete(thread);
    await thread.close();
  };
  /** A text of any length in pieces, with the event loop free between them. */
  const feed = async (thread: ImportThread, text: string) => {
    for (let at = 0; at < text.length; at += PIECE) {
      await thread.ask({ kind: 'piece', text: text.slice(at, at + PIECE) });
    }
  };

  const store = async (thread: ImportThread, { name, format = 'auto' }: ImportTraffic) => {
    const opened = await thread.ask({ kind: 'open', format, at: clock.now() });
    if (opened.kind === 'bad')
      return failed('INVALID_INPUT', `${name} cannot be imported: ${opened.message}`, opened.advice);
    if (opened.kind !== 'opened') return broken(name, opened);
    return storeGroups({ history, thread, name, format: opened.format });
  };

  return {
    async upload({ upload, piece }) {
      const thread = upload === undefined ? open() : uploads.get(upload);
      if (thread === undefined) return failed('NOT_FOUND', 'there is no such upload any more', 'Begin it anew.');
      const id = upload ?? newId();
      uploads.set(id, thread);
      const [oldest] = uploads;
      if (uploads.size > MOST_UPLOADS && oldest !== undefined) {
        uploads.delete(oldest[0]);
        await end(oldest[1]);
      }
      await feed(thread, piece);
      return done({ upload: id });
    },
    async import(input) {
      const { text, upload } = input;
      const thread = upload === undefined ? open() : uploads.get(upload);
      if (thread === undefined) return failed('NOT_FOUND', 'there is no such upload any more', 'Begin it anew.');
      if (upload !== undefined) uploads.delete(upload);
      try {
        if (text !== undefined) await feed(thread, text);
        return await store(thread, input);
      } finally {
        await end(thread);
      }
    },
    async close() {
      await Promise.all([...threads].map(end));
    },
  };
}

interface ImportUnderWay {
  readonly history: History;
  readonly thread: ImportThread;
  readonly name: string;
  readonly format: ImportedTraffic['format'];
}

/** Group after group, each committed before the next is asked for: partners are answered in between. */
async function storeGroups(underWay: ImportUnderWay): Promise<Outcome<ImportedTraffic>> {
  const { history, thread, name, format } = underWay;
  const skipped: Skipped[] = [];
  const links: Links = new Map();
  const linkOf = linking(links, underWay);
  let exchanges = 0;
  let recognised = 0;
  const next = createGroupAsking<ImportAnswer>(history.tokens, question => thread.ask(question));
  for (;;) {
    const answer = await next();
    if (answer.kind !== 'group') return broken(name, answer);
    for (const one of answer.skipped) if (skipped.length < MOST_SKIPPED) skipped.push(one);
    const linked = linkOf(answer.exchanges);
    if (!linked.ok) return linked;
    // Sealed in the thread that read them.
    const stored = await Promise.all(
      answer.exchanges.map(({ record }, at) => {
        const linkId = linked.value[at]?.id;
        return history.recorder.record({ ...record, ...(linkId === undefined ? {} : { linkId }) });
      }),
    );
    const lost = stored.find(outcome => !outcome.stored);
    if (lost !== undefined && !lost.stored) {
      const message = `the import of ${name} stopped after ${exchanges} exchanges: ${lost.reason}`;
      return failed('DATABASE_UNUSABLE', message, `What was read before stands under ${linkNames(links)}.`);
    }
    const notes = answer.exchanges.flatMap(({ beside }, at) => {
      const id = stored[at]?.id;
      return beside?.note === undefined || id === undefined ? [] : [{ id, text: beside.note }];
    });
    if (notes.length > 0) {
      const noted = history.transaction(() => {
        for (const { id, text } of notes) history.notes.write(id, text);
      });
      if (!noted.ok) return noted;
    }
    exchanges += answer.exchanges.length;
    recognised += answer.exchanges.filter(({ isOcpi }) => isOcpi).length;
    if (answer.done) break;
  }
  if (exchanges === 0) return nothingRead(name, skipped);
  const linkedTo = [...links.values()].map(link => link.name);
  const several = linkedTo.length > 1 ? { links: linkedTo } : {};
  return done({ format, link: linkedTo[0] ?? '', ...several, exchanges, recognised, skipped });
}

/** Of traffic that is under no name of its own. */
const OF_FILE = '';

type Links = Map<string, Link>;

/** The link each of these belongs to, made where it is the first one of it; undefined where it belonged to none. */
function linking(links: Links, { history, name }: ImportUnderWay) {
  return (exchanges: readonly Pick<Recognised, 'beside'>[]): Outcome<readonly (Link | undefined)[]> => {
    const names = exchanges.map(({ beside }) => (beside === undefined ? OF_FILE : beside.link));
    for (const was of names) {
      if (was === undefined || links.has(was)) continue;
      const made = history.transaction(() => history.links.insert(linkFor(was === OF_FILE ? name : was, history)));
      if (!made.ok) return made;
      links.set(was, made.value);
    }
    return done(names.map(was => (was === undefined ? undefined : links.get(was))));
  };
}

function linkNames(links: Links): string {
  const names = [...links.values()].map(({ name }) => name);
  return names.length === 1 ? `the link ${names[0]}` : `the links ${names.join(', ')}`;
}

function nothingRead(name: string, skipped: readonly Skipped[]): Outcome<never> {
  const [first] = skipped;
  if (first === undefined)
    return failed(
      'INVALID_INPUT',
      `${name} holds no exchange`,
      'Record some requests first, then save the file again.',
    );
  const more = skipped.length > 1 ? `, and ${skipped.length - 1} more` : '';
  return failed(
    'INVALID_INPUT',
    `nothing in ${name} can be read: ${first.where}: ${first.reason}${more}`,
    'Correct what is named, or save the file again.',
  );
}

function broken(name: string, answer: ImportAnswer): Outcome<never> {
  const why = answer.kind === 'gone' ? answer.reason : 'the thread that reads it lost its way';
  return failed(
    'OPERATION_FAILED',
    `${name} could not be read: ${why}`,
    'Split it into smaller files if it is very large.',
  );
}

function linkFor(file: string, { links }: History): Parameters<History['links']['insert']>[0] {
  const base = linkName(file);
  return importedLinkRow(
    freeName(base, name => links.byName(name) !== undefined),
    base,
  );
}

/** Room for a number behind it. */
const LONGEST_NAME = 50;

/** `/home/me/acme (1).har` as `acme 1`: what a link may be called. */
function linkName(file: string): string {
  const bare = fileNameOf(file).replace(/\.(har|jsonl?|ndjson|txt|sh|curl|log)$/i, '');
  return linkNameOf(bare, { longest: LONGEST_NAME, instead: 'import' });
}
