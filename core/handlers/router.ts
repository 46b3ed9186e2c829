import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import type { Workbench } from '../workbench.ts';
import { decisionHandlers } from './decisions.ts';
import { errorHandlers } from './errors.ts';
import { eventHandlers } from './events.ts';
import { exchangeHandlers } from './exchanges.ts';
import { faultHandlers } from './faults.ts';
import { healthHandlers } from './health.ts';
import { lifeHandlers } from './life.ts';
import { linkHandlers } from './links.ts';
import { logHandlers } from './logs.ts';
import { moneyHandlers } from './money.ts';
import { objectHandlers } from './objects.ts';
import { ownHandlers } from './own.ts';
import { platformHandlers } from './platform.ts';
import { pullHandlers } from './pulls.ts';
import { replayHandlers } from './replays.ts';
import { reportHandlers } from './reports.ts';
import { runHandlers } from './runs.ts';
import { sandboxHandlers } from './sandbox.ts';
import { sendingHandlers } from './sending.ts';
import { storageHandlers } from './storage.ts';
import { transactionHandlers } from './transactions.ts';
import { workspaceHandlers } from './workspace.ts';

/** The contract over a workbench. */
export function createRouter(workbench: Workbench) {
  return implement(contract).router({
    platform: platformHandlers(workbench),
    links: linkHandlers(workbench),
    runs: runHandlers(workbench),
    exchanges: exchangeHandlers(workbench),
    pulls: pullHandlers(workbench),
    objects: objectHandlers(workbench),
    own: ownHandlers(workbench),
    sandbox: sandboxHandlers(workbench),
    decisions: decisionHandlers(workbench),
    sending: sendingHandlers(workbench),
    life: lifeHandlers(workbench),
    faults: faultHandlers(workbench),
    errors: errorHandlers(workbench),
    replays: replayHandlers(workbench),
    transactions: transactionHandlers(workbench),
    money: moneyHandlers(workbench),
    reports: reportHandlers(workbench),
    health: healthHandlers(workbench),
    logs: logHandlers(workbench),
    storage: storageHandlers(workbench),
    workspace: workspaceHandlers(workbench),
    events: eventHandlers(workbench),
  });
}

export type ContractRouter = ReturnType<typeof createRouter>;
