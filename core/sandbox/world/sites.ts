import { type Chance, itemAt } from './chance.ts';
import { type ChargerSort, drawEquipment, drawPlugCount, isRapid, type Plug, plugsOf } from './chargers.ts';
import type { SiteSort } from './geography/locale.ts';
import { numberedId } from './ids.ts';
import { drawOpening, type Opening } from './opening.ts';
import { type Company, operatorsIn } from './operators.ts';
import { type Place, placeOf } from './places.ts';
import type { Setting } from './setting.ts';
import { drawTariffSort, tariffIndex } from './tariff-book.ts';

/** A location as every version tells it, each in its own shape. Moments are seconds since the epoch. */
export interface Site {
  readonly index: number;
  readonly id: string;
  /** Draws whatever only one version, or only the description, has. */
  readonly chance: Chance;
  readonly sort: SiteSort;
  readonly name: string;
  readonly place: Place;
  readonly operator: Company;
  readonly opening: Opening;
  readonly units: readonly Unit[];
  /** The unit at which someone charges, or has reserved, right now. */
  readonly busy?: { readonly unit: Unit; readonly how: 'ACTIVE' | 'PENDING' | 'RESERVATION' };
  readonly updatedAt: number;
}

/** An EVSE. */
export interface Unit {
  /** From 1 on. */
  readonly number: number;
  readonly uid: string;
  /** eMI3: country, operator, E, outlet. */
  readonly evseId: string;
  readonly chance: Chance;
  readonly sort: ChargerSort;
  readonly status: UnitStatus;
  readonly plugs: readonly Plug[];
  /** Indexes of tariffs: the one everybody pays first, then those for cards and for preferences. */
  readonly tariffs: readonly number[];
  readonly takesCards: boolean;
  readonly takesPreferences: boolean;
  readonly reservable: boolean;
  readonly updatedAt: number;
}

export type UnitStatus =
  | 'AVAILABLE'
  | 'BLOCKED'
  | 'CHARGING'
  | 'INOPERATIVE'
  | 'OUTOFORDER'
  | 'PLANNED'
  | 'REMOVED'
  | 'RESERVED'
  | 'UNKNOWN';

const SITES: readonly (readonly [SiteSort, number])[] = [
  ['street', 34],
  ['lot', 18],
  ['shop', 10],
  ['garage', 9],
  ['hotel', 8],
  ['underground', 6],
  ['motorway', 5],
  ['station', 5],
  ['office', 5],
];

/** CHARGING and RESERVED are not drawn: they go with a session. */
const STATUSES: readonly (readonly [UnitStatus, number])[] = [
  ['AVAILABLE', 84],
  ['OUTOFORDER', 4],
  ['UNKNOWN', 4],
  ['INOPERATIVE', 3],
  ['BLOCKED', 2],
];
/** The first unit of a site is always one that works or has worked, so that each site can have sessions. */
const LATER_STATUSES: readonly (readonly [UnitStatus, number])[] = [...STATUSES, ['PLANNED', 2], ['REMOVED', 1]];

const DAY = 86_400;

/** Makes one location without making any other. */
export function siteAt(setting: Setting, index: number): Site {
  const chance = setting.chance.at('site', index);
  const place = placeOf(setting.atlas, chance);
  const { city, country } = place.town;
  const operatorIndex = chance.pick('operator', operatorsIn(setting.companies.operators, country.code));
  const operator = itemAt(setting.companies.operators, operatorIndex);
  const sort = chance.weighted('sort', SITES);
  const updatedAt = setting.ages.locations.at(index);
  const isBusy = index >= setting.ages.locations.count - setting.busy;
  const units = unitsOf(setting, {
    index,
    sort,
    chance,
    operator,
    operatorIndex,
    socket: country.socket,
    updatedAt,
    isBusy,
  });
  const unit = isBusy ? units.find(({ status }) => status === 'CHARGING' || status === 'RESERVED') : undefined;
  return {
    index,
    id: numberedId('locations', index),
    chance,
    sort,
    name: city.locale.names[sort].replace('{street}', place.street).replace('{city}', city.name),
    place,
    operator,
    opening: drawOpening(sort, isBusy, chance),
    units,
    ...(unit && { busy: { unit, how: busyWith(unit) } }),
    updatedAt,
  };
}

/** True for units at which sessions may have taken place. */
export function hasWorked({ status }: Unit): boolean {
  return status !== 'PLANNED' && status !== 'REMOVED';
}

/** What the space before a unit is made for. */
export type Vehicles = 'car' | 'disabled' | 'truck';

export function vehiclesOf({ sort }: Site, { chance }: Unit): Vehicles {
  const truck = sort === 'motorway' ? 20 : 0;
  return chance.weighted('vehicles', [['car', 88] as const, ['disabled', 7] as const, ['truck', truck] as const]);
}

interface Ground {
  readonly index: number;
  readonly sort: SiteSort;
  readonly chance: Chance;
  readonly operator: Company;
  readonly operatorIndex: number;
  readonly socket: Parameters<typeof plugsOf>[1];
  readonly updatedAt: number;
  readonly isBusy: boolean;
}

function unitsOf(setting: Setting, ground: Ground): Unit[] {
  const { index, sort, chance, operator, operatorIndex, socket, updatedAt } = ground;
  const equipment = drawEquipment(sort, chance);
  const count = setting.shape?.evses ?? equipment.evses;
  const busyUnit = ground.isBusy ? chance.integer('busy unit', 0, count - 1) : -1;
  // The location was updated together with the unit that changed last.
  const lastChanged = ground.isBusy ? busyUnit : chance.integer('last changed', 0, count - 1);
  const slowSort = drawTariffSort(false, chance);
  const tariffs = {
    slow: tariffIndex(operatorIndex, slowSort),
    rapid: tariffIndex(operatorIndex, drawTariffSort(true, chance)),
    card: tariffIndex(operatorIndex, 'CARD'),
    preferences: [tariffIndex(operatorIndex, 'GREEN'), tariffIndex(operatorIndex, 'CHEAP')],
  };
  const units: Unit[] = [];
  for (let at = 0; at < count; at++) {
    const own = chance.at('unit', at);
    // The last quarter of the units is of the other sort, where there is one.
    const unitSort = equipment.other && at >= count - Math.max(1, count >> 2) ? equipment.other : equipment.main;
    const rapid = isRapid(unitSort);
    const takesCards = own.happens('cards', rapid ? 0.8 : 0.08);
    const takesPreferences = !rapid && own.happens('preferences', 0.08);
    const busyStatus = at === busyUnit ? own.weighted('busy', BUSY_STATUSES) : undefined;
    const status = busyStatus ?? own.weighted('status', at === 0 ? STATUSES : LATER_STATUSES);
    units.push({
      number: at + 1,
      uid: `${numberedId('locations', index)}-E${String(at + 1).padStart(2, '0')}`,
      evseId: `${operator.countryCode}*${operator.partyId}*E${String(index).padStart(7, '0')}*${at + 1}`,
      chance: own,
      sort: unitSort,
      status,
      plugs: plugsOf(unitSort, socket).slice(0, setting.shape?.connectors ?? drawPlugCount(unitSort, own)),
      tariffs: [
        rapid ? tariffs.rapid : tariffs.slow,
        ...(takesCards ? [tariffs.card] : []),
        ...(takesPreferences ? tariffs.preferences : []),
      ],
      takesCards,
      takesPreferences,
      // Whoever has a price for reservations takes them.
      reservable: (!rapid && slowSort === 'RESERVE') || status === 'RESERVED' || own.happens('reservable', 0.1),
      updatedAt: at === lastChanged ? updatedAt : updatedAt - own.integer('age', 60, 120 * DAY),
    });
  }
  return units;
}

const BUSY_STATUSES: readonly (readonly [UnitStatus, number])[] = [
  ['CHARGING', 94],
  ['RESERVED', 6],
];

function busyWith({ status, chance }: Unit): 'ACTIVE' | 'PENDING' | 'RESERVATION' {
  if (status === 'RESERVED') return 'RESERVATION';
  return chance.happens('pending', 0.05) ? 'PENDING' : 'ACTIVE';
}
