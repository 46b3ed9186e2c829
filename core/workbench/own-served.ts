import type { OwnParty } from '../contract/platform.ts';
import type { History } from '../history/history.ts';
import type { KeptOwnObject } from '../history/own-data.ts';
import { convertObject, isConvertible } from '../ocpi/convert/convert.ts';
import type { JsonObject } from '../ocpi/json-value.ts';
import { formatPartyId, parsePartyId } from '../ocpi/party-id.ts';
import type { Version } from '../ocpi/versions.ts';
import type { Caller } from '../server/caller.ts';
import type { OwnData, OwnModule } from '../server/own-data.ts';
import { owningRoles } from './own-serving.ts';
import type { PlatformDesk } from './platform.ts';

/** Our parties that own objects of a module, as `NL-WBX`, each once. */
export function ownersOf(parties: readonly OwnParty[], module: OwnModule): string[] {
  const roles = owningRoles(module);
  const owners = parties.filter(({ role }) => roles.includes(role)).map(formatPartyId);
  return [...new Set(owners)];
}

interface Asked {
  readonly module: OwnModule;
  readonly version: Version;
  readonly caller: Caller;
}

/**
 * The operator's own data as partners see it: each object in the version asked for, made of the one it was written in.
 * `places`: where locations are that are not among it.
 */
export function ownServed(
  history: Pick<History, 'ownData' | 'links'>,
  platform: PlatformDesk,
  places?: Pick<OwnData, 'get'>,
): OwnData {
  const { ownData, links } = history;

  /** A 2.1.1 partner knows one party of ours: the one set on its link, else the first. */
  const visible = ({ module, version, caller }: Asked): readonly string[] => {
    const { parties } = platform.config();
    const owners = ownersOf(parties, module);
    if (version !== '2.1.1') return owners;
    const chosen = caller.linkId === undefined ? undefined : links.get(caller.linkId)?.settings.ownParty;
    if (chosen !== undefined) return owners.filter(owner => owner === chosen);
    const [first] = parties.map(formatPartyId).filter(party => owners.includes(party));
    return first === undefined ? [] : [first];
  };

  const textIn = (kept: KeptOwnObject, { version, caller }: Pick<Asked, 'version' | 'caller'>): string => {
    const { module } = kept;
    // What the others hold is the same in every version that has them.
    if (kept.version === version || !isConvertible(module)) return kept.text;
    const owner = parsePartyId(kept.party);
    if (owner === undefined) throw new Error(`"${kept.party}" is no party`);
    const [peer] = caller.parties;
    const converted = convertObject(JSON.parse(kept.text), {
      module,
      from: kept.version,
      to: version,
      owner,
      ...(peer !== undefined && { peer }),
      location: id => {
        const location = ownData.get({ parties: [kept.party], module: 'locations', id });
        if (location === undefined) {
          const other = places?.get({ module: 'locations', version: '2.1.1', caller, id });
          return other === undefined ? undefined : (JSON.parse(other) as JsonObject);
        }
        const { version: from, text } = location;
        return convertObject(JSON.parse(text), { module: 'locations', from, to: '2.1.1', owner });
      },
    });
    // What is wrong in its own version, and kept all the same, is served as it was written.
    return converted === undefined ? kept.text : JSON.stringify(converted);
  };

  return {
    page: ({ module, version, caller, ...query }) => {
      const { total, objects } = ownData.page({ parties: visible({ module, version, caller }), module, ...query });
      return { total, items: objects.map(kept => textIn(kept, { version, caller })) };
    },
    get: ({ id, type, list, ...asked }) => {
      const of = { parties: visible(asked), module: asked.module, list, id };
      const kept = ownData.get(type === undefined ? of : { ...of, type });
      return kept === undefined ? undefined : textIn(kept, asked);
    },
  };
}
