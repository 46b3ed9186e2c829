import { type Counted, createCounting } from '../../../session-log/format/counting.ts';
import type { ExchangeLine, LogBody, LogRecord } from '../../../session-log/format/records.ts';

/** What a file will hold. */
export interface Tally {
  add(record: LogRecord): void;
  counted(): Counted;
  /** Of bodies, as they crossed the wire and were kept. */
  readonly bytes: number;
  /** What the operator should know of it, one sentence each. */
  notes(): string[];
}

export function createTally(): Tally {
  const counting = createCounting();
  let bytes = 0;
  let open = 0;
  let shortened = 0;

  const addBody = (body: LogBody | undefined) => {
    if (body === undefined) return;
    bytes += body.text === undefined ? Math.floor(((body.base64?.length ?? 0) * 3) / 4) : Buffer.byteLength(body.text);
    if (body.length !== undefined) shortened += 1;
  };
  const addExchange = ({ ended, request, response }: ExchangeLine) => {
    if (ended.how === 'open') open += 1;
    addBody(request.body);
    addBody(response?.body);
  };
  return {
    counted: counting.now,
    add(record) {
      counting.line(record);
      if (record.type === 'exchange') addExchange(record);
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

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
