import { done, type Outcome } from '../../../contract/failure.ts';
import type { TransactionSummary } from '../../../contract/transaction.ts';
import type { Ids } from '../../../history/outgoing/outgoing-exchanges.ts';
import { type OutgoingFile, openOutgoing } from '../../../history/outgoing/outgoing-file.ts';
import { createSealer } from '../../../http/sealing.ts';
import type { LogRecord } from '../../../session-log/format/records.ts';
import { createRedaction } from '../../../session-log/redact/redaction.ts';
import { exchangeLines } from './exchange-lines.ts';
import type { ExportAbout, ExportProgress, ExportStart, HeaderParts, Looked, OutFileName } from './export-messages.ts';
import { createTally } from './export-tally.ts';
import { createExportWriting, type ExportWriting, takesOf } from './export-writing.ts';
import { createMetObjects, type MetObjects } from './met-objects.ts';
import { createOutFile, fileFailure, type OutFile } from './out-file.ts';
import { createUsed, linkLines, objectLines, ruleLines, runLines } from './record-lines.ts';

/** Lets others have the thread, tells how far it has come; rejects once nobody wants the file any more. */
export type ExportTurn = (progress: ExportProgress) => Promise<void>;

/** One file on its way out of the database: looked at whole, then written. Throws what SQLite throws. */
export interface ExportJob {
  look(turn: ExportTurn): Promise<void>;
  /** As writing, without a file: how often each value is replaced is known only then. */
  rehearse(turn: ExportTurn): Promise<void>;
  looked(): Looked;
  write(input: { readonly header: HeaderParts; readonly file: OutFileName }, turn: ExportTurn): Promise<Outcome<void>>;
  rows(rows: readonly TransactionSummary[]): Promise<Outcome<void>>;
  /** Gives its bytes. */
  finish(): Promise<Outcome<number>>;
  /** What is not finished is thrown away. */
  close(): Promise<void>;
}

/** Records between two looks at whether somebody still waits. */
const TURN_EVERY = 64;

/** `idOf`: names a token, known or not. */
export function createExportJob(
  { file: database, about, known }: Omit<ExportStart, 'naming'>,
  idOf: (token: string) => string,
): ExportJob {
  const sealer = createSealer({ idOf, known: () => known });
  const redaction = createRedaction({
    groups: about.groups,
    key: about.key,
    seal: { text: sealer.text, packet: sealer.packet },
  });
  const takes = takesOf(about);
  const tally = createTally();
  const used = createUsed();
  const met = about.objects === 'met' && takes.objects ? createMetObjects() : undefined;
  const opened = openOutgoing(database);
  const ids = idsOf(opened, about);
  /** As they are called in the file. */
  const linkNames = new Map<number, string>();
  let out: { readonly file: OutFile; readonly name: OutFileName; readonly writing: ExportWriting } | undefined;

  const wanted = (key: string, list: Parameters<MetObjects['has']>[1]) => met === undefined || met.has(key, list);
  /** What stands before the exchanges; behind them the objects. */
  function* before(): Generator<LogRecord> {
    yield* linkLines(opened, used);
    if (takes.rules) yield* ruleLines(opened, used);
    if (takes.runs) yield* runLines(opened, used);
  }
  function* behind(): Generator<LogRecord> {
    if (takes.objects) yield* objectLines(opened, [...used.links], wanted);
  }
  const total = () => ids.length;
  const looked = (): Looked => ({
    ...tally.counted(),
    links: [...linkNames.values()],
    bytes: tally.bytes,
    redacted: redaction.counts(),
    notes: [...tally.notes(), ...redaction.notes()],
  });

  async function* redacted(turn: ExportTurn, doing: string): AsyncGenerator<LogRecord> {
    let written = 0;
    const records = function* () {
      yield* before();
      if (takes.exchanges)
        yield* exchangeLines(opened, about.format === 'postman' ? opened.exchanges.byLink(ids) : ids);
      yield* behind();
    };
    for (const record of records()) {
      const applied = redaction.apply(record);
      if (applied.type === 'link') linkNames.set(applied.id, applied.link.name);
      yield applied;
      if (++written % TURN_EVERY === 0) await turn({ doing, done: Math.min(written, total()), total: total() });
    }
  }

  return {
    async look(turn) {
      let seen = 0;
      const lookAt = async (record: LogRecord, counts: boolean) => {
        redaction.look(record);
        if (counts) tally.add(record);
        if (++seen % TURN_EVERY === 0) await turn({ doing: 'looking', done: Math.min(seen, total()), total: total() });
      };
      for (const line of exchangeLines(opened, ids)) {
        used.exchange(line);
        met?.look(line);
        await lookAt(line, takes.exchanges);
      }
      addAsked(opened, { about, used });
      for (const record of before()) await lookAt(record, true);
      for (const record of behind()) await lookAt(record, true);
    },
    async rehearse(turn) {
      for await (const _ of redacted(turn, 'looking'));
    },
    looked,
    async write({ header, file: name }, turn) {
      const created = await createOutFile(name);
      if (!created.ok) return created;
      const writing = createExportWriting({
        about,
        header: redaction.header({ ...header, exchanges: tally.counted().counts.exchanges }),
        linkName: id => linkNames.get(id),
        out: created.value,
      });
      out = { file: created.value, name, writing };
      try {
        await writing.records(redacted(turn, 'writing'));
        return done(undefined);
      } catch (error) {
        return fileFailure(error, name.path);
      }
    },
    async rows(rows) {
      if (out === undefined) throw new Error('rows come after the file was begun');
      const namesOf = new Map([...used.links].map(id => [opened.rest.link(id)?.name ?? '', linkNames.get(id) ?? '']));
      const items = rows.map(row => redactedCharge(row, { redaction, linkName: was => namesOf.get(was) ?? was }));
      try {
        await out.writing.charges(items);
        return done(undefined);
      } catch (error) {
        return fileFailure(error, out.name.path);
      }
    },
    async finish() {
      if (out === undefined) throw new Error('a file is finished after it was begun');
      const finished = await out.file.finish();
      if (finished.ok) out = undefined;
      return finished;
    },
    async close() {
      await out?.file.discard();
      opened.close();
    },
  };
}

function idsOf({ exchanges }: OutgoingFile, { ids, chosen }: ExportAbout): Ids {
  if (ids === null) return chosen === null ? exchanges.all() : exchanges.present(Float64Array.from(chosen));
  if (chosen === null) return exchanges.present(ids);
  const wanted = new Set(chosen);
  return exchanges.present(ids.filter(id => wanted.has(id)));
}

/** What is asked for whether or not an exchange names it. */
function addAsked(
  { rest }: OutgoingFile,
  { about, used }: { readonly about: ExportAbout; readonly used: ReturnType<typeof createUsed> },
): void {
  const { links, runs } = about;
  for (const id of links === 'all' ? rest.linkIds() : links) used.link(id);
  if (runs === null) return;
  for (const id of rest.runIds({ ...runs, linkIds: links === 'all' ? undefined : links })) used.run(id);
}

interface ChargeRedaction {
  readonly redaction: ReturnType<typeof createRedaction>;
  readonly linkName: (was: string) => string;
}

/** A charge has its ids from objects: as a part of one they are redacted. */
function redactedCharge(row: TransactionSummary, { redaction, linkName }: ChargeRedaction): TransactionSummary {
  const { session, cdr, reference, token, location, evse, connector } = row;
  const told = {
    id: session,
    session_id: cdr,
    authorization_reference: reference,
    cdr_token: { uid: token },
    location_id: location,
    evse_uid: evse,
    connector_id: connector,
  };
  const line: LogRecord = {
    type: 'object',
    link: 0,
    module: 'sessions',
    list: '',
    version: row.version ?? '2.2.1',
    text: JSON.stringify(told),
    seenAt: 0,
    revisions: [],
  };
  redaction.look(line);
  const applied = redaction.apply(line);
  const said = JSON.parse(applied.type === 'object' ? applied.text : line.text) as typeof told;
  return {
    ...row,
    link: row.link === null ? null : linkName(row.link),
    session: said.id,
    cdr: said.session_id,
    reference: said.authorization_reference,
    token: said.cdr_token.uid,
    location: said.location_id,
    evse: said.evse_uid,
    connector: said.connector_id,
  };
}
