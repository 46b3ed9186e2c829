import { PulledModule } from '../../../contract/objects.ts';
import type { History } from '../../../history/history.ts';
import { hasKind, kindOf } from '../../../history/objects/kinds.ts';
import { keyPartsOf } from '../../../history/objects/object-key.ts';
import { isJsonObject, type JsonObject } from '../../../ocpi/json-value.ts';
import { isVersion } from '../../../ocpi/versions.ts';
import type { ObjectLine } from '../../../session-log/format/records.ts';
import type { IncomingObject } from './import-messages.ts';
import { momentIn } from './import-records.ts';

/**
 * An object of a file as it can stand here: what is no JSON object is no text of one, and what has none is no object. Looked into
 * by whoever reads the file: texts may be long. `now`: of the import, milliseconds since the epoch.
 */
export function incomingObject(line: ObjectLine, now: number): IncomingObject | undefined {
  const { link, list, version, text, revisions, seenAt, changedAt, vanishedAt } = line;
  const module = PulledModule.safeParse(line.module);
  if (!module.success || !hasKind(module.data, list)) return undefined;
  const since = changedAt ?? revisions.at(-1)?.replacedAt ?? seenAt;
  const told = [...revisions.map(one => ({ ...one, at: one.seenAt })), { version, text, at: since }];
  let last: JsonObject | undefined;
  const texts = told.flatMap(one => {
    const json = isVersion(one.version) ? objectIn(one.text) : undefined;
    if (json === undefined || !isVersion(one.version)) return [];
    last = json;
    return [{ version: one.version, text: one.text, at: momentIn(one.at, now) }];
  });
  if (last === undefined) return undefined;
  const named = vanishedAt === undefined ? undefined : nameIn(last, { module: module.data, list });
  return {
    ...(link === undefined ? {} : { link }),
    module: module.data,
    list,
    texts,
    seenAt: momentIn(seenAt, now),
    ...(named === undefined || vanishedAt === undefined
      ? {}
      : { vanished: { ...named, at: momentIn(vanishedAt, now) } }),
  };
}

/** What became of an object; `reason`: why the database refused. */
export type ObjectKept =
  | { readonly ok: true; readonly objects: number; readonly revisions: number }
  | { readonly ok: false; readonly reason: string };

const NOTHING = { ok: true, objects: 0, revisions: 0 } as const;

/** Has an object stand under a link as it did where it was written: each of its texts as if its owner pushed it then. */
export async function keepObject(
  { objects }: Pick<History, 'objects'>,
  { object, linkId }: { readonly object: IncomingObject; readonly linkId: number },
): Promise<ObjectKept> {
  const { module, list, texts, seenAt, vanished } = object;
  const of = { linkId, module, ...(list === '' ? {} : { list }) };
  let kept = 0;
  for (const met of texts) {
    const outcome = await objects.push({ ...of, ...met });
    if (outcome.ok) kept++;
    else if (outcome.reason !== undefined) return { ok: false, reason: outcome.reason };
  }
  const last = texts.at(-1);
  if (last === undefined || kept === 0) return NOTHING;
  // Seen once more as it was.
  if (seenAt > last.at) await objects.push({ ...of, ...last, at: seenAt });
  if (vanished !== undefined) {
    const { trouble } = await objects.ingest.vanish({ ...of, ...vanished });
    if (trouble !== undefined) return { ok: false, reason: trouble };
  }
  return { ok: true, objects: 1, revisions: kept - 1 };
}

function objectIn(text: string): JsonObject | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isJsonObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function nameIn(json: JsonObject, { module, list }: { readonly module: PulledModule; readonly list: string }) {
  const parts = keyPartsOf(kindOf(module, list), json);
  if (parts === undefined) return undefined;
  const { id, countryCode, partyId } = parts;
  return { id, ...(countryCode === '' || partyId === '' ? {} : { party: `${countryCode}-${partyId}` }) };
}
