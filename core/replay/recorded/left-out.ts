import type { RecordedExchange } from '../from-exchanges.ts';

export interface LeftOut {
  /** True for what can be replayed; what cannot be is remembered with the reason. */
  keeps(exchange: RecordedExchange, ours: boolean): boolean;
  leave(exchangeIds: readonly number[], why: string): void;
  /** One sentence for each reason. */
  notes(): string[];
}

const SEALED = '{token:';
const MOST_NAMED = 5;

/** Which exchanges of a source are no part of a replay, and why. */
export function createLeftOut(): LeftOut {
  const reasons = new Map<string, number[]>();
  const leave = (exchangeIds: readonly number[], why: string): void => {
    const ids = reasons.get(why);
    if (ids === undefined) reasons.set(why, [...exchangeIds]);
    else ids.push(...exchangeIds);
  };
  return {
    leave,
    keeps(exchange, ours) {
      const why = reasonFor(exchange, ours);
      if (why !== undefined) leave([exchange.exchangeId], why);
      return why === undefined;
    },
    notes: () => Array.from(reasons, ([why, ids]) => `${named(ids)} left out: ${why}.`),
  };
}

function reasonFor({ operation, version, request, url }: RecordedExchange, ours: boolean): string | undefined {
  if (version === undefined) return 'the OCPI version is not known';
  if (operation === 'unknown' && !ours)
    return 'nobody can tell when something that is no operation of OCPI comes again';
  if (request.shortened) return 'only a beginning of the body is kept';
  if (request.length > 0 && request.text === undefined) return 'the body is no text';
  if (request.text?.includes(SEALED) || url.includes(SEALED)) {
    return 'a credentials token stands in it, and those are not kept in clear';
  }
  return undefined;
}

function named(ids: readonly number[]): string {
  if (ids.length === 1) return `Exchange ${ids[0]} is`;
  const first = ids.slice(0, MOST_NAMED).join(', ');
  return `Exchanges ${first}${ids.length > MOST_NAMED ? ` and ${ids.length - MOST_NAMED} more` : ''} are`;
}
