import type { OwnParty } from '../contract/platform.ts';
import type { History } from '../history/history.ts';
import type { KeptOwnObject } from '../history/own-data.ts';
import { convertObject } from '../ocpi/convert/convert.ts';
import { formatPartyId, parsePartyId } from '../ocpi/party-id.ts';
import type { Version } from '../ocpi/versions.ts';
import type { Caller } from '../server/caller.ts';
import type { OwnData, OwnModule } from '../server/own-data.ts';
import { OWNING_ROLE } from './own-serving.ts';
import type { PlatformDesk } from './platform.ts';

/** Our parties that own objects of a module, as `NL-WBX`, each once. */
export function ownersOf(parties: readonly OwnParty[], module: OwnModule): string[] {
  const owners = parties.filter(({ role }) => role === OWNING_ROLE[module]).map(formatPartyId);
  return [...new Set(owners)];
}

interface Asked {
  readonly module: OwnModule;
  readonly version: Version;
  readonly caller: Caller;
}

/** The operator's own data as partners see it: each object in the version asked for, made of the one it was written in. */
export function ownServed(history: Pick<History, 'ownData' | 'links'>, platform: PlatformDesk): OwnData {
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
    if (kept.version === version) return kept.text;
    const owner = parsePartyId(kept.party);
    if (owner === undefined) throw new Error(`"${kept.party}" is no party`);
    const [peer] = caller.parties;
    const converted = convertObject(JSON.parse(kept.text), {
      module: kept.module,
      from: kept.version,
      to: version,
      owner,
      ...(peer !== undefined && { peer }),
      location: id => {
        const location = ownData.get({ parties: [kept.party], module: 'locations', id });
        if (location === undefined) return undefined;
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
    get: ({ id, ...asked }) => {
      const kept = ownData.get({ parties: visible(asked), module: asked.module, id });
      return kept === undefined ? undefined : textIn(kept, asked);
    },
  };
}
