import { createHash } from 'node:crypto';
import type { LogCondition } from '../../contract/session-log.ts';
import { shorten } from '../../ocpi/findings.ts';
import type { EndLine, HeaderLine } from '../format/records.ts';
import type { RawLine } from './line-splitter.ts';
import { type Parsed, parseEnd, parseHeader, parseObject, parseRecord } from './parse-line.ts';
import { plainText } from './plain-text.ts';
import type { OddLine, ReadLine } from './read-log.ts';
import { type Refusal, refuseCut, refuseDamaged, refuseFirstLine, refuseNewer } from './refusals.ts';
import { type FormatStep, stepped } from './steps.ts';
import type { UnpackEnd } from './unpack.ts';

/** How whole a file is. */
export interface Wholeness {
  readonly condition: LogCondition;
  /** What is wrong and where, as a sentence without a full stop; empty where it is whole. */
  readonly problem: string;
}

export interface LineReader {
  /** Undefined: nothing to tell of (the end line, a line of a type that is not known here). */
  take(line: RawLine): ReadLine | Refusal | undefined;
  /** How whole the file is; `rest`: what stands behind its last line feed. */
  end(ended: UnpackEnd, rest: RawLine | undefined): Wholeness | Refusal;
  /** The end line was there: nothing should come any more. */
  readonly finished: boolean;
  /** Something came all the same. */
  readonly overrun: boolean;
}

const LONGEST_REASON = 300;
const LINE_FEED = Buffer.from('\n');

/** Makes lines of bytes and keeps account of what the end line says about them. Flat in memory. */
export function createLineReader({
  name,
  newest,
  steps,
}: {
  /** Of the file, in failures. */
  readonly name: string;
  /** The newest format that is read. */
  readonly newest: number;
  readonly steps: readonly FormatStep[];
}): LineReader {
  const digest = createHash('sha256');
  let lines = 0;
  let format: number | undefined;
  let end: Parsed<EndLine> | undefined;
  let sha256 = '';
  let odd: { readonly first: OddLine; readonly count: number } | undefined;
  let behind = false;

  const first = (bytes: Uint8Array): HeaderLine | Refusal => {
    const object = parseObject(bytes);
    if (!object.ok) return refuseFirstLine(name, object.reason);
    const { format: written, workbench } = object.value;
    if (typeof written !== 'number' || !Number.isInteger(written) || written < 1) {
      return refuseFirstLine(name, 'format: it is no whole number from 1 on');
    }
    if (written > newest) {
      return refuseNewer(name, { format: written, newest, workbench: typeof workbench === 'string' ? workbench : '' });
    }
    const header = parseHeader({ ...stepped(object.value, written, steps), format: written });
    if (!header.ok) return refuseFirstLine(name, header.reason);
    format = written;
    return header.value;
  };
  const tellOdd = (line: number, reason: string): OddLine => {
    const told: OddLine = { type: 'odd', line, reason: plainText(shorten(reason, LONGEST_REASON)) };
    odd = { first: odd?.first ?? told, count: (odd?.count ?? 0) + 1 };
    return told;
  };
  const later = (no: number, bytes: Uint8Array): ReadLine | undefined => {
    const object = parseObject(bytes);
    if (object.ok && object.value['type'] === 'end') {
      end = parseEnd(object.value);
      sha256 = digest.digest('hex');
      return undefined;
    }
    digest.update(bytes).update(LINE_FEED);
    lines++;
    if (!object.ok) return tellOdd(no, object.reason);
    const record = parseRecord(object.value, { format: format ?? newest, steps });
    if (record === undefined) return undefined;
    return record.ok ? record.value : tellOdd(no, record.reason);
  };

  return {
    take({ no, bytes }) {
      if (end !== undefined) {
        behind = true;
        return undefined;
      }
      if (no > 1) return later(no, bytes);
      digest.update(bytes).update(LINE_FEED);
      lines++;
      return first(bytes);
    },
    end(ended, rest) {
      if (format === undefined) return ended.how === 'damaged' ? refuseDamaged(name) : refuseCut(name);
      if (end === undefined) return withoutEnd(ended, { lines, rest });
      if (!end.ok) return altered(`its last line cannot be read: ${plainText(end.reason)}`);
      if (end.value.lines !== lines) {
        return altered(`its last line tells of ${counted(end.value.lines)} before it, and there are ${figure(lines)}`);
      }
      if (end.value.sha256 !== sha256)
        return altered('its lines are not those that were written: their digest is another');
      if (behind || rest !== undefined) return altered('something stands behind its last line');
      if (ended.how === 'more') return altered(`${figure(ended.bytes)} bytes stand behind its last line`);
      if (ended.how === 'damaged') return altered('its lines are whole, but its packing is damaged');
      if (ended.how === 'cut')
        return { condition: 'cut', problem: 'the last bytes are missing; all its lines are there' };
      if (odd === undefined) return { condition: 'whole', problem: '' };
      const more = odd.count > 1 ? `, and ${figure(odd.count - 1)} more` : '';
      return altered(`line ${figure(odd.first.line)} cannot be read: ${odd.first.reason}${more}`);
    },
    get finished() {
      return end !== undefined;
    },
    get overrun() {
      return behind;
    },
  };
}

function withoutEnd(
  ended: UnpackEnd,
  { lines, rest }: { readonly lines: number; readonly rest: RawLine | undefined },
): Wholeness {
  if (ended.how === 'damaged') {
    return altered(`it is damaged behind line ${figure(lines)}, and nothing behind that can be read`);
  }
  if (ended.how === 'more') {
    return altered(`its last line is missing, and ${figure(ended.bytes)} other bytes stand behind the packed ones`);
  }
  const are = lines === 1 ? 'the line before it is' : `the ${figure(lines)} lines before it are`;
  const problem =
    rest === undefined
      ? `it ends behind line ${figure(lines)}, before its last line; what is there is whole`
      : `it ends in line ${figure(lines + 1)}; ${are} whole`;
  return { condition: 'cut', problem };
}

function altered(problem: string): Wholeness {
  return { condition: 'altered', problem };
}

function figure(count: number): string {
  return count.toLocaleString('en-US');
}

function counted(lines: number): string {
  return `${figure(lines)} line${lines === 1 ? '' : 's'}`;
}
