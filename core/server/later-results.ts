import type { Finding } from '../ocpi/findings.ts';
import type { Routing } from '../ocpi/routing.ts';
import type { Version } from '../ocpi/versions.ts';

/** What came of a command or charging profile, to be posted where the partner wants to have it (digest 6.6, 6.7). */
export interface LaterResult {
  readonly linkId: number;
  readonly version: Version;
  readonly operation: 'commands.result' | 'chargingprofiles.result';
  /** The response_url, called byte for byte (T11). */
  readonly url: string;
  /** Sent as it is: the bare object, without an envelope (T5). */
  readonly body: unknown;
  /** From us to who asked; of our own and the partner's parties where absent. */
  readonly routing?: Routing;
}

/** Where results go out. Nothing here throws or waits. */
export interface LaterResults {
  /** What can be said of a response_url before anything is sent there. */
  judge(to: Pick<LaterResult, 'linkId' | 'url'>): readonly Finding[];
  post(result: LaterResult): void;
}
