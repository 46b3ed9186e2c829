import type { ExchangeFaults } from '../http/exchange.ts';
import type { Play } from '../http/line.ts';
import type { WireRequest } from '../http/wire.ts';
import type { PartyId } from '../ocpi/party-id.ts';
import type { Version } from '../ocpi/versions.ts';

/** Who makes requests go wrong on purpose, as the client asks him. */
export interface ClientFaults {
  /** Called once for each request, redirects included, when all of it is written; undefined where it leaves as it is. */
  meet(request: MetOutgoing): AlteredRequest | undefined;
}

export interface MetOutgoing {
  readonly linkId: number | undefined;
  /** Catalogue id, or `unknown`. */
  readonly operation: string;
  readonly version: Version | undefined;
  /** With every header line that will cross. */
  readonly request: WireRequest;
  readonly from: PartyId | undefined;
  readonly to: PartyId | undefined;
}

export interface AlteredRequest {
  /** The whole message, as it is now. */
  readonly message: WireRequest;
  /** What of it leaves, for the record. */
  readonly leaves: WireRequest;
  /** It leaves at once and whole, as every request does. */
  readonly usual: boolean;
  readonly play: Play;
  readonly handshake?: 'version' | 'cipher' | 'alpn';
  /** Nothing leaves, and the caller is told that it was accepted. */
  readonly withheld: boolean;
  /** It leaves so many milliseconds later, or behind the next one for the same object, while the caller is told the same. */
  readonly later?: { readonly ms: number; readonly behindNext?: boolean };
  /** It leaves again, each time so many milliseconds after the one before was over. */
  readonly again: readonly number[];
  /** Undefined where no rule had its turn. */
  readonly faults: ExchangeFaults | undefined;
}
