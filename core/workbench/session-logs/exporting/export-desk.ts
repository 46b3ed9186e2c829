import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { done, failed, type Outcome } from '../../../contract/failure.ts';
import {
  LogExport,
  type LogExported,
  type LogPreview,
  type LogProgress,
  type LogTable,
} from '../../../contract/session-log.ts';
import { draftOf, removeLeftDrafts } from '../../../history/keeping/drafts.ts';
import { type AskingThread, createAskingThread } from '../../../history/objects/asking-thread.ts';
import { RELEASE } from '../../user-agent.ts';
import type { ExportDesk, Steps } from '../desks.ts';
import type { LogParts } from '../parts.ts';
import { createNamingCell, type NamingCell, tellName } from '../token-naming.ts';
import { watched } from '../watched.ts';
import { chargePages } from './export-charges.ts';
import type {
  ExportAnswer,
  ExportProgress,
  ExportQuestion,
  ExportStart,
  ExportTold,
  HeaderParts,
  Looked,
  OutFileName,
} from './export-messages.ts';
import { fileNameFor } from './export-name.ts';
import { resolveScope, type Scoped } from './export-scope.ts';
import { createKeptExports } from './kept-exports.ts';
import { checkTarget } from './out-file.ts';

type Thread = AskingThread<ExportQuestion, ExportAnswer, ExportTold>;
type Asked = ReturnType<typeof LogExport.parse>;
type ExportInput = Parameters<ExportDesk['export']>[0];

interface UnderWay {
  readonly asked: Asked;
  readonly scoped: Scoped;
  readonly thread: Thread;
  readonly naming: NamingCell;
  readonly signal: AbortSignal;
  readonly progress: (progress: ExportProgress) => void;
}

const SCRIPT = new URL('./export-worker.ts', import.meta.url);
/** With a third of it an export takes a fifth longer: lines that are under way would be taken for something that lasts. */
const YOUNG_MEBIBYTES = 48;
/** Enough for millions of different values; with Node's own choice garbage grows to hundreds of megabytes before it is looked for. */
const OLD_MEBIBYTES = 1024;
/** More ids than this are told by their number alone. */
const MOST_IDS_TOLD = 100;

/** Out of the database into files, read and written by a thread of its own each. */
export function createExportDesk(parts: LogParts): ExportDesk {
  const { history, platform, transactions, clock, newId } = parts;
  const kept = createKeptExports({ file: history.file, clock, newId });
  const closing = new AbortController();
  const busy = new Set<Promise<unknown>>();
  const tracked = <T>(work: Promise<T>): Promise<T> => {
    busy.add(work);
    const over = () => void busy.delete(work);
    work.then(over, over);
    return work;
  };
  const signalOf = (...signals: readonly (AbortSignal | undefined)[]) =>
    AbortSignal.any([closing.signal, ...signals.filter(signal => signal !== undefined)]);

  const threadFor = (asked: Asked, { notes: _, ...scoped }: Scoped) => {
    const { groups } = asked.redaction;
    const { format, table } = asked;
    const naming = createNamingCell();
    const thread: Thread = createAskingThread<ExportQuestion, ExportAnswer, ExportTold>({
      script: SCRIPT,
      workerData: {
        file: history.file,
        known: history.tokens.known(),
        naming,
        about: { ...scoped, groups, format, table, key: randomBytes(32).toString('hex') },
      } satisfies ExportStart,
      gone: reason => ({ kind: 'gone', reason }),
      youngMebibytes: YOUNG_MEBIBYTES,
      oldMebibytes: OLD_MEBIBYTES,
    });
    return { thread, naming };
  };

  const ask = (question: ExportQuestion, { thread, naming, signal, progress }: UnderWay): Promise<ExportAnswer> =>
    thread.ask(question, {
      signal,
      progress: told => {
        if (told.kind === 'name') tellName(naming, history.tokens.idOf(told.token));
        else progress(told);
      },
    });

  const within = async <T>(
    { rehearse, ...given }: Pick<UnderWay, 'asked' | 'signal' | 'progress'> & { readonly rehearse: boolean },
    work: (underWay: UnderWay, looked: Looked) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> => {
    const { asked, signal } = given;
    const scoped = await resolveScope(asked.scope, { history, transactions, clock }, signal);
    if (!scoped.ok) return scoped;
    const started = threadFor(asked, scoped.value);
    try {
      const underWay = { ...given, ...started, scoped: scoped.value };
      const answer = await ask({ kind: 'look', rehearse }, underWay);
      if (answer.kind !== 'looked') return broken(answer, signal);
      const notes = [...scoped.value.notes, ...answer.looked.notes];
      return await work(underWay, { ...answer.looked, notes });
    } finally {
      await started.thread.close();
    }
  };

  const header = ({ redaction, title, scope }: Asked): HeaderParts => {
    const { parties, versions } = platform.config();
    const { ids, ...conditions } = scope;
    return {
      workbench: RELEASE,
      writtenAt: new Date(clock.now()).toISOString(),
      title,
      scope: { ...conditions, ...(ids && (ids.length > MOST_IDS_TOLD ? { chosen: ids.length } : { ids })) },
      redacted: redaction.groups,
      keptPersonal: redaction.groups.includes('personal') ? null : (redaction.keepPersonal ?? null),
      platform: {
        parties: [...new Set(parties.map(({ countryCode, partyId }) => `${countryCode}-${partyId}`))],
        versions,
        versionsUrl: platform.versionsUrl() ?? null,
      },
    };
  };

  const write = async (
    underWay: UnderWay,
    { looked, file }: { readonly looked: Looked; readonly file: OutFileName },
  ): Promise<Outcome<{ readonly bytes: number; readonly looked: Looked; readonly charges: number }>> => {
    const { asked, scoped, signal } = underWay;
    const charges = asked.table === 'transactions' && isTable(asked.format);
    if (!charges && isEmpty(looked, asked)) {
      return failed('NOT_FOUND', 'nothing fits what was asked for', 'Widen what is to be exported.');
    }
    const written = await ask({ kind: 'write', header: header(asked), file }, underWay);
    if (written.kind !== 'written') return broken(written, signal);
    let rows = 0;
    if (charges) {
      for await (const page of chargePages({ transactions, scope: asked.scope, scoped, signal })) {
        if (!page.ok) return page;
        rows += page.value.length;
        const taken = await ask({ kind: 'rows', rows: page.value }, underWay);
        if (taken.kind !== 'taken') return broken(taken, signal);
        underWay.progress({ doing: 'writing', done: rows, total: null });
      }
    }
    if (signal.aborted) return cancelled();
    const finished = await ask({ kind: 'finish' }, underWay);
    if (finished.kind !== 'finished') return broken(finished, signal);
    return done({
      bytes: finished.bytes,
      looked: { ...finished.looked, notes: [...scoped.notes, ...finished.looked.notes] },
      charges: rows,
    });
  };

  const run = async (
    input: ExportInput,
    { signal, progress }: Pick<UnderWay, 'signal' | 'progress'>,
  ): Promise<Outcome<LogExported>> => {
    const asked = LogExport.parse(input);
    const { path, replace = false } = input;
    if (path !== undefined) {
      if (!isAbsolute(path))
        return failed('INVALID_INPUT', `${path} is no absolute path`, 'Name the whole path of the file.');
      const free = await checkTarget({ path, replace });
      if (!free.ok) return free;
    }
    const placed = path === undefined ? await kept.place() : undefined;
    if (placed?.ok === false) return placed;
    const place = placed?.value;
    const target = path ?? place?.path ?? '';
    const unseen = join(dirname(target), `.${basename(target)}`);
    removeLeftDrafts(unseen, clock.now());
    const temporary = draftOf(unseen);
    try {
      return await within({ asked, signal, progress, rehearse: false }, async (underWay, looked) => {
        const file = { path: target, temporary, replace, hidden: path === undefined };
        const written = await write(underWay, { looked, file });
        if (!written.ok) return written;
        if (place !== undefined) await kept.keep(place.exportId);
        const { counts, redacted, notes } = written.value.looked;
        return done({
          kind: 'exported',
          exportId: place?.exportId ?? null,
          path: path ?? null,
          name: fileNameFor(asked, clock.now()),
          bytes: written.value.bytes,
          counts,
          ...rowsOf(asked, { ...counts, transactions: written.value.charges }),
          redacted: [...redacted],
          notes: [...notes],
        });
      });
    } finally {
      // A thread that died could not do it.
      await rm(temporary, { force: true });
    }
  };

  return {
    async preview(input, signal) {
      return tracked(
        within(
          { asked: LogExport.parse(input), signal: signalOf(signal), progress: () => {}, rehearse: true },
          async (_, looked) => {
            const { counts, links, from, to, bytes, redacted, notes } = looked;
            const preview: LogPreview = {
              counts,
              links: [...links],
              from,
              to,
              bytes,
              redacted: [...redacted],
              notes: [...notes],
            };
            return done(preview);
          },
        ),
      );
    },
    async *export(input, signal): Steps<LogExported> {
      const stop = new AbortController();
      let at: LogProgress = { kind: 'progress', doing: 'looking', done: 0, total: null };
      const work = tracked(
        run(input, {
          signal: signalOf(signal, stop.signal),
          progress: progress => {
            at = { ...progress, kind: 'progress' };
          },
        }),
      );
      try {
        const looks = watched(work, { clock, look: () => at });
        for (;;) {
          const step = await looks.next();
          if (!step.done) {
            yield done(step.value);
            continue;
          }
          yield step.value;
          return;
        }
      } finally {
        stop.abort();
        await work;
      }
    },
    piece: kept.piece,
    discard: kept.drop,
    dropKept: kept.dropAll,
    async close() {
      closing.abort();
      await Promise.allSettled(busy);
      await kept.close();
    },
  };
}

function rowsOf({ format, table }: Asked, counts: Readonly<Record<LogTable, number>>): { readonly rows?: number } {
  return isTable(format) ? { rows: counts[table] } : {};
}

function isTable(format: Asked['format']): boolean {
  return format === 'jsonl' || format === 'csv';
}

function isEmpty({ counts }: Looked, { format, table }: Asked): boolean {
  if (isTable(format) && table === 'links') return counts.links === 0;
  return counts.exchanges === 0 && counts.runs === 0 && counts.objects === 0;
}

function cancelled(): Outcome<never> {
  return failed('OPERATION_FAILED', 'the export was cancelled', 'Nothing of it was kept.');
}

function broken(answer: ExportAnswer, signal: AbortSignal): Outcome<never> {
  if (signal.aborted) return cancelled();
  if (answer.kind === 'failed') return { ok: false, failure: answer.failure };
  const why = answer.kind === 'gone' ? answer.reason : `an answer about ${answer.kind}`;
  return failed(
    'OPERATION_FAILED',
    `the export stopped: ${why}`,
    'Nothing of it was kept; try again, or export less at once.',
  );
}
