import type { Clock } from '../clock.ts';
import type { Outcome } from '../contract/failure.ts';
import type { History } from '../history/history.ts';
import { createHealthDesk, type HealthDesk } from './health/health-desk.ts';
import type { LinkDesk } from './link-desk.ts';
import { createMoneyDesk, type MoneyDesk } from './money/money-desk.ts';
import type { PullSchedules } from './pull-schedules.ts';
import { createFactsDesk } from './reports/facts-desk.ts';
import { createReportsDesk, type ReportsDesk } from './reports/reports-desk.ts';
import type { TransactionsDesk } from './transactions/transactions-desk.ts';

/** What is worked out of everything that partners told: bills, reports, and how links are. */
export interface Figuring {
  readonly money: MoneyDesk;
  readonly reports: ReportsDesk;
  readonly health: HealthDesk;
}

export interface FiguringParts {
  readonly history: History;
  readonly links: LinkDesk;
  readonly schedules: PullSchedules;
  readonly transactions: TransactionsDesk;
  readonly clock: Clock;
  readonly onTrouble: (what: string, error: unknown) => void;
  readonly tell: (happened: { readonly kind: 'health' }) => void;
  readonly onlyWhenAsked: boolean;
}

export interface FiguringMade {
  readonly desks: Figuring;
  /** What was derived of objects is dropped, after whatever else is, and derived anew of what is stored by now. */
  anew(before: () => Promise<Outcome<undefined>>): Promise<Outcome<undefined>>;
  /** Before the history is closed. */
  close(): Promise<void>;
}

export function createFiguring(parts: FiguringParts): FiguringMade {
  const money = createMoneyDesk(parts);
  const facts = createFactsDesk(parts);
  const reports = createReportsDesk({ ...parts, facts });
  const health = createHealthDesk({ ...parts, facts, onChange: () => parts.tell({ kind: 'health' }) });
  return {
    desks: { money, reports, health },
    async anew(before) {
      const others = await before();
      return others.ok ? facts.anew() : others;
    },
    close: async () => {
      await Promise.all([money.close(), health.close()]);
      // The others ask it.
      await facts.close();
    },
  };
}
