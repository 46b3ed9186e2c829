import type { Clock, Deadline } from '../../clock.ts';
import { ciKey } from '../../ocpi/ci-string.ts';
import type { Agenda } from './agenda.ts';
import { type Charge, isOver } from './charge.ts';
import { cdrOf, partyOf, sessionOf } from './charge-objects.ts';
import { activated, dueAt, ended, isBilled, progressed } from './course.ts';
import type { KeptObject, LifePorts, LifeStore } from './ports.ts';
import type { SimulatedTime } from './simulated-time.ts';
import type { Teller } from './teller.ts';

/** The charges that go on, from the first moment to the CDR. */
export interface Charges {
  open(): ReadonlyMap<string, Charge>;
  get(id: string): Charge | undefined;
  /** Who is at an EVSE, or has it reserved. */
  at(place: { readonly location: string; readonly evse: string }): Charge | undefined;
  begin(charge: Charge): void;
  /** Another state of one that is open; it is stored, served, told and goes on from there. */
  change(id: string, next: (charge: Charge, now: number) => Charge): Charge | undefined;
  finished(): number;
  /** As it was stored; each is told whole, and looked at as soon as time runs. */
  takeUp(charges: readonly Charge[]): void;
  /** Stores what was not stored yet. */
  flush(): void;
  close(): void;
}

export interface ChargesParts {
  readonly ports: Pick<LifePorts, 'clock' | 'data' | 'newId' | 'onTrouble'>;
  readonly time: SimulatedTime;
  readonly agenda: Agenda;
  readonly store: Pick<LifeStore, 'saveCharges'>;
  readonly teller: Teller;
  /** Beside the charges, whenever they are stored. */
  readonly onStore: () => void;
  readonly onProgress: (charge: Charge, before: Charge | undefined) => void;
}

/** Real milliseconds that progress may wait to be stored and served; what changes the course is stored at once. */
const STORED_EVERY = 500;

export function createCharges({ ports, time, agenda, teller, ...parts }: ChargesParts): Charges {
  const { data, newId, onTrouble } = ports;
  const open = new Map<string, Charge>();
  const places = new Map<string, string>();
  const dirty = new Set<string>();
  /** CDRs made, and sessions that are over: served with the next that is stored. */
  const objects = new Map<string, KeptObject>();
  let finished = 0;
  const writing = createWriting(ports.clock, () => flush());
  const now = () => time.now() / 1000;

  const flush = () => {
    const changed = new Map([...dirty].map(id => [id, open.get(id)]));
    dirty.clear();
    for (const charge of changed.values()) if (charge !== undefined) serve(charge);
    parts.store.saveCharges(changed);
    const kept = data.keep([...objects.values()]);
    if (kept.ok) objects.clear();
    else onTrouble('what was simulated could not be stored', kept.failure);
    parts.onStore();
    if (open.size > 0) writing.soon();
  };

  const serve = (charge: Charge) => {
    objects.set(`sessions ${charge.id}`, { module: 'sessions', party: charge.party, object: sessionOf(charge) });
  };

  const setStatus = (charge: Charge, status: string) => {
    const { location, evse, party } = charge;
    const changed = data.setStatus({ location, evse, status, at: Math.floor(now()) });
    // The location may have been taken out of our data meanwhile: nobody is told of it any more.
    if (!changed.ok) return;
    teller.status({ location, evse, owner: partyOf(party) }, { status, lastUpdated: changed.value.lastUpdated });
  };

  /** What follows from a state: at the EVSE, for the partner, and next. */
  const follow = (charge: Charge, before: Charge | undefined) => {
    const { id } = charge;
    open.set(id, charge);
    dirty.add(id);
    if (before?.status !== charge.status) {
      if (charge.status === 'ACTIVE') setStatus(charge, 'CHARGING');
      if (charge.status === 'RESERVATION') setStatus(charge, 'RESERVED');
      if (isOver(charge)) {
        leave(charge);
        if (before !== undefined && before.status !== 'PENDING') setStatus(charge, 'AVAILABLE');
      }
    }
    // What must not be forgotten is stored before anybody hears of it; energy so far comes again by itself.
    if (before === undefined || isStructural(before, charge)) flush();
    else writing.soon();
    teller.session(id);
    parts.onProgress(charge, before);
    schedule(charge);
  };

  const schedule = (charge: Charge) => agenda.at(`charge ${charge.id}`, dueAt(charge) * 1000, () => look(charge.id));

  const look = (id: string) => {
    const charge = open.get(id);
    if (charge === undefined) return;
    if (charge.status === 'PENDING') follow(activated(charge, now()), charge);
    else if (charge.status === 'ACTIVE') follow(progressed(charge, now()), charge);
    else if (charge.status === 'RESERVATION') follow(ended(charge, now()), charge);
    else conclude(charge);
  };

  /** Nobody knows whether what was told last has arrived: all of it is told once more, as of now, before anything else. */
  const goOn = (id: string) => {
    const charge = open.get(id);
    if (charge === undefined) return;
    if (charge.status === 'ACTIVE') {
      look(id);
      return;
    }
    teller.session(id);
    schedule(charge);
  };

  const conclude = (charge: Charge) => {
    if (!isBilled(charge)) {
      forget(charge.id);
      return;
    }
    const cdr = charge.cdr ?? newId();
    const billed = { ...charge, cdr };
    open.set(charge.id, billed);
    dirty.add(charge.id);
    const object = cdrOf(billed, { id: cdr, location: data.get('locations', charge.location), now: now() });
    objects.set(`cdrs ${cdr}`, { module: 'cdrs', party: charge.party, object });
    flush();
    teller.cdr(billed, object, () => {
      if (open.get(charge.id)?.cdr === undefined) return;
      finished++;
      forget(charge.id);
    });
  };

  const forget = (id: string) => {
    const charge = open.get(id);
    if (charge !== undefined) leave(charge);
    open.delete(id);
    agenda.cancel(`charge ${id}`);
    teller.forget(id);
    dirty.add(id);
    writing.soon();
  };

  const leave = (charge: Charge) => {
    if (places.get(placeKey(charge)) === charge.id) places.delete(placeKey(charge));
  };

  return {
    open: () => open,
    get: id => open.get(id),
    at: place => open.get(places.get(placeKey(place)) ?? ''),
    begin: charge => {
      places.set(placeKey(charge), charge.id);
      follow(charge, undefined);
    },
    change: (id, next) => {
      const before = open.get(id);
      if (before === undefined) return undefined;
      const charge = next(before, now());
      follow(charge, before);
      return charge;
    },
    finished: () => finished,
    takeUp: charges => {
      for (const charge of charges) {
        open.set(charge.id, charge);
        if (!isOver(charge)) places.set(placeKey(charge), charge.id);
        agenda.at(`charge ${charge.id}`, time.now(), () => goOn(charge.id));
      }
      if (charges.length > 0) writing.soon();
    },
    flush,
    close: writing.close,
  };
}

/** Everything but energy and time. */
function isStructural(before: Charge, charge: Charge): boolean {
  return (
    before.status !== charge.status || before.limits !== charge.limits || before.reservation !== charge.reservation
  );
}

function placeKey({ location, evse }: { readonly location: string; readonly evse: string }): string {
  return `${ciKey(location)} ${ciKey(evse)}`;
}

/** One write for all that changed within a while. */
function createWriting(clock: Clock, write: () => void) {
  let timer: Deadline | undefined;
  let closed = false;
  return {
    soon: () => {
      if (closed) return;
      timer ??= clock.deadline(STORED_EVERY, () => {
        timer = undefined;
        write();
      });
    },
    close: () => {
      closed = true;
      timer?.cancel();
    },
  };
}
