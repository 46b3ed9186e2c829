import type { Call } from '../client/call.ts';
import type { Clock } from '../clock.ts';
import type { OwnParty } from '../contract/platform.ts';
import type { FlowAnswer, FlowCall, OutgoingToken } from '../flows/registration/ports.ts';
import type { History } from '../history/history.ts';
import type { ModuleId } from '../ocpi/modules.ts';
import { hasSide } from '../ocpi/role-modules.ts';
import type { Deciding } from '../server/deciding.ts';
import { authorizeResponder } from '../server/modules/authorize.ts';
import { chargingPreferencesResponder } from '../server/modules/charging-preferences.ts';
import { chargingProfilesResponder } from '../server/modules/charging-profiles.ts';
import { commandsResponder } from '../server/modules/commands.ts';
import type { OwnData } from '../server/own-data.ts';
import type { Responder } from '../server/responder.ts';
import type { Simulation } from '../server/simulation.ts';
import type { PlatformDesk } from './platform.ts';
import { createResultPosting, type ResultPosting } from './result-posting.ts';

export interface AnsweringOptions {
  readonly history: Pick<History, 'links'>;
  readonly platform: Pick<PlatformDesk, 'config'>;
  readonly call: Call;
  readonly flowCall: (call: FlowCall) => Promise<FlowAnswer>;
  readonly outgoingToken: (linkId: number) => OutgoingToken | undefined;
  /** What is served to those who pull: tokens, locations and sessions are looked up there. */
  readonly data: OwnData;
  /** Milliseconds an authorization takes here. */
  readonly authorizeAfterMs?: number | undefined;
  /** What answers as the simulated charging has it. */
  readonly simulation: () => Simulation;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly onTrouble: (what: string, error: unknown) => void;
}

/** What partners ask of us instead of pushing it, and the results that follow. */
export interface Answering {
  readonly results: ResultPosting;
  /** Commands, profiles, preferences, authorizations, as far as our roles of this moment have them (digest 4.1). */
  responders(deciding: Deciding): Responder[];
}

export function createAnswering(options: AnsweringOptions): Answering {
  const { platform, data, clock, newId } = options;
  const results = createResultPosting(options);
  return {
    results,
    responders(deciding) {
      const { parties } = platform.config();
      const parts = { deciding, simulation: options.simulation, results, clock };
      const plays = (module: ModuleId, side: 'SENDER' | 'RECEIVER') =>
        parties.some(party => playsItself(party, module, side));
      const [issuer] = parties.filter(party => playsItself(party, 'tokens', 'SENDER'));
      return [
        ...(plays('commands', 'RECEIVER') ? [commandsResponder(parts)] : []),
        ...(plays('chargingprofiles', 'RECEIVER') ? [chargingProfilesResponder({ ...parts, data })] : []),
        ...(plays('sessions', 'SENDER') ? [chargingPreferencesResponder(parts)] : []),
        ...(issuer === undefined
          ? []
          : [authorizeResponder({ ...parts, data, issuer, newId, takes: options.authorizeAfterMs })]),
      ];
    },
  };
}

/** What a hub hands on is answered by others. */
function playsItself({ role }: OwnParty, module: ModuleId, side: 'SENDER' | 'RECEIVER'): boolean {
  return role !== 'HUB' && hasSide(role, module, side);
}
