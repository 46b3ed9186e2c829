import type { Clock } from '../clock.ts';
import type { History } from '../history/history.ts';
import type { Deciding } from '../server/deciding.ts';
import { withDecisions } from '../server/modules/decided-objects.ts';
import { ownBookingResponder } from '../server/modules/own-bookings.ts';
import { ownDataResponders, PAGE_LIMIT } from '../server/modules/own-lists.ts';
import { type OwnTerminalParts, ownTerminalResponder } from '../server/modules/own-terminals.ts';
import { receiverResponders } from '../server/modules/receivers.ts';
import type { OwnData, OwnModule } from '../server/own-data.ts';
import type { Responder } from '../server/responder.ts';
import { ownChanges } from './own-changes.ts';
import { advertisedUrls, OWN_MODULES, ownedModules, receivedModules } from './own-serving.ts';
import type { PlatformDesk } from './platform.ts';
import { keptObjects } from './pushed-objects.ts';

/** What is served instead of the operator's own data. */
export interface ServedData {
  readonly data: OwnData;
  /** Those it has objects of: no other is served. */
  readonly modules: readonly OwnModule[];
  /** The most objects on a page of a module; the usual bound where undefined. */
  readonly pageLimit?: (module: OwnModule) => number | undefined;
}

export interface ModuleServingOptions extends Pick<OwnTerminalParts, 'handOver' | 'newId'> {
  readonly history: History;
  readonly platform: PlatformDesk;
  readonly deciding: Deciding;
  readonly clock: Clock;
  /** What we serve, the operator's own data or what is played. */
  readonly data: OwnData;
  readonly played?: ServedData | undefined;
}

/** What our parties own and what they receive, by their roles of this moment (digest 4.1). */
export function moduleResponders(options: ModuleServingOptions): Responder[] {
  const { history, platform, deciding, clock, newId, data, played, handOver } = options;
  const { parties } = platform.config();
  const urls = advertisedUrls(platform);
  const kept = played?.modules ?? OWN_MODULES;
  const owned = ownedModules(parties).filter(module => kept.includes(module));
  const received = receiverResponders({
    objects: keptObjects(history.objects),
    modules: () => receivedModules(parties),
    urls,
    clock,
  });
  const lists = ownDataResponders({
    data,
    modules: () => owned,
    pageLimit: module => played?.pageLimit?.(module) ?? PAGE_LIMIT,
    urls,
    clock,
  });
  const changing = { data, changes: ownChanges({ history, platform }), clock, newId };
  return [
    ...lists,
    ...(owned.includes('bookings') ? [ownBookingResponder({ ...changing, deciding })] : []),
    ...(owned.includes('payments') ? [withDecisions(ownTerminalResponder({ ...changing, handOver }), deciding)] : []),
    ...received.map(responder => withDecisions(responder, deciding)),
  ];
}
