import { done, failed, type Outcome } from '../contract/failure.ts';
import type { OwnListName, OwnModuleName } from '../contract/own.ts';
import { kindOf } from '../history/objects/kinds.ts';
import type { NewOwnObject } from '../history/own-data.ts';
import { type Checker, compileChecker } from '../ocpi/check.ts';
import { ciEqual } from '../ocpi/ci-string.ts';
import { readDateTime } from '../ocpi/date-time.ts';
import type { Finding } from '../ocpi/findings.ts';
import { replaceJson } from '../ocpi/json-cut.ts';
import { isJsonObject, type JsonObject } from '../ocpi/json-value.ts';
import { parsePartyId } from '../ocpi/party-id.ts';
import { findType } from '../ocpi/types.ts';
import type { Version } from '../ocpi/versions.ts';

/** An object as it was handed in: the text of one JSON value. */
export interface HandedIn {
  readonly text: string;
  readonly version: Version;
}

export interface Ownership {
  readonly module: OwnModuleName;
  /** Empty: the list at the module's endpoint itself. */
  readonly list: OwnListName | '';
  /** Our parties that own objects of the module; at least one. */
  readonly owners: readonly string[];
  /** One of them: whatever the object says, it becomes this one's. */
  readonly party?: string;
}

/** Reads one object: whose it is, its key and time, and what is wrong with it. */
export function readOwnObject(
  { text, version }: HandedIn,
  { module, list, owners, party }: Ownership,
): Outcome<{ readonly object: NewOwnObject; readonly findings: readonly Finding[] }> {
  const json: unknown = JSON.parse(text);
  const kind = kindOf(module, list);
  const ids = kind.id.map(field => (isJsonObject(json) ? json[field] : undefined));
  if (!isJsonObject(json) || !ids.every(id => typeof id === 'string' && id !== '')) {
    const fields = kind.id.join(' and ');
    return failed('INVALID_INPUT', `an object has no ${fields} to keep it under`, 'Every object needs one, as a text.');
  }
  const id = ids.join('-');
  // What a hub tells of others, and terminals that are rented to others, say nothing of their owner.
  const says = kind.owned && module !== 'hubclientinfo';
  const owner = party ?? (says ? ownerOf(json, owners) : owners[0]);
  if (owner === undefined) {
    const named = `${String(json['country_code'])}-${String(json['party_id'])}`;
    const advice = `--party ${owners[0] ?? 'NL-WBX'} makes it ours.`;
    return failed('INVALID_INPUT', `${id} is of ${named}, which is no party of ours that owns ${module}`, advice);
  }
  const { findings } = checkerOf(kind.type, version)(json, { version });
  const updated = json['last_updated'];
  const at = typeof updated === 'string' ? readDateTime(updated, version).epochMs : undefined;
  const variant = kind.variant === undefined ? undefined : json[kind.variant];
  return done({
    object: {
      party: owner,
      module,
      list,
      id,
      type: typeof variant === 'string' ? variant : '',
      version,
      text: says ? reowned(text, json, owner) : text,
      ...(at !== undefined && { lastUpdated: at }),
    },
    findings,
  });
}

const checkers = new Map<string, Checker<unknown>>();

function checkerOf(name: string, version: Version): Checker<unknown> {
  const key = `${name} ${version}`;
  const known = checkers.get(key);
  if (known !== undefined) return known;
  const type = findType(version, name);
  if (type === undefined) throw new Error(`${version} has no ${name}`);
  const made = compileChecker(type.schema);
  checkers.set(key, made);
  return made;
}

/** Objects of 2.1.1 say nothing of whose they are. */
function ownerOf(json: JsonObject, owners: readonly string[]): string | undefined {
  const { country_code: country, party_id: party } = json;
  if (typeof country !== 'string' || typeof party !== 'string') return owners[0];
  return owners.find(owner => ciEqual(owner, `${country}-${party}`));
}

/** The same text in the name of its owner, embedded tariffs of a CDR included; objects that name nobody stay as they are. */
function reowned(text: string, json: JsonObject, owner: string): string {
  const party = parsePartyId(owner);
  if (party === undefined) throw new Error(`"${owner}" is no party`);
  const tariffs = Array.isArray(json['tariffs']) ? json['tariffs'] : [];
  const places: (readonly [string, unknown])[] = [
    ['', json],
    ...tariffs.map((one, at) => [`/tariffs/${at}`, one] as const),
  ];
  const wrong = places.flatMap(([pointer, place]) => {
    if (!isJsonObject(place)) return [];
    return [['country_code', party.countryCode] as const, ['party_id', party.partyId] as const].flatMap(
      ([field, value]) => {
        const named = place[field];
        const kept = typeof named !== 'string' || ciEqual(named, value);
        return kept ? [] : [[`${pointer}/${field}`, value] as const];
      },
    );
  });
  return wrong.length === 0 ? text : replaceJson(text, new Map(wrong));
}
