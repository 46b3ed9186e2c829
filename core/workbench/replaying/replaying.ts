import type { Clock } from '../../clock.ts';
import type { History } from '../../history/history.ts';
import type { SandboxDesk } from '../../sandbox/beside.ts';
import type { OwnData } from '../../server/own-data.ts';
import type { LinkDesk } from '../link-desk.ts';
import type { PlatformDesk } from '../platform.ts';
import type { PullDesk } from '../pull-desk.ts';
import type { RunDesk } from '../run-desk.ts';
import type { Serving } from '../serving.ts';
import type { TrafficImport } from '../traffic-import.ts';
import type { TransactionsDesk } from '../transactions/transactions-desk.ts';
import type { Logs } from './logged.ts';
import { createPlanning } from './planning.ts';
import { bindReplay, type ReplayParts } from './ports.ts';
import { createReplayDesk, type ReplayDesk } from './replay-desk.ts';
import { createScenarioDesk, type ScenarioDesk } from './scenario-desk.ts';
import { createSources } from './sources.ts';

export interface ReplayingParts extends ReplayParts {
  readonly history: History;
  readonly platform: PlatformDesk;
  readonly links: LinkDesk;
  readonly runs: RunDesk;
  readonly serving: Serving;
  readonly sandbox: SandboxDesk;
  readonly pulls: PullDesk;
  readonly imports: TrafficImport;
  /** Made after the replays. */
  readonly logs: () => Logs;
  readonly transactions: Pick<TransactionsDesk, 'exchangeIds'>;
  /** What we serve. */
  readonly data: OwnData;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly onTrouble: (what: string, error: unknown) => void;
  /** The operator's scenarios changed. */
  readonly onScenarios: () => void;
}

export interface Replaying {
  readonly replays: ReplayDesk;
  readonly scenarios: ScenarioDesk;
}

/** What was recorded or written down, done again with a partner. */
export function createReplaying(parts: ReplayingParts): Replaying {
  const { history, onScenarios } = parts;
  const scenarios = createScenarioDesk({ history, onChange: onScenarios });
  const planning = createPlanning({ ...parts, sources: createSources({ ...parts, scenarios }) });
  const replays = createReplayDesk({
    ...parts,
    planning,

    bind: of => bindReplay({ ...parts, ...of }),
  });
  return { replays, scenarios };
}
