import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { LifeView, SetLife, StartCharge } from '../../contract/life.ts';
import type { OwnModule } from '../../server/own-data.ts';
import type { Simulation } from '../../server/simulation.ts';
import { Chance } from '../world/chance.ts';
import { createAgenda } from './agenda.ts';
import { createAuthorizing } from './authorizing.ts';
import { type Driver, newCharge } from './beginning.ts';
import { type Charge, isOver } from './charge.ts';
import { createCharges } from './charges.ts';
import { createCommands } from './commands.ts';
import { ended } from './course.ts';
import { createDrivers } from './drivers.ts';
import { createFailureList } from './failure-list.ts';
import { createFreePlaces } from './free-places.ts';
import { createOutbox } from './outbox.ts';
import { narrowed, type Place, placesOf } from './place.ts';
import type { LifePorts, LifeState } from './ports.ts';
import { createProfiles } from './profiles.ts';
import { createSimulatedTime } from './simulated-time.ts';
import { createTeller } from './teller.ts';
import { createTraffic } from './traffic.ts';
import { createTrips } from './trips.ts';
import { viewOf } from './view.ts';

/**
 * A platform that lives: drivers come to its chargers, its customers drive to those of others, and what partners ask is done
 * (digest 6.2, 6.3, 6.5 to 6.7, 6.10). All of it goes by one simulated time (simulated-time.ts) and one timer (agenda.ts),
 * and is stored, so that it goes on after a restart from the simulated moment at which it stood.
 */
export interface Life extends Simulation {
  view(): LifeView;
  set(input: SetLife): Outcome<LifeView>;
  start(input: StartCharge): Promise<Outcome<{ readonly id: string }>>;
  stop(input: { readonly id: string }): Outcome<LifeView>;
  pause(): LifeView;
  resume(): LifeView;
  /** Objects of a partner changed. */
  heard(linkId: number, module: OwnModule): void;
  /** From now on time runs, unless it is paused; what was open when the workbench was closed last goes on. */
  begin(): void;
  /** Nobody is served any more: time stands until it begins again. */
  rest(): void;
  /** Stores everything; nothing happens and nothing is told from now on. */
  halt(): void;
  /** What was on its way has come to its end. */
  ended(): Promise<void>;
}

const FIRST: LifeState = { running: true, speed: 1, charges: 0, arrivals: 0, simulated: 0, begun: 0, broken: [] };

export function createLife(ports: LifePorts): Life {
  const { clock, data, store, onTrouble, onChange } = ports;
  const loaded = store.load();
  const kept = loaded.state ?? FIRST;
  const chance = Chance.from(ports.seed);
  const time = createSimulatedTime(clock, {
    at: loaded.charges.length > 0 ? kept.simulated : clock.now(),
    speed: kept.speed,
    runs: false,
  });
  const wanted = { charges: kept.charges, arrivals: kept.arrivals };
  let begun = kept.begun;
  /** As the operator has it: time also stands once the workbench closes. */
  let running = kept.running;
  let living = false;
  let halted = false;

  const failures = createFailureList({
    clock,
    nameOf: id => ports.links().find(({ link }) => link.id === id)?.link.name ?? null,
    onChange,
  });
  const agenda = createAgenda({ clock, time, onTrouble });
  const outbox = createOutbox({
    clock,
    repeatsFailed: ports.repeatsFailed ?? (() => false),
    onFailure: failures.add,
    onTrouble,
  });
  const teller = createTeller({ ports, outbox, chargeOf: id => charges.get(id) });
  const saveState = () => {
    const ahead = halted || charges.open().size === 0 ? 0 : AHEAD_MS * time.speed;
    const simulated = Math.ceil(time.now() + ahead);
    store.saveState({ running, speed: time.speed, ...wanted, simulated, begun, broken: traffic.broken() });
  };
  const charges = createCharges({
    ports,
    time,
    agenda,
    store,
    teller,
    onStore: saveState,
    onProgress: (charge, before) => {
      profiles.follow(charge, before);
      if (isOver(charge)) traffic.renew();
      onChange();
    },
  });

  const begin = (place: Place, driver: Driver, as: Pick<Charge, 'id' | 'reservation'>) => {
    const now = time.now() / 1000;
    const one = begun++;
    // A customer who starts by command comes in the same car every time, so that what was done once can be done again.
    const sameCar = driver.authMethod === 'COMMAND';
    const car = sameCar ? chance.at(`car of ${driver.token.uid.toLowerCase()}`) : chance.at('charge', one);
    const charge = newCharge({ ...as, place, driver, now, chance: car, data });
    const { reservation } = as;
    charges.begin(reservation === undefined ? charge : { ...charge, status: 'RESERVATION', reservation });
  };
  /** Where nothing goes on, simulated time is the real one. */
  const fresh = () => {
    if (charges.open().size === 0 && agenda.isEmpty()) time.setTo(clock.now());
  };

  const commands = createCommands({ ports, time, agenda, charges, teller, begin });
  const profiles = createProfiles({ ports, time, agenda, charges, teller });
  const drivers = createDrivers({ ports });
  const places = createFreePlaces({ data, charges, clock, begin: chance.fraction('first location') });
  const trips = createTrips({ ports, onFailure: failures.add });

  /** A driver plugs in; the id of the session, or why there is none. */
  const arrive = async (input: Arrival): Promise<Outcome<{ readonly id: string }>> => {
    const found = await drivers.find({ ...input, chance: chance.at('driver', begun++) });
    if (!found.ok) return failed('WRONG_STATE', found.reason, 'A partner has to be registered, with tokens.');
    const place = await choose(input);
    if (!place.ok) return place;
    const may = await drivers.authorize(found, place.value);
    if (!may.ok) return failed('OPERATION_FAILED', may.reason, 'The exchanges with the partner show what was said.');
    const { locationId: location, evseUid: evse } = place.value;
    if (halted || charges.at({ location, evse }) !== undefined) return taken(place.value);
    fresh();
    const id = ports.newId();
    begin(place.value, may.driver, { id });
    return done({ id });
  };

  const choose = async ({ location, evse, connector }: Arrival): Promise<Outcome<Place>> => {
    if (location === undefined) {
      const free = await places.next();
      return free === undefined
        ? failed('WRONG_STATE', 'no charger of ours is free', 'wb own generate locations makes more.')
        : done(free);
    }
    const object = data.get('locations', location);
    if (object === undefined) {
      return failed('NOT_FOUND', `we own no location ${location}`, 'wb own list locations shows them.');
    }
    const fitting = narrowed(placesOf(object), { evse, connector });
    if (fitting.length === 0) {
      return failed('NOT_FOUND', `${location} has no such EVSE or connector`, 'wb own list locations shows them.');
    }
    const isFree = (place: Place) => charges.at({ location: place.locationId, evse: place.evseUid }) === undefined;
    const free = fitting.find(place => place.status === 'AVAILABLE' && isFree(place));
    return free === undefined ? taken(fitting[0]) : done(free);
  };

  const traffic = createTraffic({
    time,
    agenda,
    chance: chance.at('traffic', begun),
    ports,
    charges,
    teller,
    wanted: () => wanted,
    broken: kept.broken,
    arrive: async () => {
      const arrived = await arrive({});
      if (!arrived.ok) failures.add(undefined, 'a driver', { reason: arrived.failure.message });
      return arrived.ok;
    },
  });

  const view = () =>
    viewOf({ time, running, charges, trips, outbox, failures, wanted, ports, isBehind: id => teller.isBehind(id) });
  const stored = () => {
    agenda.renew();
    saveState();
    onChange();
    return view();
  };

  return {
    command: asked => {
      fresh();
      return commands.command(asked);
    },
    profile: profiles.profile,
    preferences: profiles.preferences,
    ...createAuthorizing(ports),
    view,
    set: ({ speed, ...counts }) => {
      fresh();
      if (speed !== undefined) time.setSpeed(speed);
      Object.assign(wanted, Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== undefined)));
      traffic.renew();
      return done(stored());
    },
    start: async ({ as = 'driver', kwh, link: name, ...input }) => {
      if (!living || halted) return failed('NOT_SERVING', 'we do not serve, so nothing goes on', 'wb serve does.');
      const to = name === undefined ? undefined : ports.links().find(({ link }) => link.name === name);
      if (name !== undefined && to === undefined) {
        return failed('NOT_FOUND', `no link "${name}" is registered`, 'wb link list shows them.');
      }
      if (as === 'driver') {
        const wattHours = kwh === undefined ? undefined : Math.ceil(kwh * 1000);
        return arrive({ ...input, linkId: to?.link.id, wattHours });
      }
      if (to === undefined) return failed('INVALID_INPUT', 'it is not said where to drive', 'Name the link.');
      const began = await trips.begin({ as, to, ...input });
      return 'id' in began ? done(began) : failed('WRONG_STATE', began.problem, 'wb link show tells more of the link.');
    },
    stop: ({ id }) => {
      const charge = charges.get(id);
      if (charge === undefined && trips.stop(id)) return done(view());
      if (charge === undefined || isOver(charge)) {
        return failed('NOT_FOUND', `nothing that could be stopped goes on as ${id}`, 'wb life shows what goes on.');
      }
      if (!commands.withdraw(id)) charges.change(id, ended);
      return done(view());
    },
    pause: () => {
      running = false;
      time.stand();
      return stored();
    },
    resume: () => {
      running = true;
      if (living && !halted) time.run();
      traffic.renew();
      return stored();
    },
    heard: trips.heard,
    begin: () => {
      if (halted) return;
      if (running) time.run();
      if (living) {
        agenda.renew();
        traffic.renew();
        return;
      }
      living = true;
      charges.takeUp(loaded.charges);
      fresh();
      traffic.begin();
    },
    rest: () => {
      time.stand();
      agenda.renew();
    },
    halt: () => {
      if (halted) return;
      halted = true;
      time.stand();
      agenda.close();
      outbox.halt();
      trips.close();
      charges.flush();
      charges.close();
    },
    ended: outbox.ended,
  };
}

/** Real milliseconds: what is told lies before the moment that is stored, though the last part of it was not. */
const AHEAD_MS = 2_000;

interface Arrival {
  readonly location?: string | undefined;
  readonly evse?: string | undefined;
  readonly connector?: string | undefined;
  readonly token?: string | undefined;
  readonly linkId?: number | undefined;
  readonly wattHours?: number | undefined;
}

function taken(place: Place | undefined): Outcome<never> {
  const { locationId, evseUid, status } = place ?? {};
  return failed('BUSY', `${locationId}, ${evseUid} is not free (${status})`, 'Choose another one, or wait.');
}
