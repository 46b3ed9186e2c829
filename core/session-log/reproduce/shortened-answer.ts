import { contentCodings } from '../../http/bodies.ts';
import { beginningOf } from '../../ocpi/json-beginning.ts';
import type { ExchangeLine } from '../format/records.ts';
import { bodyBytes } from './line-body.ts';

/** Of pages that were pulled only the beginning is recorded. */
export function isShortened({ response, ended }: ExchangeLine): boolean {
  const kept = response?.body;
  return ended.how !== 'too-large' && kept?.length !== undefined && kept.length > bodyBytes(kept).length;
}

export interface WholePart {
  readonly body: Uint8Array;
  /** Of those in the list that are whole. */
  readonly objects: number;
}

/**
 * A shortened answer ended behind the last object that is whole, so that whoever asks can read it as then. What stood behind the
 * list, the status_code, comes from what was made of the answer then. Undefined where no such end can be made.
 */
export function wholePart(line: ExchangeLine, written: Uint8Array, now: number): WholePart | undefined {
  const { response, ocpiStatus } = line;
  if (!isShortened(line) || response === undefined || contentCodings(response.headers).length > 0) return undefined;
  const beginning = beginningOf(Buffer.from(written).toString('latin1'));
  if (beginning === undefined) return undefined;
  const { text, closing, elements, members } = beginning;
  const lacks = (name: string) => closing.endsWith('}') && !members.includes(name);
  const rest = [
    ...(lacks('status_code') && ocpiStatus !== undefined ? [`"status_code":${ocpiStatus}`] : []),
    ...(lacks('timestamp') ? [`"timestamp":"${new Date(now).toISOString()}"`] : []),
  ].map(member => `,${member}`);
  const ended = `${text}${closing.slice(0, 1)}${rest.join('')}${closing.slice(1)}`;
  return { body: Buffer.from(ended, 'latin1'), objects: elements };
}
