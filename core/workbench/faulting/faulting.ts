import type { ClientOptions } from '../../client/call.ts';
import { createDepartures } from '../../client/departures.ts';
import type { Clock, Deadline } from '../../clock.ts';
import { createAnsweringFaults } from '../../faults/perform/answering.ts';
import { createSendingFaults } from '../../faults/perform/sending.ts';
import type { History } from '../../history/history.ts';
import type { ServerFaults } from '../../server/faulting.ts';
import type { EventHub } from '../events.ts';
import type { PlatformDesk } from '../platform.ts';
import { createFaultEngine } from './engine.ts';
import { createFaultDesk, type FaultDesk } from './fault-desk.ts';

export type { FaultDesk } from './fault-desk.ts';

export interface FaultingOptions {
  readonly history: History;
  readonly platform: Pick<PlatformDesk, 'versionsUrl' | 'config'>;
  /** Where our server listens, as partners know it; undefined while it does not. */
  readonly servedAt: () => { readonly versionsUrl: string } | undefined;
  readonly clock: Clock;
  readonly events: Pick<EventHub, 'tell'>;
  readonly onTrouble: (what: string, error: unknown) => void;
}

/** Wrong on purpose: the operator's desk, and what is at work on every exchange. */
export interface Faulting {
  readonly desk: FaultDesk;
  /** What our server asks. */
  readonly answering: ServerFaults;
  /** What our client asks. */
  readonly sending: NonNullable<ClientOptions['faulting']>;
  /** Ends what still waits to leave. */
  close(): Promise<void>;
}

/** A rule that fires with every exchange is told of as often. Milliseconds. */
const TOLD_EVERY = 250;

export function createFaulting(options: FaultingOptions): Faulting {
  const { history, platform, servedAt, clock, events, onTrouble } = options;
  const tell = () => events.tell({ kind: 'faults' });
  let telling: Deadline | undefined;
  const onFired = () => {
    telling ??= clock.deadline(TOLD_EVERY, () => {
      telling = undefined;
      tell();
    });
  };
  const engine = createFaultEngine({ history, clock, onTrouble, onFired });
  const ownVersionsUrl = () => servedAt()?.versionsUrl ?? platform.versionsUrl() ?? '';
  const departures = createDepartures({ clock, onTrouble });
  return {
    desk: createFaultDesk({ history, clock, ownVersionsUrl: platform.versionsUrl, onChange: tell }),
    answering: createAnsweringFaults({
      engine,
      clock,
      ownVersionsUrl,
      ownParties: () => platform.config().parties,
      onTrouble,
    }),
    sending: { faults: createSendingFaults({ engine, clock, ownVersionsUrl, onTrouble }), departures },
    close: () => {
      telling?.cancel();
      return departures.close();
    },
  };
}
