import type { Scenario, ScenarioRequest, ScenarioRole } from '../../contract/scenario.ts';
import { type CatalogueEntry, isPlaceholder } from '../../ocpi/catalogue.ts';
import type { Version } from '../../ocpi/versions.ts';
import { fillText, type SlotValues } from './template.ts';

/** What a command or a charging profile comes to, posted where its asker said. */
const RESULTS: ReadonlySet<string> = new Set(['commands.result', 'chargingprofiles.result']);

export function isResult(operation: string): boolean {
  return RESULTS.has(operation);
}

/** Whether a step says where its result is to be posted. */
export function asksForResult({ body, bodyIn, query }: ScenarioRequest): boolean {
  return /\{\{\s*response_url\s*\}\}/.test(JSON.stringify([body, bodyIn, query]));
}

export interface Addressed {
  readonly step: ScenarioRequest;
  readonly entry: CatalogueEntry;
  readonly version: Version;
  /** Who is asked. */
  readonly other: ScenarioRole;
  readonly values: SlotValues;
  /** Of a result. */
  readonly given: string | undefined;
}

/** The URL of a request: at a host that exists nowhere, with the path of the operation. */
export function urlOf({ step, entry, version, other, values, given }: Addressed): string {
  const host = `https://${other}.invalid`;
  const query = new URLSearchParams(
    Object.entries(step.query).map(([name, text]) => [name, fillText(text, values)]),
  ).toString();
  const asked = query === '' ? '' : `?${query}`;
  if (entry.base === 'given-url') return given ?? `${fillText(step.params['url'] ?? '', values)}${asked}`;
  if (entry.base === 'versions-url') return `${host}/ocpi/versions`;
  const start = `${host}/ocpi/${version}`;
  if (entry.base === 'version-url') return start;
  const path = entry.path.map(segment =>
    isPlaceholder(segment) ? encodeURIComponent(fillText(step.params[segment.slice(1, -1)] ?? '', values)) : segment,
  );
  return `${[start, entry.module, ...path].join('/')}${asked}`;
}

/**
 * Response URLs by the index of a step: each command has one of its own, and a result goes to that of the last command
 * before it that the other party sent.
 */
export function resultUrls({ steps }: Pick<Scenario, 'steps'>): ReadonlyMap<number, string> {
  const urls = new Map<number, string>();
  for (const [index, step] of steps.entries()) {
    if ('flow' in step) continue;
    if (isResult(step.do)) {
      const family = step.do.slice(0, step.do.indexOf('.'));
      const asked = steps.findLastIndex(
        (before, at) =>
          at < index && 'do' in before && before.from !== step.from && before.do.startsWith(family) && urls.has(at),
      );
      const url = urls.get(asked);
      if (url !== undefined) urls.set(index, url);
    } else if (asksForResult(step)) urls.set(index, `https://${step.from}.invalid/results/${index + 1}`);
  }
  return urls;
}
