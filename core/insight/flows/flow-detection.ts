import type { FlowFinding, Observed } from '../observed.ts';
import { readingOf } from '../reading.ts';
import { createAddressFlow } from './addresses.ts';
import { createAuthorizingFlow } from './authorizing.ts';
import { createChargeFlow } from './charges.ts';
import { type Flow, sayInto } from './flow.ts';
import { createHubFlow } from './hub.ts';
import { createIdFlow } from './ids.ts';
import { createPageFailureFlow } from './page-failures.ts';
import { createPushFlow } from './pushes.ts';
import { createRegistrationFlow } from './registration.ts';
import { createResultFlow } from './results.ts';
import { createTokenFormFlow } from './token-forms.ts';
import { createUpdateFlow } from './updates.ts';
import { createVanishedFlow } from './vanished.ts';
import { createWalkFlow } from './walks.ts';

/** Detection over many exchanges of all links. What it remembers is bounded, however many there are. */
export interface FlowDetection {
  /** The next exchange, in the order of ids; what it shows, of itself or of an earlier one. */
  see(observed: Observed): FlowFinding[];
  /** What did not come until now (milliseconds since the epoch) although it was due. */
  tick(now: number): FlowFinding[];
}

/** Each exchange is to be seen once, when it is over. Never throws. */
export function createFlowDetection(): FlowDetection {
  const flows: readonly Flow[] = [
    createRegistrationFlow(),
    createTokenFormFlow(),
    createAddressFlow(),
    createWalkFlow(createVanishedFlow()),
    createPageFailureFlow(),
    createUpdateFlow(),
    createIdFlow(),
    createResultFlow(),
    createAuthorizingFlow(),
    createChargeFlow(),
    createPushFlow(),
    createHubFlow(),
  ];
  return {
    see(observed) {
      const found: FlowFinding[] = [];
      const say = sayInto(found);
      const reading = readingOf(observed);
      for (const flow of flows) flow.see(reading, say);
      return found;
    },
    tick(now) {
      const found: FlowFinding[] = [];
      const say = sayInto(found);
      for (const flow of flows) flow.tick?.(now, say);
      return found;
    },
  };
}
