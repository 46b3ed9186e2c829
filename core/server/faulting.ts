import type { ExchangeFaults } from '../http/exchange.ts';
import type { Play } from '../http/line.ts';
import type { WireRequest, WireResponse } from '../http/wire.ts';
import type { Version } from '../ocpi/versions.ts';

/** Who makes answers go wrong on purpose, as this server asks him. */
export interface ServerFaults {
  /** Called once for each request, when all of it is known; undefined where nobody has an eye on it. */
  meet(met: MetRequest): FaultsAtCall | undefined;
  /** Called for each connection to a TLS port, before its handshake; undefined lets it in. */
  connect(): RefusedHandshake | undefined;
}

export interface MetRequest {
  readonly linkId: number | undefined;
  /** Catalogue id, or `unknown`. */
  readonly operation: string;
  readonly version: Version | undefined;
  /** Values of the path's placeholders, percent-decoded once. */
  readonly params: Readonly<Record<string, string>>;
  readonly request: WireRequest;
  /** Who asks, `NL-TNM`, as routed. */
  readonly party: string | undefined;
  /** Routing parties of the answer, `NL-TNM`. */
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** What happens to one call. */
export interface FaultsAtCall {
  /** Before the answer is worked out. An answer given here is all there is: nothing is done. */
  before(query: string): { readonly query: string } | { readonly answer: WireResponse };
  /** `planned`: whether this is what would be answered; not so for an answer that `before` gave. */
  alter(answer: WireResponse, planned: boolean): AlteredAnswer;
}

export interface AlteredAnswer {
  /** The whole message, as it is now. */
  readonly message: WireResponse;
  /** What of it will have left; undefined where not even its head does. */
  readonly leaves: WireResponse | undefined;
  /** It leaves at once and whole, as every answer does. */
  readonly usual: boolean;
  /** What follows upon it goes first. */
  readonly followUpFirst: boolean;
  readonly play: Play;
  /** Undefined where no rule had its turn. */
  readonly faults: ExchangeFaults | undefined;
}

export interface RefusedHandshake {
  readonly by: 'alert' | 'close' | 'reset';
  readonly faults: ExchangeFaults;
}
