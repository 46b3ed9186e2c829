import { asObject, type Json, listAt, numberAt, textAt, textsAt } from './json.ts';

export interface ConnectorRead {
  readonly id: string | undefined;
  readonly standard: string | undefined;
  readonly format: string | undefined;
  readonly powerType: string | undefined;
  readonly volts: number | undefined;
  readonly amperes: number | undefined;
  /** Watts: as stated, else computed from voltage, current and phases. */
  readonly watts: number | undefined;
  /** False where the watts are computed. */
  readonly wattsStated: boolean;
  readonly tariffs: readonly string[];
  readonly terms: string | undefined;
  readonly pointer: string;
}

export interface EvseRead {
  readonly uid: string | undefined;
  readonly evseId: string | undefined;
  readonly status: string | undefined;
  readonly floor: string | undefined;
  readonly reference: string | undefined;
  readonly capabilities: readonly string[];
  readonly restrictions: readonly string[];
  readonly schedule: readonly { readonly status: string; readonly from: string; readonly to: string | undefined }[];
  readonly lastUpdated: string | undefined;
  readonly connectors: readonly ConnectorRead[];
  readonly pointer: string;
}

/** Voltage is given between line and neutral (digest 6.1, Connector). */
const PHASES: Readonly<Record<string, number>> = {
  AC_1_PHASE: 1,
  AC_2_PHASE: 2,
  AC_2_PHASE_SPLIT: 2,
  AC_3_PHASE: 3,
  DC: 1,
};

/** EVSEs of a location of any version, as far as they can be read. */
export function evsesOf(location: unknown): EvseRead[] {
  return listAt(location, 'evses').flatMap((evse, at) => {
    const object = asObject(evse);
    return object ? [evseOf(object, `/evses/${at}`)] : [];
  });
}

function evseOf(evse: Json, pointer: string): EvseRead {
  return {
    uid: textAt(evse, 'uid'),
    evseId: textAt(evse, 'evse_id'),
    status: textAt(evse, 'status'),
    floor: textAt(evse, 'floor_level'),
    reference: textAt(evse, 'physical_reference'),
    capabilities: textsAt(evse, 'capabilities'),
    restrictions: textsAt(evse, 'parking_restrictions'),
    schedule: listAt(evse, 'status_schedule').flatMap(one => {
      const [status, from] = [textAt(one, 'status'), textAt(one, 'period_begin')];
      return status === undefined || from === undefined ? [] : [{ status, from, to: textAt(one, 'period_end') }];
    }),
    lastUpdated: textAt(evse, 'last_updated'),
    connectors: listAt(evse, 'connectors').flatMap((connector, at) => {
      const object = asObject(connector);
      return object ? [connectorOf(object, `${pointer}/connectors/${at}`)] : [];
    }),
    pointer,
  };
}

function connectorOf(connector: Json, pointer: string): ConnectorRead {
  // 2.1.1 names them without `max_`, and has one tariff.
  const volts = numberAt(connector, 'max_voltage') ?? numberAt(connector, 'voltage');
  const amperes = numberAt(connector, 'max_amperage') ?? numberAt(connector, 'amperage');
  const powerType = textAt(connector, 'power_type');
  const stated = numberAt(connector, 'max_electric_power');
  const phases = PHASES[powerType ?? ''];
  const computed =
    volts === undefined || amperes === undefined || phases === undefined ? undefined : volts * amperes * phases;
  const single = textAt(connector, 'tariff_id');
  return {
    id: textAt(connector, 'id'),
    standard: textAt(connector, 'standard'),
    format: textAt(connector, 'format'),
    powerType,
    volts,
    amperes,
    watts: stated ?? computed,
    wattsStated: stated !== undefined,
    tariffs: [...new Set([...textsAt(connector, 'tariff_ids'), ...(single === undefined ? [] : [single])])],
    terms: textAt(connector, 'terms_and_conditions'),
    pointer,
  };
}

/** Tariffs that connectors of a location refer to, each once. */
export function tariffsOf(location: unknown): string[] {
  return [...new Set(evsesOf(location).flatMap(({ connectors }) => connectors.flatMap(({ tariffs }) => tariffs)))];
}
