import * as z from 'zod';
import { EndLine, HeaderLine, LogRecord } from './records.ts';

/** Any line of a session log. */
const LogLine = z.discriminatedUnion('type', [HeaderLine, ...LogRecord.options, EndLine]);

/** What docs/session-log.schema.json holds: the JSON Schema of one line. */
export function sessionLogSchema(): unknown {
  return { ...z.toJSONSchema(LogLine, { io: 'input' }), title: 'A line of a session log of OCPI Workbench' };
}
