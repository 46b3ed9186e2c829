import { PulledModule } from '../../../contract/objects.ts';
import type { History } from '../../../history/history.ts';
import { hasKind, kindOf } from '../../../history/objects/kinds.ts';
import { keyPartsOf } from '../../../history/objects/object-key.ts';
import { isJsonObject } from '../../../ocpi/json-value.ts';
import { isVersion, type Version } from '../../../ocpi/versions.ts';
import type { ObjectLine } from '../../../session-log/format/records.ts';
import { momentIn } from './import-records.ts';

/** What became of an object; `reason`: why the database refused. */
export type ObjectKept =
  | { readonly ok: true; readonly objects: number; readonly revisions: number }
  | { readonly ok: false; readonly reason: string };

const NOTHING = { ok: true, objects: 0, revisions: 0 } as const;

/** One text of an object, and when it was met first. */
interface Met {
  readonly version: Version;
  readonly text: string;
  readonly at: number;
}

/**
 * Has an object stand under a link as it did where it was written: each of its texts as if its owner pushed it then. What can
 * be no object here is left out. `now`: of the import, milliseconds since the epoch.
 */
export async function keepObject(
  { objects }: Pick<History, 'objects'>,
  { line, linkId, now }: { readonly line: ObjectLine; readonly linkId: number; readonly now: number },
): Promise<ObjectKept> {
  const module = PulledModule.safeParse(line.module);
  const { list } = line;
  if (!module.success || !hasKind(module.data, list)) return NOTHING;
  const of = { linkId, module: module.data, ...(list === '' ? {} : { list }) };
  const texts = textsOf(line, now);
  let kept = 0;
  for (const met of texts) {
    const outcome = await objects.push({ ...of, ...met });
    if (outcome.ok) kept++;
    else if (outcome.reason !== undefined) return { ok: false, reason: outcome.reason };
  }
  const last = texts.at(-1);
  if (last === undefined || kept === 0) return NOTHING;
  // Seen once more as it was.
  const seenAt = momentIn(line.seenAt, now);
  if (seenAt > last.at) await objects.push({ ...of, ...last, at: seenAt });
  if (line.vanishedAt !== undefined) {
    const named = nameIn(last.text, of);
    if (named !== undefined) {
      const { trouble } = await objects.ingest.vanish({ ...of, ...named, at: momentIn(line.vanishedAt, now) });
      if (trouble !== undefined) return { ok: false, reason: trouble };
    }
  }
  return { ok: true, objects: 1, revisions: kept - 1 };
}

/** Oldest first; what is no JSON object is no text of one. */
function textsOf({ version, text, revisions, seenAt, changedAt }: ObjectLine, now: number): Met[] {
  const since = changedAt ?? revisions.at(-1)?.replacedAt ?? seenAt;
  const told = [...revisions.map(one => ({ ...one, at: one.seenAt })), { version, text, at: since }];
  return told.flatMap(one =>
    isVersion(one.version) && isJsonObject(parsed(one.text))
      ? [{ version: one.version, text: one.text, at: momentIn(one.at, now) }]
      : [],
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function nameIn(text: string, { module, list }: { readonly module: PulledModule; readonly list?: string }) {
  const parts = keyPartsOf(kindOf(module, list), parsed(text));
  if (parts === undefined) return undefined;
  const { id, countryCode, partyId } = parts;
  return { id, ...(countryCode === '' || partyId === '' ? {} : { party: `${countryCode}-${partyId}` }) };
}
