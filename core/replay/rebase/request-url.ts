import { done, failed, type Outcome } from '../../contract/failure.ts';
import { isPlaceholder } from '../../ocpi/catalogue.ts';
import { appendSegments, decodeSegment, splitPath } from '../../ocpi/urls.ts';
import type { RequestStep } from '../recording.ts';
import type { Surroundings } from '../surroundings.ts';
import { customPlace, endpointFor } from './endpoints.ts';
import type { Mark } from './marks.ts';
import { type ExchangeMarks, marksOf, targetOf } from './message-marks.ts';
import type { Known } from './value-now.ts';

export interface UrlOptions {
  readonly plan: Known & { readonly surroundings: Surroundings };
  readonly step: RequestStep;
  /** What stands in a place now. */
  said(mark: Mark): string;
}

/** Where a request of ours goes now. Fails where the target has no such place, or has not said yet which it is. */
export function requestUrl({ plan, step, said }: UrlOptions): Outcome<string> {
  const { surroundings, mapping, recording } = plan;
  const { spoken, no } = step;
  const marks = marksOf(spoken, recording.version);
  const { entry } = marks;
  const query = queryNow(marks, said);
  const withQuery = (url: string) => (query === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`);
  if (entry === undefined) {
    const place = customPlace(surroundings, spoken.url);
    if (place === undefined) return noPlace(step, surroundings);
    const segments = place.segments.map(segment => decodeSegment(segment) ?? segment);
    return done(withQuery(appendSegments(place.endpoint, ...segments)));
  }
  if (entry.base === 'given-url') {
    const stored = entry.module === 'cdrs';
    const url = mapping.get(stored ? 'endpoint' : 'response_url', targetOf(spoken.url));
    if (url !== undefined) return done(url);
    const what = stored ? 'where it keeps the CDR' : 'a response_url for it';
    return failed(
      'WRONG_STATE',
      `step ${no}, ${entry.words}: ${surroundings.link} has not said ${what}`,
      'It is told in an earlier step: begin the replay there.',
    );
  }
  if (entry.base === 'versions-url') {
    return surroundings.versionsUrl === undefined
      ? noPlace(step, surroundings)
      : done(withQuery(surroundings.versionsUrl));
  }
  const endpoint = entry.base === 'endpoint' ? endpointFor(surroundings, entry) : undefined;
  if (endpoint === undefined) return noPlace(step, surroundings);
  return done(withQuery(appendSegments(endpoint, ...pathNow(marks, said))));
}

/** Behind the endpoint; not encoded. */
export function pathNow({ entry, path, params }: ExchangeMarks, said: (mark: Mark) => string): string[] {
  return (entry?.path ?? []).map(part => {
    if (!isPlaceholder(part)) return part;
    const name = part.slice(1, -1);
    const mark = path.get(name);
    return mark === undefined ? (params[name] ?? '') : said(mark);
  });
}

/** Parameters in which nothing changes stay as they were sent. */
export function queryNow({ query }: ExchangeMarks, said: (mark: Mark) => string): string {
  return query
    .map(({ raw, name, mark }) => {
      const value = mark && said(mark);
      return mark === undefined || value === mark.value ? raw : `${name}=${encodeURIComponent(value ?? '')}`;
    })
    .join('&');
}

/** The URL up to the endpoint, as it was. */
export function endpointThen(url: string, pathLength: number): string {
  const bare = url.replace(/[?#].*$/, '').replace(/\/$/, '');
  const { segments } = splitPath(bare);
  return segments.length < pathLength
    ? bare
    : bare
        .split('/')
        .slice(0, pathLength === 0 ? undefined : -pathLength)
        .join('/');
}

function noPlace({ no, spoken }: RequestStep, { link }: Surroundings): Outcome<never> {
  const what = spoken.operation === 'unknown' ? `${spoken.method} ${targetOf(spoken.url)}` : spoken.operation;
  return failed(
    'NOT_FOUND',
    `step ${no}: ${link} offers no endpoint for ${what}`,
    'Choose another target, or leave the step out.',
  );
}
