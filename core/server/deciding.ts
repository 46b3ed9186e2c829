import type { OcpiRequest } from './responder.ts';

/** What a call is answered. */
export type Decided =
  | {
      readonly answer: 'accept' | 'reject';
      /** What it says: `ACCEPTED`, `UNKNOWN_SESSION`, `BLOCKED`, an OCPI status code; the usual one where absent. */
      readonly result?: string;
      /** What follows an accepted one at its response_url; `none`: nothing. */
      readonly later?: string;
    }
  /** As the simulation of our own data has it. */
  | { readonly answer: 'simulate' };

export type Asking = Pick<OcpiRequest, 'entry' | 'version' | 'caller' | 'params' | 'query' | 'body' | 'signal'> & {
  readonly exchangeId: number | undefined;
};

/** Who says what partners are answered: the link's policies, and where they say so the operator. */
export interface Deciding {
  /** Whether somebody is asked: such a call is recorded as open first. */
  asks(request: Pick<Asking, 'entry' | 'caller'>): boolean;
  /** At once unless somebody is asked. `asked` tells the operator what, in one sentence. */
  decide(request: Asking, asked: () => string): Decided | Promise<Decided>;
}
