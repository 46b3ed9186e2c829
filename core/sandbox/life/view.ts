import type { LifeCharge, LifeView } from '../../contract/life.ts';
import { kilowattHours } from '../world/money.ts';
import { type Charge, energyOf } from './charge.ts';
import type { Charges } from './charges.ts';
import { wattsOf } from './course.ts';
import type { FailureList } from './failure-list.ts';
import type { Outbox } from './outbox.ts';
import type { LifePorts } from './ports.ts';
import type { SimulatedTime } from './simulated-time.ts';
import type { Trips } from './trips.ts';

export interface Viewed {
  readonly time: SimulatedTime;
  readonly running: boolean;
  readonly charges: Charges;
  readonly trips: Trips;
  readonly outbox: Outbox;
  readonly failures: FailureList;
  /** That is how many are wanted. */
  readonly wanted: { readonly charges: number; readonly arrivals: number };
  readonly ports: Pick<LifePorts, 'links'>;
  readonly isBehind: (session: string) => boolean;
}

const MOST = 200;

/** The simulation as faces see it. */
export function viewOf({ time, running, charges, trips, outbox, failures, wanted, ports, isBehind }: Viewed): LifeView {
  const names = new Map(ports.links().map(({ link }) => [link.id, link.name]));
  const open = charges.open();
  const charging: LifeCharge[] = [];
  for (const charge of open.values()) {
    if (charging.length >= MOST) break;
    charging.push(chargeView(charge, names.get(charge.linkId ?? -1) ?? null, isBehind(charge.id)));
  }
  return {
    running,
    speed: time.speed,
    ...wanted,
    simulatedAt: new Date(time.now()).toISOString(),
    open: open.size,
    charging,
    trips: [...trips.list()],
    finished: charges.finished(),
    pushes: { ...outbox.counts(), waiting: outbox.waiting() },
    failures: failures.list(),
  };
}

function chargeView(charge: Charge, link: string | null, behind: boolean): LifeCharge {
  const { id, location, evse, connector, token, status, start, updatedAt } = charge;
  return {
    session: id,
    link,
    location,
    evse,
    connector,
    token: token.uid,
    // One that is not billed is over as well.
    state: status === 'INVALID' ? 'COMPLETED' : status,
    kwh: kilowattHours(energyOf(charge)),
    watts: wattsOf(charge),
    startedAt: new Date(start * 1000).toISOString(),
    updatedAt: new Date(updatedAt * 1000).toISOString(),
    behind,
  };
}
