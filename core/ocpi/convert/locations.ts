import * as of211 from '../v2_1_1/locations.ts';
import * as of221 from '../v2_2_1/locations.ts';
import { type ConvertContext, NOT_AVAILABLE } from './context.ts';
import { energyMixFrom211, energyMixTo211 } from './energy-mix.ts';
import { knows, onlyKnown } from './enums.ts';
import { mapped } from './prices.ts';

/** Added: the owner, `publish: true`, a time zone that is not known where there is none. `type` becomes parking_type. */
export function locationFrom211(location: of211.Location, { owner }: ConvertContext): of221.Location {
  const { id, type, evses, opening_times, energy_mix, postal_code, time_zone, ...rest } = location;
  const hours = mapped(opening_times, hoursFrom211);
  const mix = mapped(energy_mix, energyMixFrom211);
  const converted = mapped(evses, all => all.map(evseFrom211));
  return {
    country_code: owner.countryCode,
    party_id: owner.partyId,
    id,
    publish: true,
    ...rest,
    ...(postal_code !== NOT_AVAILABLE && { postal_code }),
    // OTHER and UNKNOWN are no types of parking.
    ...(knows(of221.ParkingType, type) && { parking_type: type }),
    ...(converted !== undefined && { evses: converted }),
    time_zone: time_zone ?? NOT_AVAILABLE,
    ...(hours !== undefined && { opening_times: hours }),
    ...(mix !== undefined && { energy_mix: mix }),
  };
}

function evseFrom211({ connectors, ...rest }: of211.Evse): of221.Evse {
  return { ...rest, connectors: connectors.map(connectorFrom211) };
}

function connectorFrom211({ voltage, amperage, tariff_id, ...rest }: of211.Connector): of221.Connector {
  const tariffs = mapped(tariff_id, id => [id]);
  return {
    ...rest,
    max_voltage: voltage,
    max_amperage: amperage,
    ...(tariffs !== undefined && { tariff_ids: tariffs }),
  };
}

/** From 2.2 on the flag is required, and regular hours stand exactly where it is false (T28a). */
function hoursFrom211({ twentyfourseven, regular_hours, ...rest }: of211.Hours): of221.Hours {
  const always = twentyfourseven ?? (regular_hours?.length ?? 0) === 0;
  if (always) return { twentyfourseven: true, ...rest };
  return { twentyfourseven: false, ...(regular_hours !== undefined && { regular_hours }), ...rest };
}

/**
 * Left out: owner, publication, state, restrictions, capabilities and facilities 2.1.1 does not have, connectors of a kind it
 * does not have, and EVSEs that had no other. Coordinates get six decimals; a postal code that is not there is not known.
 */
export function locationTo211(location: of221.Location): of211.Location {
  const {
    country_code: _country,
    party_id: _party,
    publish: _publish,
    publish_allowed_to: _allowed,
    state: _state,
    parking_type,
    postal_code,
    time_zone,
    coordinates,
    related_locations,
    evses,
    facilities,
    energy_mix,
    ...rest
  } = location;
  const related = mapped(related_locations, all => all.map(place => ({ ...place, ...sixDecimals(place) })));
  const converted = mapped(evses, all => all.flatMap(evseTo211));
  const known = onlyKnown(of211.Facility, facilities);
  const mix = mapped(energy_mix, energyMixTo211);
  return {
    ...rest,
    type: typeTo211(parking_type),
    postal_code: postal_code ?? NOT_AVAILABLE,
    ...(time_zone !== NOT_AVAILABLE && { time_zone }),
    coordinates: { ...coordinates, ...sixDecimals(coordinates) },
    ...(related !== undefined && { related_locations: related }),
    ...(converted !== undefined && { evses: converted }),
    ...(known !== undefined && { facilities: known }),
    ...(mix !== undefined && { energy_mix: mix }),
  };
}

function typeTo211(parking: string | null | undefined): of211.LocationType {
  if (parking === null || parking === undefined) return 'UNKNOWN';
  return knows(of211.LocationType, parking) ? parking : 'OTHER';
}

function evseTo211(evse: of221.Evse): of211.Evse[] {
  const { connectors, capabilities, coordinates, ...rest } = evse;
  const expressed = connectors.flatMap(connectorTo211);
  if (expressed.length === 0 && connectors.length > 0) return [];
  const known = onlyKnown(of211.Capability, capabilities);
  const place = mapped(coordinates, where => ({ ...where, ...sixDecimals(where) }));
  return [
    {
      ...rest,
      connectors: expressed,
      ...(known !== undefined && { capabilities: known }),
      ...(place !== undefined && { coordinates: place }),
    },
  ];
}

function connectorTo211(connector: of221.Connector): of211.Connector[] {
  const { max_voltage, max_amperage, max_electric_power: _, tariff_ids, standard, power_type, ...rest } = connector;
  if (!knows(of211.ConnectorType, standard)) return [];
  const [tariff] = tariff_ids ?? [];
  return [
    {
      ...rest,
      standard,
      power_type: powerTypeTo211(power_type),
      voltage: max_voltage,
      amperage: max_amperage,
      ...(tariff !== undefined && { tariff_id: tariff }),
    },
  ];
}

/** Two phases are written as one, which promises less. */
export function powerTypeTo211(type: string): of211.PowerType {
  return knows(of211.PowerType, type) ? type : 'AC_1_PHASE';
}

/** 2.1.1 wants exactly six decimals, 2.2 five to seven. What is no number stays. */
export function sixDecimals({ latitude, longitude }: of221.GeoLocation): of211.GeoLocation {
  const written = (degrees: string) => {
    const number = degrees.trim() === '' ? Number.NaN : Number(degrees);
    return Number.isFinite(number) ? number.toFixed(6) : degrees;
  };
  return { latitude: written(latitude), longitude: written(longitude) };
}
