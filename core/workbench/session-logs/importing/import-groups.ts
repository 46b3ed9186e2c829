import type { Outcome } from '../../../contract/failure.ts';
import { createSealer, type Sealer } from '../../../http/sealing.ts';
import type { KnownToken } from '../../../http/token-search.ts';
import type { ReadEnd, ReadLine } from '../../../session-log/read/read-log.ts';
import type { IncomingRecord, LogImportAnswer } from './import-messages.ts';
import { incomingObject } from './import-objects.ts';
import { recordOf } from './import-records.ts';
import { runOf } from './import-runs.ts';

/** A group is written in a few milliseconds. */
const GROUP_BYTES = 256 * 1024;
const GROUP_RECORDS = 32;
/** A link and a run are a few statements each, and are read anew by those who keep them in memory. */
const GROUND_BYTES = 16 * 1024;
const LONGEST_NOTE = 4000;

export interface LogGroups {
  /** The next records, sealed; or the tokens whose ids are needed for that first. */
  next(): Promise<Extract<LogImportAnswer, { kind: 'group' | 'unnamed' | 'failed' }>>;
  know(tokens: readonly KnownToken[]): void;
  name(names: readonly (readonly [token: string, id: string])[]): void;
}

/** One line, and what it weighs. */
interface Read {
  /** Absent where it can be nothing here. */
  readonly record?: IncomingRecord;
  readonly bytes: number;
}

/** Reads and seals a log's lines in groups small enough to be stored between two answers to partners. `at`: of the import. */
export function createLogGroups(
  lines: AsyncGenerator<ReadLine, Outcome<ReadEnd>>,
  { at }: { readonly at: number },
): LogGroups {
  const ids = new Map<string, string>();
  const unnamed = new Set<string>();
  let known: readonly KnownToken[] = [];
  let odd = 0;
  /** Read, but not handed over yet because tokens in it have no ids. */
  let waiting: { readonly records: IncomingRecord[]; readonly end?: Outcome<ReadEnd> } | undefined;
  const sealer = createSealer({
    idOf: token => {
      const id = ids.get(token);
      if (id === undefined) unnamed.add(token);
      return id ?? 'unnamed';
    },
    known: () => known,
  });

  const read = async () => {
    const records: IncomingRecord[] = [];
    let bytes = 0;
    while (records.length < GROUP_RECORDS && bytes < GROUP_BYTES) {
      const { done, value } = await lines.next();
      if (done) return { records, end: value };
      if (value.type === 'odd') {
        odd++;
        continue;
      }
      const one = incoming(value, at);
      if (one.record !== undefined) records.push(one.record);
      bytes += one.bytes;
    }
    return { records };
  };

  return {
    async next() {
      waiting ??= await read();
      const { records, end } = waiting;
      if (end?.ok === false) return { kind: 'failed', failure: end.failure };
      const sealed = records.map(record => sealedRecord(record, sealer));
      if (unnamed.size > 0) {
        const tokens = [...unnamed];
        unnamed.clear();
        return { kind: 'unnamed', tokens };
      }
      waiting = undefined;
      return { kind: 'group', records: sealed, odd, ...(end === undefined ? {} : { end: end.value }) };
    },
    know(tokens) {
      known = tokens;
    },
    name(names) {
      for (const [token, id] of names) ids.set(token, id);
      // Another array, so that what was sealed under no id is sealed anew.
      known = [...known];
    },
  };
}

function incoming(line: Exclude<ReadLine, { type: 'odd' }>, at: number): Read {
  switch (line.type) {
    case 'ocpilog':
      return { record: { kind: 'header', header: line }, bytes: 0 };
    case 'link':
      return { record: { kind: 'link', line }, bytes: GROUND_BYTES + JSON.stringify(line).length };
    case 'rule':
      return { record: { kind: 'rule', line }, bytes: JSON.stringify(line).length };
    case 'run':
      return { record: { kind: 'run', run: runOf(line.run, at) }, bytes: GROUND_BYTES + JSON.stringify(line).length };
    case 'object': {
      const object = incomingObject(line, at);
      const bytes = object?.texts.reduce((sum, { text }) => sum + text.length, 0) ?? 0;
      return { ...(object === undefined ? {} : { record: { kind: 'object', object } }), bytes };
    }
    case 'exchange': {
      const { id, link, run, note, pinned, resentFrom } = line;
      const record = recordOf(line, at);
      return {
        record: {
          kind: 'exchange',
          was: id,
          ...(link === undefined ? {} : { link }),
          ...(run === undefined ? {} : { run }),
          record,
          ...(note === undefined ? {} : { note: note.slice(0, LONGEST_NOTE) }),
          ...(pinned ? { pinned } : {}),
          ...(resentFrom === undefined ? {} : { resentFrom }),
        },
        bytes: record.request.body.length + (record.response?.body.length ?? 0),
      };
    }
  }
}

/** Files of others may hold tokens in the clear, wherever somebody wrote one. */
function sealedRecord(given: IncomingRecord, sealer: Sealer): IncomingRecord {
  switch (given.kind) {
    case 'exchange': {
      const { note } = given;
      return {
        ...given,
        record: sealer.record(given.record),
        ...(note === undefined ? {} : { note: sealer.text(note) }),
      };
    }
    case 'run':
      return { kind: 'run', run: sealedJson(given.run, sealer) };
    case 'link':
      return { kind: 'link', line: sealedJson(given.line, sealer) };
    case 'rule':
      return { kind: 'rule', line: sealedJson(given.line, sealer) };
    case 'header':
      return { kind: 'header', header: sealedJson(given.header, sealer) };
    // Sealed where it is stored, as every object that comes.
    case 'object':
      return given;
  }
}

/** Placeholders hold nothing that JSON would write otherwise. */
function sealedJson<T>(value: T, sealer: Sealer): T {
  const text = JSON.stringify(value);
  const sealed = sealer.text(text);
  return sealed === text ? value : (JSON.parse(sealed) as T);
}
