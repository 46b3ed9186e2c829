import type { Connector, Evse, Location, Parking, VehicleType } from '../../ocpi/v2_3_0/locations.ts';
import { isRapid } from './chargers.ts';
import { locationPart22, physicalReference, writeEvse22 } from './locations.ts';
import type { Setting } from './setting.ts';
import { type Site, type Unit, type Vehicles, vehiclesOf } from './sites.ts';

/** As in 2.2.1, and: parking places, who may charge, what the connectors are capable of, whom to call. */
export function writeLocation230(setting: Setting, site: Site): Location {
  const { last_updated, ...before } = locationPart22(setting, site);
  const places = hasPlaces(site) ? site.units.map(unit => parkingPlace(site, unit)) : [];
  return {
    ...before,
    evses: site.units.map(unit => writeEvse230(setting, site, unit)),
    ...(places.length > 0 && { parking_places: places }),
    ...(site.chance.happens('phone', 0.7) && { help_phone: site.operator.phone }),
    last_updated,
  };
}

function writeEvse230(setting: Setting, site: Site, unit: Unit): Evse {
  const { connectors, last_updated, ...before } = writeEvse22(setting, site, unit);
  const { chance } = unit;
  const place = {
    parking_id: placeId(unit),
    evse_position: chance.pick('position', ['LEFT', 'RIGHT', 'CENTER'] as const),
  };
  const staff = site.sort === 'office' ? chance.some('staff', ['EMPLOYEES', 'TENANTS'] as const, 0.4) : [];
  const plugAndCharge = isRapid(unit.sort) && chance.happens('plug and charge', 0.5);
  return {
    ...before,
    connectors: connectors.map(
      (connector): Connector => ({
        ...connector,
        ...(plugAndCharge &&
          connector.standard === 'IEC_62196_T2_COMBO' && { capabilities: ['ISO_15118_2_PLUG_AND_CHARGE'] }),
      }),
    ),
    ...(staff.length > 0 && { parking_restrictions: [...(before.parking_restrictions ?? []), ...staff] }),
    ...(hasPlaces(site) && { parking: [place] }),
    ...(chance.happens('providers', 0.1) && { accepted_service_providers: providerNames(setting, unit) }),
    last_updated,
  };
}

function hasPlaces({ chance }: Site): boolean {
  return chance.happens('parking places', 0.6);
}

/** One parking place before each EVSE. */
function parkingPlace(site: Site, unit: Unit): Parking {
  const { chance } = unit;
  const roofed = site.sort === 'garage' || site.sort === 'underground';
  const use = vehiclesOf(site, unit);
  const picture = `${site.operator.website}/images/${unit.uid.toLowerCase()}.jpeg`;
  return {
    id: placeId(unit),
    physical_reference: physicalReference(unit),
    vehicle_types: [...VEHICLES[use]],
    ...(use === 'truck' && TRUCK_SIZES),
    ...(roofed && { max_vehicle_height: 210 }),
    direction: site.sort === 'street' ? 'PARALLEL' : chance.pick('direction', ['PERPENDICULAR', 'ANGLE'] as const),
    ...(use === 'truck' && { drive_through: chance.happens('drive through', 0.5) }),
    restricted_to_type: use === 'disabled' || chance.happens('restricted', 0.2),
    reservation_required: false,
    ...(chance.happens('time limit', 0.2) && { time_limit: chance.pick('minutes', [60, 120, 180, 240]) }),
    roofed,
    // The spaces for disabled drivers are to be shown.
    ...(use === 'disabled' && { images: [{ url: picture, category: 'LOCATION', type: 'jpeg' }] }),
    lighting: chance.happens('lighting', 0.8),
    ...(use === 'truck' && { refrigeration_outlet: chance.happens('refrigeration', 0.2) }),
    ...(use === 'disabled' && site.operator.countryCode === 'GB' && { standards: ['PAS 1899'] }),
  };
}

const VEHICLES: Readonly<Record<Vehicles, readonly VehicleType[]>> = {
  car: ['PERSONAL_VEHICLE', 'VAN'],
  disabled: ['DISABLED'],
  truck: ['RIGID', 'SEMI_TRACTOR', 'TRUCK_WITH_TRAILER'],
};

/** Expected for anything larger than a car: kilograms and centimetres. */
const TRUCK_SIZES = {
  max_vehicle_weight: 44_000,
  max_vehicle_height: 420,
  max_vehicle_length: 1_875,
  max_vehicle_width: 260,
  parking_space_length: 2_000,
  parking_space_width: 400,
  dangerous_goods_allowed: false,
} as const;

function placeId({ uid }: Unit): string {
  return `${uid}-P`;
}

function providerNames({ companies }: Setting, { chance }: Unit): string[] {
  const first = chance.integer('first provider', 0, companies.providers.length - 1);
  return companies.providers.slice(first, first + 3).map(({ name }) => name);
}
