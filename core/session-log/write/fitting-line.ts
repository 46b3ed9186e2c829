import { LONGEST_LINE } from '../format/limits.ts';
import type { ExchangeLine, LogBody, LogRecord } from '../format/records.ts';

/** UTF-16 units of text below which no line is too long, whatever they are: each becomes at most six bytes (`\u0000`). */
const SURELY_SHORT = LONGEST_LINE / 8;
/** Left for everything but the bodies. */
const FOR_THE_REST = LONGEST_LINE / 16;

/** A record as one line of JSON. Bodies that would make it longer than a reader takes are left out, and that is said. */
export function fittingLine(record: LogRecord): string {
  return JSON.stringify(record.type === 'exchange' ? fitting(record) : record);
}

function fitting(line: ExchangeLine): ExchangeLine {
  const bodies = [line.request.body, line.response?.body, line.faults?.intended?.body];
  if (sum(bodies.map(unitsOf)) <= SURELY_SHORT) return line;
  const room = LONGEST_LINE - FOR_THE_REST;
  const costs = bodies.map(costOf);
  const kept = sum(costs) <= room ? bodies : withoutLargest(bodies, costs, room);
  const [asked, answered, intended] = kept;
  const { request, response, faults } = line;
  return {
    ...line,
    request: { ...request, ...(asked && { body: asked }) },
    ...(response && { response: { ...response, ...(answered && { body: answered }) } }),
    ...(faults && {
      faults: { ...faults, ...(faults.intended && intended && { intended: { ...faults.intended, body: intended } }) },
    }),
  };
}

function withoutLargest(
  bodies: readonly (LogBody | undefined)[],
  costs: readonly number[],
  room: number,
): (LogBody | undefined)[] {
  const kept = [...bodies];
  const left = [...costs];
  while (sum(left) > room) {
    const largest = left.indexOf(Math.max(...left));
    const body = kept[largest];
    kept[largest] = body && leftOut(body);
    left[largest] = 0;
  }
  return kept;
}

function leftOut({ text, base64, length }: LogBody): LogBody {
  const bytes = length ?? (text === undefined ? Buffer.byteLength(base64 ?? '', 'base64') : Buffer.byteLength(text));
  return { length: bytes, leftOut: 'It is larger than a line of a session log may be.' };
}

function unitsOf(body: LogBody | undefined): number {
  return (body?.text?.length ?? 0) + (body?.base64?.length ?? 0);
}

/** Bytes as JSON, never fewer than it really takes. */
function costOf(body: LogBody | undefined): number {
  const text = body?.text ?? '';
  let bytes = body?.base64?.length ?? 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    // Control characters and lone surrogates become \uXXXX; a quote and a backslash two bytes.
    if (unit < 0x20 || (unit >= 0xd800 && unit <= 0xdfff)) bytes += 6;
    else if (unit < 0x80) bytes += unit === 0x22 || unit === 0x5c ? 2 : 1;
    else bytes += 3;
  }
  return bytes;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}
