import { Scenario } from '../../contract/scenario.ts';
import adHocCard from './ours/ad-hoc-card.json' with { type: 'json' };
import authorizeAllowed from './ours/authorize-allowed.json' with { type: 'json' };
import authorizeBlocked from './ours/authorize-blocked.json' with { type: 'json' };
import authorizeExpired from './ours/authorize-expired.json' with { type: 'json' };
import authorizeNoCredit from './ours/authorize-no-credit.json' with { type: 'json' };
import authorizeNotAllowed from './ours/authorize-not-allowed.json' with { type: 'json' };
import cdrCredit from './ours/cdr-credit.json' with { type: 'json' };
import charge from './ours/charge.json' with { type: 'json' };
import chargeByCard from './ours/charge-by-card.json' with { type: 'json' };
import outOfOrder from './ours/out-of-order.json' with { type: 'json' };
import patchStorm from './ours/patch-storm.json' with { type: 'json' };
import registration from './ours/registration.json' with { type: 'json' };
import reservationCancelled from './ours/reservation-cancelled.json' with { type: 'json' };
import reservationUsed from './ours/reservation-used.json' with { type: 'json' };
import rotation from './ours/rotation.json' with { type: 'json' };
import smartCharging from './ours/smart-charging.json' with { type: 'json' };
import startFailed from './ours/start-failed.json' with { type: 'json' };
import startRefused from './ours/start-refused.json' with { type: 'json' };
import tariffChange from './ours/tariff-change.json' with { type: 'json' };

const WRITTEN: readonly { readonly $schema: string; readonly name: string }[] = [
  charge,
  chargeByCard,
  adHocCard,
  startRefused,
  startFailed,
  authorizeAllowed,
  authorizeBlocked,
  authorizeExpired,
  authorizeNoCredit,
  authorizeNotAllowed,
  reservationUsed,
  reservationCancelled,
  cdrCredit,
  tariffChange,
  outOfOrder,
  patchStorm,
  smartCharging,
  registration,
  rotation,
];

const BARE = WRITTEN.map(({ $schema: _, ...written }) => written);

let ours: readonly Scenario[] | undefined;

/** The scenarios that come with the workbench, in the order in which they are shown. Read when they are asked for first. */
export function ourScenarios(): readonly Scenario[] {
  ours ??= BARE.map(written => Scenario.parse(written));
  return ours;
}

/** Their texts by their names, to be read and copied: without the defaults. */
export const SCENARIO_TEXTS: ReadonlyMap<string, string> = new Map(
  BARE.map(written => [written.name, `${JSON.stringify(written, null, 2)}\n`]),
);
