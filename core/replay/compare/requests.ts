import type { ReplayDifference } from '../../contract/replay.ts';
import { entryById } from '../../ocpi/catalogue.ts';
import { ciEqual } from '../../ocpi/ci-string.ts';
import { pathParams } from '../../ocpi/path-params.ts';
import { splitPath } from '../../ocpi/urls.ts';
import type { ExpectedMessage } from '../rebase/expected.ts';
import type { SpokenExchange } from '../recording.ts';
import { difference } from './difference.ts';
import { isTime, otherSpelling, type TimeGround } from './times.ts';

export interface UrlPair {
  readonly expected: ExpectedMessage;
  readonly recorded: SpokenExchange;
  readonly met: SpokenExchange;
  /** Who sent it, as a subject. */
  readonly sender?: string;
}

/** Method, path and query of a request of the partner against those expected; the host and what stands before the path is ours. */
export function compareUrls(
  { expected, recorded, met, sender = 'The partner' }: UrlPair,
  ground: TimeGround,
): ReplayDifference[] {
  const out: ReplayDifference[] = [];
  if (expected.method !== met.method) {
    const meaning = `${sender} sent ${met.method} instead of ${expected.method}.`;
    out.push(urlDifference('request:method', expected.method, met.method, meaning));
  }
  const entry = entryById(expected.operation);
  const params = [entry ? pathParams(entry, expected.url) : {}, entry ? pathParams(entry, met.url) : {}] as const;
  for (const [name, before] of Object.entries(params[0])) {
    const now = params[1][name];
    if (now === undefined || now === before || isFree(expected, name)) continue;
    const meaning = ciEqual(now, before)
      ? `${name} in the path differs in upper and lower case only.`
      : `The path names another ${name} than expected.`;
    out.push(urlDifference(`request:url:${name}`, before, now, meaning));
  }
  if (entry?.base === 'given-url') return out;
  const targets = [splitPath(expected.url), splitPath(met.url)] as const;
  if (!splitPath(recorded.url).trailingSlash && targets[1].trailingSlash) {
    out.push(urlDifference('request:url', 'no slash at its end', met.url, 'The path ends with a slash.'));
  }
  return [...out, ...compareQueries(targets[0].query, targets[1].query, ground)];
}

/** Nobody knows yet what it is called. */
function isFree({ marks }: ExpectedMessage, name: string): boolean {
  return marks.some(({ pointer, to, kind }) => kind !== 'party' && to === undefined && pointer === `url/${name}`);
}

function compareQueries(expected: string, met: string, ground: TimeGround): ReplayDifference[] {
  const [before, now] = [new URLSearchParams(expected), new URLSearchParams(met)];
  return [...new Set([...before.keys(), ...now.keys()])].flatMap(name => {
    const values = [before.get(name), now.get(name)] as const;
    const where = `request:query:${name}`;
    const shown = [values[0] ?? 'nothing', values[1] ?? 'nothing'] as const;
    if (values[1] === null) return [urlDifference(where, ...shown, `The query has no ${name}.`)];
    if (values[0] === null) return [urlDifference(where, ...shown, `The query has ${name}; before it had none.`)];
    if (values[0] === values[1] || name === 'response_url') return [];
    if (isTime(values[0], ground.version)) {
      const meaning = otherSpelling(values[0], values[1], ground);
      return meaning === undefined ? [] : [urlDifference(where, ...shown, meaning)];
    }
    return [urlDifference(where, ...shown, `The query has another ${name} than before.`)];
  });
}

function urlDifference(where: string, expected: string, met: string, meaning: string): ReplayDifference {
  return difference({ layer: 'http', where, expected, met, meaning });
}
