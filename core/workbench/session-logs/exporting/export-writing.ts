import type { TransactionSummary } from '../../../contract/transaction.ts';
import type { LogRecord } from '../../../session-log/format/records.ts';
import { curlScript } from '../../../session-log/formats/curl-script.ts';
import { harFormat } from '../../../session-log/formats/har.ts';
import { postmanFormat } from '../../../session-log/formats/postman.ts';
import { tableFormat } from '../../../session-log/formats/tables.ts';
import type { FormatContext, TextFormat } from '../../../session-log/formats/text-format.ts';
import { writeLog } from '../../../session-log/write/write-log.ts';
import { curlCommand } from '../../../traffic-import/curl-command.ts';
import type { ExportAbout } from './export-messages.ts';
import type { OutFile } from './out-file.ts';

/** What of the database stands in a file; links always do. */
export interface Takes {
  readonly exchanges: boolean;
  readonly rules: boolean;
  readonly runs: boolean;
  readonly objects: boolean;
}

export function takesOf({ format, table }: Pick<ExportAbout, 'format' | 'table'>): Takes {
  if (format === 'ocpilog') return { exchanges: true, rules: true, runs: true, objects: true };
  const tables = format === 'jsonl' || format === 'csv';
  return {
    exchanges: !tables || table === 'exchanges' || table === 'findings',
    rules: false,
    runs: tables && table === 'runs',
    objects: tables && table === 'objects',
  };
}

export interface ExportWriting {
  /** Sealed and redacted, in the order of a session log. Rejects with what writing rejects with. */
  records(records: AsyncIterable<LogRecord>): Promise<void>;
  /** Of the table of transactions, which are put together elsewhere; after the records. */
  charges(rows: readonly TransactionSummary[]): Promise<void>;
}

export interface ExportWritingOptions {
  readonly about: Pick<ExportAbout, 'format' | 'table'>;
  readonly header: Parameters<typeof writeLog>[0]['header'];
  /** Redacted. */
  readonly linkName: (id: number) => string | undefined;
  readonly out: Pick<OutFile, 'write'>;
}

export function createExportWriting({ about, header, linkName, out }: ExportWritingOptions): ExportWriting {
  const { format, table } = about;
  const context: FormatContext = {
    title: header.title,
    redacted: header.redacted,
    keptPersonal: header.keptPersonal,
    release: header.workbench,
    linkName,
  };
  const text = textOut(out);
  const exchangesAs = (as: TextFormat): ExportWriting => ({
    async records(records) {
      await text.put(as.begin());
      for await (const record of records) if (record.type === 'exchange') await text.put(as.exchange(record));
      await text.put(as.end());
      await text.flush();
    },
    charges: noCharges,
  });
  switch (format) {
    case 'ocpilog':
      return {
        records: async records => {
          await writeLog({ header, records, out });
        },
        charges: noCharges,
      };
    case 'har':
      return exchangesAs(harFormat(context));
    case 'postman':
      return exchangesAs(postmanFormat(context));
    case 'curl':
      return exchangesAs(curlScript(context, curlCommand));
    case 'jsonl':
    case 'csv': {
      const lines = tableFormat(table, format, linkName);
      return {
        async records(records) {
          await text.put(lines.begin());
          for await (const record of records) await text.put(lines.lines(record));
          await text.flush();
        },
        async charges(rows) {
          for (const transaction of rows) await text.put(lines.lines({ type: 'transaction', transaction }));
          await text.flush();
        },
      };
    }
  }
}

async function noCharges(): Promise<void> {
  throw new Error('transactions are a table of their own');
}

/** Characters that are written at once. */
const PIECE = 256 * 1024;

function textOut(out: Pick<OutFile, 'write'>) {
  let waiting: string[] = [];
  let length = 0;
  const flush = async () => {
    const text = waiting.join('');
    waiting = [];
    length = 0;
    if (text !== '') await out.write(Buffer.from(text));
  };
  return {
    async put(text: string) {
      waiting.push(text);
      length += text.length;
      if (length >= PIECE) await flush();
    },
    flush,
  };
}
