import type { Link } from '../../contract/link.ts';
import { OWN_LISTS, type OwnListName, type OwnModuleName } from '../../contract/own.ts';
import type { PushedThing } from '../../flows/push/thing.ts';
import { ciEqual } from '../../ocpi/ci-string.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import { findPart } from '../../ocpi/object-part.ts';
import { formatPartyId } from '../../ocpi/party-id.ts';
import type { Version } from '../../ocpi/versions.ts';
import type { Caller } from '../../server/caller.ts';
import type { OwnData } from '../../server/own-data.ts';

/** Our own data as a partner would be served it, in its version. */
export interface OwnTexts {
  /** All of a list, or one party's; in the order in which they are served. */
  all(of: OwnList, party?: string): Iterable<string>;
  get(
    module: OwnModuleName,
    id: string,
    more?: { readonly list?: OwnListName; readonly type?: string },
  ): string | undefined;
  /** The whole object, or the part of it, that a thing is. */
  whole(thing: PushedThing): string | undefined;
}

/** A list of a module; without one the list at the module's endpoint itself. */
export interface OwnList {
  readonly module: OwnModuleName;
  readonly list?: OwnListName;
}

/** The list that is meant, the usual one of the module where none is said; undefined where the module has no such list. */
export function ownList(module: OwnModuleName, wanted: OwnListName | undefined): OwnList | undefined {
  const lists = OWN_LISTS[module] ?? [''];
  const list = wanted ?? lists[0] ?? '';
  if (!lists.includes(list)) return undefined;
  return list === '' ? { module } : { module, list };
}

const AT_ONCE = 1000;
const LISTS: Readonly<Partial<Record<NonNullable<PushedThing['what']>, OwnListName>>> = {
  location: 'booking_locations',
  calendar: 'booking_locations',
  terminal: 'terminals',
  confirmation: 'financial-advice-confirmations',
};

export function createOwnTexts(data: OwnData, link: Link, version: Version): OwnTexts {
  const caller = callerOf(link);
  const get: OwnTexts['get'] = (module, id, more = {}) => data.get({ module, version, caller, id, ...more });
  return {
    *all(of, party) {
      for (let offset = 0; ; offset += AT_ONCE) {
        const { items, total } = data.page({ ...of, version, caller, offset, limit: AT_ONCE });
        for (const text of items) if (party === undefined || isOf(text, party)) yield text;
        if (items.length === 0 || offset + items.length >= total) return;
      }
    },
    get,
    whole: ({ module, what, ids, owner, type }) => {
      const list = what === undefined ? undefined : LISTS[what];
      const id = module === 'hubclientinfo' ? formatPartyId(owner) : (ids[0] ?? '');
      const text = get(module, id, { ...(list && { list }), ...(type !== undefined && { type }) });
      if (text === undefined) return undefined;
      const part = findPart(text, stepsOf(what, ids.slice(1)));
      return 'text' in part ? part.text : undefined;
    },
  };
}

function stepsOf(what: PushedThing['what'], [first, second]: readonly string[]) {
  if (first === undefined) return [];
  if (what === 'calendar') return [{ list: 'calendars', member: 'id', id: first }];
  const evse = { list: 'evses', member: 'uid', id: first };
  return second === undefined ? [evse] : [evse, { list: 'connectors', member: 'id', id: second }];
}

/** Objects of 2.1.1 name nobody: there the partner sees one party of ours only. */
function isOf(text: string, party: string): boolean {
  const json: unknown = JSON.parse(text);
  if (!isJsonObject(json) || typeof json['country_code'] !== 'string') return true;
  return ciEqual(`${json['country_code']}-${String(json['party_id'])}`, party);
}

/** A partner as it would be known if it asked. */
export function callerOf({ id, name, parties }: Link): Caller {
  return {
    linkId: id,
    linkName: name,
    token: { id: '', kind: 'C', state: 'active' },
    form: 'raw',
    registered: true,
    parties,
  };
}
