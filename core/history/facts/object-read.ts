import type { PulledModule } from '../../contract/objects.ts';
import { readDateTime } from '../../ocpi/date-time.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import { isVersion } from '../../ocpi/versions.ts';
import { hasKind } from '../objects/kinds.ts';
import { nameOf } from '../objects/object-view.ts';
import type { FollowedObject } from './following.ts';

export type ObjectRead =
  | { readonly ok: true; readonly objects: readonly FollowedObject[] }
  /** The stored text cannot be used: a defect of whoever stored it. */
  | { readonly ok: false; readonly reason: string };

export interface ReadWhere {
  readonly objectId: number;
  readonly linkId: number | null;
  readonly module: string;
  readonly list: string;
  /** Whose it is where it does not say so itself. */
  readonly linkParty: () => string;
  readonly isVanished: boolean;
}

export interface TextAt {
  readonly text: string;
  readonly version: string;
  readonly revision: number;
  readonly changedAt: number;
}

/** `texts`: oldest first; the last one is as the object is now. */
export function readObject(where: ReadWhere, texts: readonly TextAt[]): ObjectRead {
  const { linkParty, module, list } = where;
  const known = module as PulledModule;
  if (!hasKind(known, list)) return { ok: false, reason: `${module} has no list "${list}"` };
  const objects: FollowedObject[] = [];
  for (const { text, version, revision, changedAt } of texts) {
    const object = parsed(text);
    if (!isJsonObject(object)) return { ok: false, reason: `revision ${revision} is no JSON object` };
    if (!isVersion(version)) return { ok: false, reason: `it is of version "${version}"` };
    const updated = object['last_updated'];
    objects.push({
      ...{ objectId: where.objectId, linkId: where.linkId, module, list, isVanished: where.isVanished },
      ...nameOf(object, { module: known, list, linkParty: linkParty() }),
      ...{ version, revision, text, object, changedAt },
      isNewest: false,
      lastUpdated: typeof updated === 'string' ? readDateTime(updated, version).epochMs : undefined,
    });
  }
  const newest = objects.at(-1);
  return { ok: true, objects: newest === undefined ? [] : [...objects.slice(0, -1), { ...newest, isNewest: true }] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Said by whoever finds that it is no object.
    return undefined;
  }
}
