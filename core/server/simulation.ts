import type { JsonObject } from '../ocpi/json-value.ts';
import type { Version } from '../ocpi/versions.ts';
import type { Caller } from './caller.ts';

interface Asked {
  readonly caller: Caller;
  readonly linkId: number;
  readonly version: Version;
}

export interface AskedCommand extends Asked {
  readonly command: 'START_SESSION' | 'STOP_SESSION' | 'RESERVE_NOW' | 'CANCEL_RESERVATION' | 'UNLOCK_CONNECTOR';
  /** As read: the schema of the command let it pass. */
  readonly body: JsonObject;
  /** Where what comes of it is posted; the simulation sees to that itself. */
  readonly responseUrl: string;
}

export interface AskedProfile extends Asked {
  readonly what: 'set' | 'get' | 'clear';
  readonly session: string;
  /** ChargingProfile, of `set`. */
  readonly profile?: JsonObject;
  /** Seconds, of `get`. */
  readonly duration?: number;
  readonly responseUrl: string;
}

export interface AskedAuthorization extends Asked {
  readonly uid: string;
  /** TokenType; RFID where the URL said nothing. */
  readonly type: string;
  /** LocationReferences, where they were sent. */
  readonly location?: JsonObject;
}

/** `statusCode`: an OCPI error instead of an answer: 2003 unknown location, 2004 unknown token, 2002 not enough information. */
export type Simulated<Answer> = { readonly statusCode: number; readonly message: string } | Answer;

/** How a partner that lives behaves, for our own data or for a sandbox's world (digest 6.2, 6.5, 6.6, 6.7). */
export interface Simulation {
  /** CommandResponse: `timeout` in seconds. */
  command(
    asked: AskedCommand,
  ): Simulated<{ readonly result: string; readonly timeout: number; readonly message?: string }>;
  /** ChargingProfileResponse. */
  profile(asked: AskedProfile): Simulated<{ readonly result: string; readonly timeout: number }>;
  /** ChargingPreferencesResponse. */
  preferences(
    asked: Asked & { readonly session: string; readonly preferences: JsonObject },
  ): Simulated<{ readonly result: string }>;
  /** AuthorizationInfo, as it is answered in the version asked for. */
  authorize(asked: AskedAuthorization): Simulated<{ readonly info: JsonObject }>;
}
