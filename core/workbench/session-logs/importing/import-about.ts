import type { ImportedLog, LogAbout } from '../../../contract/session-log.ts';
import type { History } from '../../../history/history.ts';
import type { StoredLog } from '../../../history/logs.ts';
import type { HeaderLine } from '../../../session-log/format/records.ts';
import { fileNameOf, linkNameOf } from '../../imported-names.ts';
import { shownText } from './import-records.ts';

const LONGEST_TEXT = 200;
const LONGEST_WRITTEN = 500;
const LONGEST_NAME = 80;
const LONGEST_URL = 2000;
const MOST = 500;
/** Characters of a scope as JSON. */
const LONGEST_SCOPE = 10_000;

/** What a first line says, as it is shown: whoever wrote it may have written anything. */
export function aboutOf({ type: _, ...told }: HeaderLine): LogAbout {
  const { platform } = told;
  return {
    format: told.format,
    workbench: shownText(told.workbench, LONGEST_TEXT),
    writtenAt: shownText(told.writtenAt, LONGEST_TEXT),
    title: shownText(told.title, LONGEST_WRITTEN),
    scope: JSON.stringify(told.scope).length > LONGEST_SCOPE ? {} : told.scope,
    redacted: told.redacted.slice(0, MOST),
    keptPersonal: told.keptPersonal === null ? null : shownText(told.keptPersonal, LONGEST_WRITTEN),
    platform: {
      parties: platform.parties.slice(0, MOST).map(one => shownText(one, LONGEST_TEXT)),
      versions: platform.versions.slice(0, MOST).map(one => shownText(one, LONGEST_TEXT)),
      versionsUrl: platform.versionsUrl === null ? null : shownText(platform.versionsUrl, LONGEST_URL),
    },
    exchanges: told.exchanges,
  };
}

/** `/home/me/acme.ocpilog` as `acme.ocpilog`, and without its ending. */
export function logNamesOf(path: string): { readonly name: string; readonly bare: string } {
  const name = shownText(fileNameOf(path), LONGEST_NAME) || 'log';
  return {
    name,
    bare: linkNameOf(name.replace(/\.(ocpilog|gz|jsonl?)$/i, ''), { longest: LONGEST_NAME, instead: 'log' }),
  };
}

/** A log as faces see it. */
export function viewLog({ links }: Pick<History, 'links'>, log: StoredLog): ImportedLog {
  const { logId, name, importedAt, about, condition, counts, rules, from, to } = log;
  return {
    logId,
    name,
    importedAt: new Date(importedAt).toISOString(),
    about,
    condition,
    counts,
    links: log.links.map(({ linkId, was }) => ({ name: links.nameOf(linkId) ?? was, was })),
    rules,
    from,
    to,
  };
}
