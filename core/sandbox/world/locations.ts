import type {
  Capability as Capability211,
  Connector as Connector211,
  Evse as Evse211,
  Facility as Facility211,
  Location as Location211,
  LocationType,
} from '../../ocpi/v2_1_1/locations.ts';
import type {
  Capability as Capability22,
  Connector as Connector22,
  Evse as Evse22,
  Facility as Facility22,
  Location as Location22,
  ParkingType,
  PublishTokenType,
} from '../../ocpi/v2_2_1/locations.ts';
import { toAscii } from './ascii.ts';
import { itemAt } from './chance.ts';
import { isRapid, type Plug } from './chargers.ts';
import { ENERGY_PRODUCTS, writeEnergyMix22, writeEnergyMix211 } from './energy.ts';
import type { SiteSort } from './geography/locale.ts';
import { writeMoment } from './moments.ts';
import { pointNear, writeDegrees } from './places.ts';
import type { Setting } from './setting.ts';
import { type Site, type Unit, vehiclesOf } from './sites.ts';
import {
  businessDetailsOf,
  directionsOf,
  entrancesOf,
  facilitiesOf,
  hoursOf,
  imagesOf,
  levelOf,
  ownerOf,
  scheduleOf,
  type WriteText,
} from './surroundings.ts';
import { tokenAt } from './token-facts.ts';

const PARKING_TYPES: Readonly<Record<SiteSort, ParkingType>> = {
  street: 'ON_STREET',
  lot: 'PARKING_LOT',
  garage: 'PARKING_GARAGE',
  underground: 'UNDERGROUND_GARAGE',
  motorway: 'ALONG_MOTORWAY',
  hotel: 'ON_DRIVEWAY',
  shop: 'PARKING_LOT',
  station: 'PARKING_LOT',
  office: 'PARKING_LOT',
};
const LOCATION_TYPES = new Set<string>(['ON_STREET', 'PARKING_GARAGE', 'UNDERGROUND_GARAGE', 'PARKING_LOT']);
/** What came with 2.2, and 2.1.1 has no word for. */
const LATER_FACILITIES = new Set<string>(['BIKE_SHARING', 'TRAM_STOP', 'METRO_STATION', 'PARKING_LOT']);
const EARLY_CAPABILITIES = new Set<string>([
  'CHARGING_PROFILE_CAPABLE',
  'CREDIT_CARD_PAYABLE',
  'REMOTE_START_STOP_CAPABLE',
  'RESERVABLE',
  'RFID_READER',
  'UNLOCK_CAPABLE',
]);

/** With one tariff at each connector, texts in ASCII, and no word about whom it may be shown to. */
export function writeLocation211(setting: Setting, site: Site): Location211 {
  const parking = PARKING_TYPES[site.sort];
  const type: LocationType = LOCATION_TYPES.has(parking) ? parking : 'OTHER';
  const product = drawEnergyProduct(site);
  return {
    id: site.id,
    type,
    ...addressPart(site, toAscii),
    coordinates: { latitude: writeDegrees(site.place.latitude), longitude: writeDegrees(site.place.longitude) },
    evses: site.units.map(unit => writeEvse211(setting, site, unit)),
    ...descriptionPart(setting, site, toAscii),
    facilities: facilitiesOf(site).filter((facility): facility is Facility211 => !LATER_FACILITIES.has(facility)),
    ...(product && { energy_mix: writeEnergyMix211(product) }),
    last_updated: writeMoment(site.updatedAt),
  };
}

export function writeEvse211(setting: Setting, site: Site, unit: Unit): Evse211 {
  return {
    ...evsePart(setting, site, unit, toAscii),
    capabilities: capabilitiesOf(unit).filter((name): name is Capability211 => EARLY_CAPABILITIES.has(name)),
    connectors: unit.plugs.map(
      (plug, at): Connector211 => ({
        ...connectorPart(plug, at),
        voltage: plug.volts,
        amperage: plug.amperes,
        tariff_id: tariffIdOf(setting, itemAt(unit.tariffs, 0)),
        last_updated: connectorUpdated(unit, at),
      }),
    ),
    last_updated: writeMoment(unit.updatedAt),
  };
}

export function writeLocation221(setting: Setting, site: Site): Location22 {
  const { last_updated, ...before } = locationPart22(setting, site);
  return { ...before, evses: site.units.map(unit => writeEvse22(setting, site, unit)), last_updated };
}

/** A location of 2.2.1 or 2.3.0, without its EVSEs. */
export function locationPart22(setting: Setting, site: Site): Omit<Location22, 'evses'> {
  const { city } = site.place.town;
  const product = drawEnergyProduct(site);
  const hidden = site.chance.happens('hidden', 0.02);
  return {
    country_code: site.operator.countryCode,
    party_id: site.operator.partyId,
    id: site.id,
    publish: !hidden,
    ...(hidden && { publish_allowed_to: allowedTokens(setting, site) }),
    ...addressPart(site, keep),
    ...(city.state !== undefined && { state: city.state }),
    coordinates: { latitude: shorten(site.place.latitude), longitude: shorten(site.place.longitude) },
    parking_type: PARKING_TYPES[site.sort],
    ...descriptionPart(setting, site, keep),
    facilities: facilitiesOf(site) satisfies Facility22[],
    ...(product && { energy_mix: writeEnergyMix22(product) }),
    last_updated: writeMoment(site.updatedAt),
  };
}

export function writeEvse22(setting: Setting, site: Site, unit: Unit): Evse22 {
  return {
    ...evsePart(setting, site, unit, keep),
    capabilities: capabilitiesOf(unit),
    connectors: unit.plugs.map(
      (plug, at): Connector22 => ({
        ...connectorPart(plug, at),
        max_voltage: plug.volts,
        max_amperage: plug.amperes,
        // Only where it is less than voltage and current give.
        ...(plug.powerType === 'DC' && { max_electric_power: plug.watts }),
        tariff_ids: unit.tariffs.map(tariff => tariffIdOf(setting, tariff)),
        ...(unit.chance.happens('terms', 0.2) && { terms_and_conditions: `${site.operator.website}/terms` }),
        last_updated: connectorUpdated(unit, at),
      }),
    ),
    last_updated: writeMoment(unit.updatedAt),
  };
}

function keep(text: string): string {
  return text;
}

function addressPart({ name, place }: Site, text: WriteText) {
  const { city, country } = place.town;
  return {
    name: text(name),
    address: text(place.address),
    city: text(city.name),
    postal_code: place.postalCode,
    country: country.alpha3,
  };
}

/** Optional parts are left out where there is nothing to tell. */
function descriptionPart(setting: Setting, site: Site, text: WriteText) {
  const entrances = entrancesOf(site, text);
  const directions = directionsOf(site, text);
  const owner = ownerOf(site, text);
  const hours = hoursOf(site, setting.now);
  const images = imagesOf(site);
  const { opening } = site;
  return {
    ...(entrances.length > 0 && { related_locations: entrances }),
    ...(directions.length > 0 && { directions }),
    operator: businessDetailsOf(site.operator, text),
    ...(owner && { owner }),
    time_zone: site.place.town.country.timeZone,
    ...(hours && { opening_times: hours }),
    ...(opening.kind === 'weekly' &&
      opening.chargingWhenClosed !== undefined && { charging_when_closed: opening.chargingWhenClosed }),
    ...(images.length > 0 && { images }),
  };
}

function evsePart(setting: Setting, site: Site, unit: Unit, text: WriteText) {
  const { chance } = unit;
  const schedule = scheduleOf(unit, setting.now);
  const level = levelOf(unit, site.sort);
  const place = site.units.length > 1 && chance.happens('coordinates', 0.3) ? pointNear(site.place, chance) : undefined;
  const directions = level !== undefined && chance.happens('directions', 0.3);
  const { language, directions: phrases } = site.place.town.city.locale;
  const restrictions = chance.some('parking', ['EV_ONLY', 'PLUGGED', 'CUSTOMERS'] as const, 0.15);
  const disabled = vehiclesOf(site, unit) === 'disabled' ? (['DISABLED'] as const) : [];
  return {
    uid: unit.uid,
    // The number of what is gone may be given to another one.
    ...(unit.status !== 'REMOVED' && { evse_id: unit.evseId }),
    status: unit.status,
    ...(schedule.length > 0 && { status_schedule: schedule }),
    ...(level !== undefined && { floor_level: level }),
    ...(place && { coordinates: { latitude: writeDegrees(place.latitude), longitude: writeDegrees(place.longitude) } }),
    physical_reference: physicalReference(unit),
    ...(directions && { directions: [{ language, text: text(phrases.level.replace('{level}', level)) }] }),
    ...(restrictions.length + disabled.length > 0 && { parking_restrictions: [...restrictions, ...disabled] }),
  };
}

function connectorPart(plug: Plug, at: number) {
  return { id: String(at + 1), standard: plug.standard, format: plug.format, power_type: plug.powerType };
}

/** Not later than the EVSE, which is updated with its connectors. */
function connectorUpdated({ updatedAt, chance }: Unit, at: number): string {
  const age = at === 0 ? 0 : chance.at('connector', at).integer('age', 0, 86_400 * 200);
  return writeMoment(updatedAt - age);
}

/** `A1`, `A2`, ... */
export function physicalReference({ number }: Unit): string {
  return `${String.fromCharCode(64 + Math.ceil(number / 10))}${((number - 1) % 10) + 1}`;
}

function capabilitiesOf(unit: Unit): Capability22[] {
  const { chance, sort, takesCards, takesPreferences } = unit;
  const names: Capability22[] = ['RFID_READER', 'REMOTE_START_STOP_CAPABLE'];
  if (!isRapid(sort)) names.push('UNLOCK_CAPABLE');
  if (chance.happens('profiles', 0.3)) names.push('CHARGING_PROFILE_CAPABLE');
  if (unit.reservable) names.push('RESERVABLE');
  if (takesPreferences) names.push('CHARGING_PREFERENCES_CAPABLE');
  if (takesCards) names.push('CREDIT_CARD_PAYABLE', 'DEBIT_CARD_PAYABLE', 'CONTACTLESS_CARD_SUPPORT');
  if (takesCards && chance.happens('terminal', 0.4)) names.push('CHIP_CARD_SUPPORT', 'PED_TERMINAL');
  if (unit.plugs.length > 1 && chance.happens('connector', 0.1)) names.push('START_SESSION_CONNECTOR_REQUIRED');
  if (chance.happens('groups', 0.1)) names.push('TOKEN_GROUP_CAPABLE');
  return names;
}

function tariffIdOf({ tariffs }: Setting, index: number): string {
  return itemAt(tariffs, index).id;
}

function drawEnergyProduct({ chance }: Site) {
  return chance.happens('energy mix', 0.35) ? chance.pick('energy product', ENERGY_PRODUCTS) : undefined;
}

/** A fleet, or a single card. */
function allowedTokens(setting: Setting, { chance }: Site): PublishTokenType[] {
  const token = tokenAt(setting, chance.integer('allowed token', 0, setting.ages.tokens.count - 1));
  if (token.groupId !== undefined) return [{ group_id: token.groupId }];
  if (token.visualNumber !== undefined && chance.happens('by number', 0.5)) {
    return [{ visual_number: token.visualNumber, issuer: token.provider.name }];
  }
  return [{ uid: token.uid, type: token.type }];
}

/** From 2.2 on five decimals are enough, where the sixth says nothing. */
function shorten(millionths: number): string {
  const text = writeDegrees(millionths);
  return text.endsWith('0') ? text.slice(0, -1) : text;
}
