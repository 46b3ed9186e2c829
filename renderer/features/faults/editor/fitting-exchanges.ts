import type { ExchangeSummary } from '../../../../core/contract/exchange.ts';
import type { FaultDirection, FaultScope } from '../../../../core/contract/fault.ts';
import { entryById } from '../../../../core/ocpi/catalogue.ts';

export interface Fitting {
  /** Of the kind; null: any operation. */
  readonly directions: readonly FaultDirection[];
  readonly operations: readonly string[] | null;
  readonly scope: FaultScope;
}

const OFFERED = 12;

/** Exchanges a rule could have met, newest first: by what its kind can apply to, and by what its scope says of operations. */
export function fittingExchanges(
  rows: readonly ExchangeSummary[],
  { directions, operations, scope }: Fitting,
): readonly ExchangeSummary[] {
  return rows
    .filter(({ direction, operation, version }) => {
      const speaking: FaultDirection = direction === 'in' ? 'answer' : 'send';
      if (!directions.includes(speaking) || (scope.direction ?? speaking) !== speaking) return false;
      if (operations !== null && !operations.includes(operation)) return false;
      if (scope.operation !== undefined && scope.operation !== operation) return false;
      const entry = entryById(operation);
      if (scope.module !== undefined && scope.module !== entry?.module) return false;
      if (scope.side !== undefined && scope.side !== entry?.interface) return false;
      return scope.version === undefined || scope.version === version;
    })
    .slice(0, OFFERED);
}
