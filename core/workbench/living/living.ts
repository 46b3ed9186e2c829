import type { Clock } from '../../clock.ts';
import type { History } from '../../history/history.ts';
import { isJsonObject } from '../../ocpi/json-value.ts';
import { createLife, type Life } from '../../sandbox/life/life.ts';
import type { LifeData, PartnerObjects } from '../../sandbox/life/ports.ts';
import type { OwnData } from '../../server/own-data.ts';
import type { PlatformDesk } from '../platform.ts';
import { type LivingCallsOptions, livingCalls } from './calls.ts';
import { livingData, ownStatuses } from './data.ts';
import { livingStore } from './store.ts';

/** What a platform that is played does otherwise than the operator's own. */
export interface PlayedLife {
  readonly setStatus: LifeData['setStatus'];
  readonly repeatsFailed: boolean;
  readonly seed: string;
  /** Milliseconds it takes to authorize a token; none unless said. */
  readonly authorizeAfterMs?: number | undefined;
}

export interface LivingOptions extends Omit<LivingCallsOptions, 'history' | 'platform'> {
  readonly history: History;
  readonly platform: PlatformDesk;
  /** What we serve. */
  readonly data: OwnData;
  readonly played?: PlayedLife | undefined;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly onTrouble: (what: string, error: unknown) => void;
  readonly onChange: () => void;
}

/** The simulation over what we serve, with everything it does to the world. */
export function createLiving(options: LivingOptions): Life {
  const { history, platform, data, played, clock, newId, onTrouble, onChange } = options;
  const life = createLife({
    clock,
    newId,
    seed: played?.seed ?? history.databaseId,
    data: livingData({ history, data, setStatus: played?.setStatus ?? ownStatuses(history, platform) }),
    store: livingStore({ kept: history, onTrouble }),
    ...livingCalls(options),
    ownParties: () => platform.config().parties,
    partners: partnerObjects(history.objects),
    repeatsFailed: linkId =>
      played?.repeatsFailed === true || history.links.get(linkId)?.settings.repeatPushes === true,
    onTrouble,
    onChange,
  });
  history.onChange(change => {
    if (change.kind !== 'objects') return;
    const { linkId, module } = change;
    if (module === 'sessions' || module === 'cdrs') life.heard(linkId, module);
  });
  return life;
}

/** What was pulled from partners and pushed by them. */
function partnerObjects(objects: History['objects']): PartnerObjects {
  const get: PartnerObjects['get'] = (linkId, module, id) => {
    const text = objects.present({ linkId, module, id });
    const json: unknown = text === undefined ? undefined : JSON.parse(text);
    return isJsonObject(json) ? json : undefined;
  };
  return {
    get,
    some: async (linkId, module, limit) => {
      const found = await objects.list({ linkId, module, vanished: false, limit });
      return found.ok ? found.objects.map(({ object }) => object).filter(isJsonObject) : [];
    },
    since: async (linkId, module, changedSince) => {
      const found = await objects.list({ linkId, module, changedSince, vanished: false, limit: MOST_CHANGED });
      return found.ok ? found.objects.map(({ object }) => object).filter(isJsonObject) : [];
    },
  };
}

const MOST_CHANGED = 200;
