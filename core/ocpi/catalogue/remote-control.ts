import type * as z from 'zod';
import type { CatalogueEntry } from '../catalogue.ts';
import * as commands211 from '../v2_1_1/commands.ts';
import * as profiles221 from '../v2_2_1/chargingprofiles.ts';
import * as commands221 from '../v2_2_1/commands.ts';
import * as commands230 from '../v2_3_0/commands.ts';
import { VERSIONS, type Version } from '../versions.ts';
import { type ByVersion, whole } from './checkers.ts';

const RECEIVED = {
  interface: 'RECEIVER',
  base: 'endpoint',
  path: [],
  query: [],
  versions: VERSIONS,
  functional: true,
} as const;
const FROM_22 = ['2.2.1', '2.3.0'] as const satisfies readonly Version[];

const COMMAND_RESPONSE = whole({
  '2.1.1': commands211.CommandResponse,
  '2.2.1': commands221.CommandResponse,
  '2.3.0': commands221.CommandResponse,
});

interface Command {
  /** CommandType, the last segment of the URL. */
  readonly type: string;
  readonly schemas: ByVersion<z.ZodType>;
  readonly versions?: readonly Version[];
}

function command({ type, schemas, versions = VERSIONS }: Command): CatalogueEntry {
  const name = type.toLowerCase();
  return {
    ...RECEIVED,
    id: `commands.${name.replaceAll('_', '-')}`,
    module: 'commands',
    method: 'POST',
    path: [type],
    versions,
    words: `command, ${name.replaceAll('_', ' ')}`,
    request: whole(schemas),
    response: COMMAND_RESPONSE,
  };
}

/** One line of the specification's table, `{E}/{command}`, is one entry for each command here: each has its own body. */
const COMMANDS: readonly CatalogueEntry[] = [
  command({
    type: 'START_SESSION',
    schemas: {
      '2.1.1': commands211.StartSession,
      '2.2.1': commands221.StartSession,
      '2.3.0': commands230.StartSession,
    },
  }),
  command({
    type: 'STOP_SESSION',
    schemas: { '2.1.1': commands211.StopSession, '2.2.1': commands221.StopSession, '2.3.0': commands221.StopSession },
  }),
  command({
    type: 'RESERVE_NOW',
    schemas: { '2.1.1': commands211.ReserveNow, '2.2.1': commands221.ReserveNow, '2.3.0': commands230.ReserveNow },
  }),
  command({
    type: 'CANCEL_RESERVATION',
    schemas: { '2.2.1': commands221.CancelReservation, '2.3.0': commands221.CancelReservation },
    versions: FROM_22,
  }),
  command({
    type: 'UNLOCK_CONNECTOR',
    schemas: {
      '2.1.1': commands211.UnlockConnector,
      '2.2.1': commands221.UnlockConnector,
      '2.3.0': commands221.UnlockConnector,
    },
  }),
  {
    ...RECEIVED,
    id: 'commands.result',
    module: 'commands',
    interface: 'SENDER',
    method: 'POST',
    base: 'given-url',
    words: 'command, result',
    request: whole({
      '2.1.1': commands211.CommandResponse,
      '2.2.1': commands221.CommandResult,
      '2.3.0': commands221.CommandResult,
    }),
  },
];

const PROFILE = {
  ...RECEIVED,
  module: 'chargingprofiles',
  path: ['{session_id}'],
  versions: FROM_22,
} as const;
const ASKED = {
  ...PROFILE,
  response: whole({ '2.2.1': profiles221.ChargingProfileResponse, '2.3.0': profiles221.ChargingProfileResponse }),
} as const;

const CHARGING_PROFILES: readonly CatalogueEntry[] = [
  {
    ...ASKED,
    id: 'chargingprofiles.get',
    method: 'GET',
    query: ['duration', 'response_url'],
    words: 'charging profile, ask for',
  },
  {
    ...ASKED,
    id: 'chargingprofiles.set',
    method: 'PUT',
    words: 'charging profile, set',
    request: whole({ '2.2.1': profiles221.SetChargingProfile, '2.3.0': profiles221.SetChargingProfile }),
  },
  {
    ...ASKED,
    id: 'chargingprofiles.clear',
    method: 'DELETE',
    query: ['response_url'],
    words: 'charging profile, clear',
  },
  {
    ...PROFILE,
    interface: 'SENDER',
    id: 'chargingprofiles.result',
    method: 'POST',
    base: 'given-url',
    path: [],
    words: 'charging profile, result',
    // Three types come to one URL; this one holds the fields of all.
    request: whole({
      '2.2.1': profiles221.ActiveChargingProfileResult,
      '2.3.0': profiles221.ActiveChargingProfileResult,
    }),
  },
  {
    ...PROFILE,
    interface: 'SENDER',
    id: 'chargingprofiles.put-active',
    method: 'PUT',
    words: 'active charging profile, put',
    request: whole({ '2.2.1': profiles221.ActiveChargingProfile, '2.3.0': profiles221.ActiveChargingProfile }),
  },
];

/** What is asked for now and answered later (digest 6.6, 6.7). */
export const REMOTE_CONTROL_ENTRIES: readonly CatalogueEntry[] = [...COMMANDS, ...CHARGING_PROFILES];
