import type { Call } from '../../client/call.ts';
import type { Clock } from '../../clock.ts';
import type { Link } from '../../contract/link.ts';
import type { ReplayStep } from '../../contract/replay.ts';
import type { TalkPorts } from '../../flows/talk.ts';
import type { History } from '../../history/history.ts';
import { entryById } from '../../ocpi/catalogue.ts';
import type { Plan } from '../../replay/plan.ts';
import type { ReplayPorts } from '../../replay/ports.ts';
import type { RequestStep } from '../../replay/recording.ts';
import type { SandboxDesk } from '../../sandbox/beside.ts';
import type { AwaitedResults } from '../awaited-results.ts';
import type { DecisionDesk } from '../decision-desk.ts';
import type { FlowDesk } from '../flow-desk.ts';
import type { Recording } from '../recording.ts';
import type { RunDesk } from '../run-desk.ts';
import { createArrivals } from './arrivals.ts';
import { createNudging } from './nudging.ts';
import type { FindingsOf } from './replay-findings.ts';
import { createReplayFlows } from './replay-flows.ts';
import { createReplaySending } from './replay-sending.ts';
import { createSandboxPace } from './sandbox-pace.ts';

/** What a replay needs of the workbench; the same for all of them. */
export interface ReplayParts {
  readonly history: History;
  readonly runs: Pick<RunDesk, 'busyWith' | 'get' | 'watch' | 'cancel'>;
  readonly flows: Pick<FlowDesk, 'register' | 'rotate' | 'look' | 'unregister'>;
  readonly recording: Pick<Recording, 'join'>;
  readonly awaited: Pick<AwaitedResults, 'urlOf'>;
  readonly decisions: Pick<DecisionDesk, 'meanwhile'>;
  readonly sandbox: Pick<SandboxDesk, 'view' | 'charge' | 'life'>;
  readonly call: Call;
  readonly outgoingToken: TalkPorts['outgoingToken'];
  readonly findingsOf: FindingsOf;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Of one replay. */
export interface BoundReplay extends ReplayParts {
  readonly link: Pick<Link, 'id'>;
  readonly runId: number;
  readonly plan: Plan;
  readonly speed: number | 'fast';
  readonly confirmed: boolean | undefined;
  readonly tell: (step: ReplayStep) => void;
}

/**
 * Binds what a replay does to the world: calls on its link, the partner's calls to us, answers that differ meanwhile. From now
 * on what the partner sends is collected. `close` ends all of that, in whatever way the replay ended.
 */
export function bindReplay(options: BoundReplay): ReplayPorts & { close(): void } {
  const { history, recording, awaited, decisions, clock, newId, link, runId, plan, tell } = options;
  const linkId = link.id;
  const { version } = plan.surroundings;
  const arrivals = createArrivals({ history, recording, linkId, runId, clock });
  const sending = createReplaySending(options, arrivals);
  const pace = createSandboxPace({ ...options, target: plan.surroundings.link });
  const layers = new Set<() => void>();

  return {
    clock,
    newId,
    tell,
    send: sending.send,
    arrived: arrivals.next,
    responseUrl: ({ no, spoken }: RequestStep) => {
      const module = entryById(spoken.operation)?.module === 'chargingprofiles' ? 'chargingprofiles' : 'commands';
      const what = (spoken.operation.split('.')[1] ?? '').toUpperCase().replaceAll('-', '_');
      return awaited.urlOf({ module, version, what, runId, no });
    },
    answerWith(operation, policy) {
      const end = decisions.meanwhile({ linkId, operation, policy });
      layers.add(end);
      return () => {
        if (layers.delete(end)) end();
      };
    },
    nudge: createNudging(options),
    flow: createReplayFlows({ ...options, linkId }),
    findingsOf: options.findingsOf,
    close() {
      arrivals.close();
      sending.close();
      pace.end();
      for (const end of layers) end();
      layers.clear();
    },
  };
}
