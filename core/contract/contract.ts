import { decisionsContract } from './decisions.ts';
import { errorsContract } from './errors.ts';
import { eventsContract } from './events.ts';
import { exchangesContract } from './exchanges.ts';
import { faultsContract } from './faults.ts';
import { healthContract } from './health.ts';
import { lifeContract } from './life.ts';
import { linksContract } from './links.ts';
import { logsContract } from './logs.ts';
import { moneyContract } from './money.ts';
import { objectsContract } from './object-store.ts';
import { ownContract } from './own.ts';
import { platformContract } from './platform.ts';
import { pullsContract } from './pulls.ts';
import { replaysContract } from './replays.ts';
import { reportsContract } from './reports.ts';
import { runsContract } from './runs.ts';
import { sandboxContract } from './sandbox.ts';
import { sendingContract } from './sending.ts';
import { storageContract } from './storage.ts';
import { transactionsContract } from './transactions.ts';
import { workspaceContract } from './workspace.ts';

/** Everything a face may ask of the core. */
export const contract = {
  platform: platformContract,
  links: linksContract,
  runs: runsContract,
  exchanges: exchangesContract,
  pulls: pullsContract,
  objects: objectsContract,
  own: ownContract,
  sandbox: sandboxContract,
  decisions: decisionsContract,
  sending: sendingContract,
  life: lifeContract,
  faults: faultsContract,
  errors: errorsContract,
  transactions: transactionsContract,
  money: moneyContract,
  reports: reportsContract,
  health: healthContract,
  replays: replaysContract,
  logs: logsContract,
  storage: storageContract,
  workspace: workspaceContract,
  events: eventsContract,
};
