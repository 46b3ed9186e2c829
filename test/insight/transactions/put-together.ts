import type { TransactionView } from '../../../core/contract/transaction.ts';
import type { Charge } from '../../../core/insight/transactions/charge.ts';
import { createGathering } from '../../../core/insight/transactions/gathering.ts';
import { stateAt } from '../../../core/insight/transactions/state.ts';
import { viewOf } from '../../../core/insight/transactions/view.ts';
import { BEGIN, type LiteralExchange, observed } from '../../support/observed.ts';
import { createMapStore } from './map-store.ts';

export interface PutTogether {
  /** Places of the exchanges of each charge, in the order in which charges began. */
  readonly groups: number[][];
  readonly charges: readonly Charge[];
  /** `2 its response_url` */
  readonly why: string[];
  view(place?: number, minute?: number): TransactionView;
  state(place?: number, minute?: number): string;
}

/** What is made of exchanges that were recorded in this order. */
export function putTogether(literals: readonly LiteralExchange[]): PutTogether {
  const store = createMapStore();
  const gathering = createGathering(store);
  const exchanges = literals.map(observed);
  for (const one of exchanges) gathering.see(one);
  const charges = [...store.charges()].sort((left, right) => left.id - right.id);
  const placeOf = new Map(exchanges.map(({ id }, place) => [id, place]));
  const membersOf = (charge: Charge | undefined) =>
    store
      .members()
      .filter(({ chargeId }) => chargeId === charge?.id)
      .sort((left, right) => left.exchangeId - right.exchangeId);
  const chargeAt = (place: number): Charge => {
    const charge = charges[place];
    if (charge === undefined) throw new Error(`there are ${charges.length} charges`);
    return charge;
  };
  return {
    charges,
    groups: charges.map(charge => membersOf(charge).map(({ exchangeId }) => placeOf.get(exchangeId) ?? -1)),
    why: store.members().map(({ exchangeId, why }) => `${placeOf.get(exchangeId)} ${why}`),
    view(place = 0, minute = 60) {
      const charge = chargeAt(place);
      const belonging = membersOf(charge).flatMap(({ exchangeId, why }) => {
        const one = exchanges[placeOf.get(exchangeId) ?? -1];
        return one === undefined ? [] : [{ observed: one, why }];
      });
      return viewOf({
        charge,
        belonging,
        now: BEGIN + minute * 60_000,
        sessionsSince: store.sessionsSince(charge.scope),
      });
    },
    state(place = 0, minute = 60) {
      const { state, open } = stateAt(chargeAt(place), BEGIN + minute * 60_000);
      return `${state}${open ? ', open' : ''}`;
    },
  };
}
