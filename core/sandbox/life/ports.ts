import type { Clock } from '../../clock.ts';
import type { Outcome } from '../../contract/failure.ts';
import type { Link } from '../../contract/link.ts';
import type { OwnParty } from '../../contract/platform.ts';
import type { JsonObject } from '../../ocpi/json-value.ts';
import type { PartyId } from '../../ocpi/party-id.ts';
import type { Version } from '../../ocpi/versions.ts';
import type { OwnModule } from '../../server/own-data.ts';
import type { Charge } from './charge.ts';

/** What we serve, as the simulation reads and changes it. Objects are those of 2.3.0 unless said. */
export interface LifeData {
  /** `type`: of a token. */
  get(module: OwnModule, id: string, type?: string): JsonObject | undefined;
  /** In 2.1.1, of which sessions hold a part. */
  location211(id: string): JsonObject | undefined;
  /** In the order in which they are served. */
  page(module: OwnModule, offset: number, limit: number): { readonly total: number; readonly items: JsonObject[] };
  /** Another status of an EVSE; what its `last_updated` is then. `at`: simulated seconds since the epoch. */
  setStatus(change: {
    readonly location: string;
    readonly evse: string;
    readonly status: string;
    readonly at: number;
  }): Outcome<{ readonly lastUpdated: string }>;
  /** Served to those who pull from now on. */
  keep(objects: readonly KeptObject[]): Outcome<void>;
}

export interface KeptObject {
  readonly module: 'sessions' | 'cdrs';
  /** `NL-WBX`. */
  readonly party: string;
  readonly object: JsonObject;
}

/** A link that calls can be made on. */
export interface LifeLink {
  readonly link: Link;
  readonly version: Version;
  /** Why nothing may be written on it; absent where it may. */
  readonly closed?: string;
}

export interface LifeCall {
  readonly linkId: number;
  /** Catalogue id; its path is filled with `params`. */
  readonly operation: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
  readonly from?: PartyId;
  readonly to?: PartyId;
}

export interface LifeAnswer {
  /** HTTP 2xx and OCPI 1xxx. */
  readonly ok: boolean;
  /** The end of a sentence: "the partner answered HTTP 404". */
  readonly reason: string;
  readonly exchangeId?: number;
  /** Absent where no answer came. */
  readonly httpStatus?: number;
  readonly ocpiStatus?: number;
  readonly data?: unknown;
}

export interface PostedResult {
  readonly linkId: number;
  readonly url: string;
  readonly version: Version;
  readonly operation: 'commands.result' | 'chargingprofiles.result';
  readonly body: JsonObject;
}

export interface CommandOrder {
  readonly link: string;
  readonly command: 'START_SESSION' | 'STOP_SESSION';
  readonly location?: string;
  readonly evse?: string;
  readonly connector?: string;
  readonly session?: string;
  /** Of 2.3.0, or in the link's version. */
  readonly token?: JsonObject;
  readonly reference?: string;
}

/** What a partner has of its own, as far as we know it. */
export interface PartnerObjects {
  get(linkId: number, module: OwnModule, id: string): JsonObject | undefined;
  /** Some of them. */
  some(linkId: number, module: OwnModule, limit: number): Promise<readonly JsonObject[]>;
  /** The newest ones of a module that changed since (milliseconds since the epoch, real). */
  since(linkId: number, module: OwnModule, at: number): Promise<readonly JsonObject[]>;
}

/** What lasts: the state of the simulation and each open charge. */
export interface LifeStore {
  load(): { readonly state: LifeState | undefined; readonly charges: readonly Charge[] };
  saveState(state: LifeState): void;
  /** A charge under its id; undefined forgets it. */
  saveCharges(charges: ReadonlyMap<string, Charge | undefined>): void;
}

export interface LifeState {
  readonly running: boolean;
  readonly speed: number;
  readonly charges: number;
  readonly arrivals: number;
  /** Simulated milliseconds since the epoch: nothing that was told lies after it. */
  readonly simulated: number;
  /** Charges begun so far: chance is drawn by it. */
  readonly begun: number;
  readonly broken: readonly BrokenEvse[];
}

/** An EVSE that is out of order until a simulated moment, in milliseconds since the epoch. */
export interface BrokenEvse {
  readonly location: string;
  readonly evse: string;
  /** `NL-WBX`. */
  readonly party: string;
  readonly until: number;
}

/** Everything the simulation does to the world. */
export interface LifePorts {
  readonly clock: Clock;
  /** Any text: the same one draws the same charges. */
  readonly seed: string;
  readonly newId: () => string;
  readonly data: LifeData;
  readonly store: LifeStore;
  links(): readonly LifeLink[];
  ownParties(): readonly OwnParty[];
  /** Who of ours faces a link that knows one of us (2.1.1). */
  facing(link: Link): PartyId;
  send(call: LifeCall): Promise<LifeAnswer>;
  postResult(result: PostedResult): Promise<LifeAnswer>;
  /** Sends a command and waits for its result; `ok` where both said ACCEPTED. */
  command(order: CommandOrder): Promise<LifeAnswer>;
  readonly partners: PartnerObjects;
  /** To whom pushes that failed are repeated in their order: a profile, against the specification (digest 1.11). */
  readonly repeatsFailed?: (linkId: number) => boolean;
  readonly onTrouble: (what: string, error: unknown) => void;
  /** Something of the view changed. */
  readonly onChange: () => void;
}
