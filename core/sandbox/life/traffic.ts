import { formatPartyId } from '../../ocpi/party-id.ts';
import type { Chance } from '../world/chance.ts';
import type { Agenda } from './agenda.ts';
import { isOver } from './charge.ts';
import { partyOf } from './charge-objects.ts';
import type { Charges } from './charges.ts';
import { createFreePlaces } from './free-places.ts';
import type { BrokenEvse, LifePorts } from './ports.ts';
import type { SimulatedTime } from './simulated-time.ts';
import type { Teller } from './teller.ts';

/** What happens by itself: drivers that come, chargers that break and are repaired. Off unless asked for. */
export interface Traffic {
  begin(): void;
  /** Something changed: a charge ended, others are wanted. */
  renew(): void;
  broken(): readonly BrokenEvse[];
}

export interface TrafficParts {
  readonly time: SimulatedTime;
  readonly agenda: Agenda;
  readonly chance: Chance;
  readonly ports: Pick<LifePorts, 'data' | 'clock' | 'onTrouble'>;
  readonly charges: Charges;
  readonly teller: Teller;
  readonly wanted: () => { readonly charges: number; readonly arrivals: number };
  /** From before a restart. */
  readonly broken: readonly BrokenEvse[];
  /** One driver; false where no charge came of it. */
  readonly arrive: () => Promise<boolean>;
}

/** Drivers on their way at once. */
const AT_ONCE = 10;
/** Real milliseconds before others come where one could not charge. */
const PAUSE = 2_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;
/** So many arrivals bring one broken charger. */
const BREAKS = 30;

export function createTraffic({
  time,
  agenda,
  chance,
  ports,
  charges,
  teller,
  wanted,
  ...parts
}: TrafficParts): Traffic {
  const { data, onTrouble } = ports;
  const broken = new Map(parts.broken.map(evse => [keyOf(evse), evse]));
  const places = createFreePlaces({ ...ports, charges, begin: chance.fraction('first to break') });
  let coming = 0;
  let drawn = 0;

  const missing = () => {
    let open = 0;
    for (const charge of charges.open().values()) if (!isOver(charge)) open++;
    return wanted().charges - open - coming;
  };

  const come = () => {
    coming++;
    const works = parts.arrive().catch(error => {
      onTrouble('a driver could not come', error);
      return false;
    });
    void works.then(arrived => {
      coming--;
      if (arrived) renew();
      else agenda.at('others come', time.now() + PAUSE * time.speed, renew);
    });
    if (++drawn % BREAKS === 0) breakOne().catch(error => onTrouble('a charger could not break', error));
  };

  const renew = () => {
    if (!time.runs) return;
    for (let left = missing(); left > 0 && coming < AT_ONCE; left--) come();
    scheduleArrival();
  };

  /** Drivers come by chance, so many in an hour as is wanted at each location. */
  const scheduleArrival = () => {
    const { arrivals } = wanted();
    if (arrivals === 0) {
      agenda.cancel('arrival');
      return;
    }
    const { total } = data.page('locations', 0, 1);
    const pause = (-Math.log(1 - chance.fraction(`arrival ${drawn}`)) * HOUR) / Math.max(1e-6, arrivals * total);
    agenda.at('arrival', time.now() + pause, () => {
      if (coming < AT_ONCE) come();
      scheduleArrival();
    });
  };

  const breakOne = async () => {
    const place = await places.next();
    if (place === undefined) return;
    const until = time.now() + chance.integer(`repair ${drawn}`, 10, 120) * MINUTE;
    const evse = { location: place.locationId, evse: place.evseUid, party: formatPartyId(place.owner), until };
    broken.set(keyOf(evse), evse);
    tell(evse, 'OUTOFORDER');
    schedule(evse);
  };

  const tell = ({ location, evse, party }: BrokenEvse, status: string) => {
    const changed = data.setStatus({ location, evse, status, at: Math.floor(time.now() / 1000) });
    if (!changed.ok) return;
    teller.status({ location, evse, owner: partyOf(party) }, { status, lastUpdated: changed.value.lastUpdated });
  };

  const schedule = (evse: BrokenEvse) =>
    agenda.at(`repair ${keyOf(evse)}`, evse.until, () => {
      broken.delete(keyOf(evse));
      tell(evse, 'AVAILABLE');
    });

  return {
    begin: () => {
      for (const evse of broken.values()) schedule(evse);
      renew();
    },
    renew,
    broken: () => [...broken.values()],
  };
}

function keyOf({ location, evse }: Pick<BrokenEvse, 'location' | 'evse'>): string {
  return `${location} ${evse}`;
}
