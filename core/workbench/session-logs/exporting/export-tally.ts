import type { LogCounts } from '../../../contract/session-log.ts';
import type { ExchangeLine, LogBody, LogRecord } from '../../../session-log/format/records.ts';

/** What a file will hold. */
export interface Tally {
  add(record: LogRecord): void;
  readonly counts: LogCounts;
  /** RFC 3339, of the first and the last exchange. */
  readonly from: string | null;
  readonly to: string | null;
  /** Of bodies, as they crossed the wire and were kept. */
  readonly bytes: number;
  /** What the operator should know of it, one sentence each. */
  notes(): string[];
}

export function createTally(): Tally {
  const counts: LogCounts = {
    links: 0,
    rules: 0,
    runs: 0,
    exchanges: 0,
    findings: 0,
    notes: 0,
    objects: 0,
    revisions: 0,
  };
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  let bytes = 0;
  let open = 0;
  let shortened = 0;

  const addBody = (body: LogBody | undefined) => {
    if (body === undefined) return;
    bytes += body.text === undefined ? Math.floor(((body.base64?.length ?? 0) * 3) / 4) : Buffer.byteLength(body.text);
    if (body.length !== undefined) shortened += 1;
  };
  const addExchange = ({ startedAt, ended, findings = [], note, request, response }: ExchangeLine) => {
    counts.exchanges += 1;
    counts.findings += findings.length;
    if (note !== undefined) counts.notes += 1;
    if (ended.how === 'open') open += 1;
    from = Math.min(from, startedAt);
    to = Math.max(to, startedAt);
    addBody(request.body);
    addBody(response?.body);
  };
  return {
    counts,
    add(record) {
      switch (record.type) {
        case 'exchange':
          addExchange(record);
          break;
        case 'object':
          counts.objects += 1;
          counts.revisions += record.revisions.length;
          break;
        default:
          counts[`${record.type}s`] += 1;
      }
    },
    get from() {
      return moment(from);
    },
    get to() {
      return moment(to);
    },
    get bytes() {
      return bytes;
    },
    notes() {
      const notes: string[] = [];
      if (open > 0)
        notes.push(`${count(open, 'exchange is', 'exchanges are')} still open: without an answer in the file.`);
      if (shortened > 0)
        notes.push(`Of ${count(shortened, 'body', 'bodies')} only a beginning was kept when it was recorded.`);
      return notes;
    },
  };
}

function moment(ms: number): string | null {
  return Number.isFinite(ms) ? new Date(ms).toISOString() : null;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
