import { isAscii, isUtf8 } from 'node:buffer';
import type { PageToRead } from '../../contract/ingest.ts';
import { decodeBody } from '../../http/bodies.ts';
import { readEnvelope } from '../../ocpi/envelope.ts';
import { type Finding, finding } from '../../ocpi/findings.ts';
import { describeJson } from '../../ocpi/json-value.ts';
import { isSuccess } from '../../ocpi/status-codes.ts';
import { type ItemSlices, type PageSlices, slicePage, type WantedMembers } from './page-slices.ts';

/** Most bytes that may come out of a compressed page. */
const LARGEST_PAGE = 256 * 1024 * 1024;

/** What an answer's body holds, before its items are looked at. */
export interface PageRead {
  readonly ocpiStatus?: number;
  readonly statusMessage?: string;
  readonly data: 'list' | 'object' | 'none' | 'other';
  /** About the body and the envelope; pointers from the body's root. */
  readonly findings: readonly Finding[];
  /** Present where there are items to be stored. */
  readonly content?: PageContent;
}

export interface PageContent {
  readonly bytes: Buffer;
  /** The bytes as text, where each is one character: parts of it cost nothing. */
  readonly text?: string;
  readonly items: ItemSlices;
}

export interface PageReading {
  readonly wanted: WantedMembers;
  /** Takes credentials tokens out of the decoded body. */
  seal(bytes: Buffer): Buffer;
}

/** Undoes the content coding, finds the items, reads the envelope around them. The items themselves are not parsed. */
export function readPage(page: PageToRead, { wanted, seal }: PageReading): PageRead {
  const { bytes: sent, findings } = decoded(page);
  const bytes = seal(sent);
  const slices = slicePage(bytes, wanted);
  const envelope = slices && readEnvelope(around(bytes, slices), page.version);
  if (!slices || envelope?.json === undefined) return unreadable(bytes, page, findings);
  if (!isUtf8(bytes)) {
    findings.push(finding('body.utf8', { met: `${bytes.length} bytes that are not UTF-8`, expected: 'UTF-8' }));
  }
  findings.push(...envelope.findings);
  const data = kindOfData(bytes, slices);
  const { view } = envelope;
  if (!view) return { data, findings };
  const { statusCode, statusMessage } = view;
  const read = { ocpiStatus: statusCode, ...(statusMessage === undefined ? {} : { statusMessage }), data, findings };
  if (!isSuccess(statusCode)) return read;
  const wrong = wrongData(data, page, view.data);
  if (wrong) findings.push(wrong);
  const usable = page.shape === 'list' ? data === 'list' || data === 'object' : data === 'object';
  if (!usable || !slices.items) return read;
  const text = isAscii(bytes) ? { text: bytes.toString('latin1') } : {};
  return { ...read, content: { bytes, items: slices.items, ...text } };
}

/** The text of a part of the page. */
export function textAt({ bytes, text }: PageContent, start: number, end: number): string {
  return text === undefined ? bytes.toString('utf8', start, end) : text.slice(start, end);
}

/** The value, `null` as itself; undefined for what is not JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is said of a body that is not JSON, told with line and column; also where only an item of it is not. */
export function unreadable(
  bytes: Uint8Array,
  { version }: Pick<PageToRead, 'version'>,
  before: readonly Finding[],
): PageRead {
  const { view, empty, findings } = readEnvelope(bytes, version);
  const data = empty || (view && !view.hasData) ? 'none' : 'other';
  return { data, findings: [...before, ...findings] };
}

function decoded({ body, contentEncoding }: PageToRead): { readonly bytes: Buffer; readonly findings: Finding[] } {
  if (contentEncoding === undefined) return { bytes: asBuffer(body), findings: [] };
  const { bytes, problem } = decodeBody(body, [['Content-Encoding', contentEncoding]], { limit: LARGEST_PAGE });
  if (!problem) return { bytes: asBuffer(bytes), findings: [] };
  const details = {
    pointer: 'header:Content-Encoding',
    met: problem.detail,
    expected: 'a body coded as its header says',
  };
  return { bytes: asBuffer(bytes), findings: [finding('wire.body-coding', details)] };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The body with `null` in place of a list or an object. */
function around(bytes: Buffer, { dataStart, dataEnd, items }: PageSlices): Uint8Array {
  if (!items) return bytes;
  return Buffer.concat([bytes.subarray(0, dataStart), Buffer.from('null'), bytes.subarray(dataEnd)]);
}

function kindOfData(bytes: Buffer, { dataStart, dataEnd, items, isList }: PageSlices): PageRead['data'] {
  if (isList) return 'list';
  if (items) return 'object';
  return dataStart < 0 || bytes.toString('latin1', dataStart, dataEnd) === 'null' ? 'none' : 'other';
}

function wrongData(data: PageRead['data'], { shape }: PageToRead, value: unknown): Finding | undefined {
  const pointer = '/data';
  if (shape === 'list') {
    // A list without anything in it may be null or missing (T6).
    if (data === 'list' || data === 'none') return undefined;
    if (data === 'object') return finding('list.single', { pointer, met: 'an object', expected: 'a list' });
    return finding('type.mismatch', { pointer, met: describeJson(value), expected: 'a list' });
  }
  if (data === 'object') return undefined;
  const met = data === 'list' ? 'a list' : describeJson(value);
  return finding('type.mismatch', { pointer, met, expected: 'an object' });
}
