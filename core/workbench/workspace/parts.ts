import type { Clock } from '../../clock.ts';
import type { History } from '../../history/history.ts';
import type { FaultDesk } from '../faulting/faulting.ts';
import type { LinkDesk } from '../link-desk.ts';
import type { OwnDesk } from '../own-desk.ts';
import type { PlatformDesk } from '../platform.ts';
import type { PullSchedules } from '../pull-schedules.ts';
import type { ScenarioDesk } from '../replaying/scenario-desk.ts';

/** What a workspace is made of. */
export interface WorkspaceParts {
  readonly history: History;
  readonly platform: PlatformDesk;
  readonly links: LinkDesk;
  readonly faults: FaultDesk;
  readonly scenarios: ScenarioDesk;
  readonly own: OwnDesk;
  readonly schedules: Pick<PullSchedules, 'of' | 'put' | 'follow'>;
  readonly clock: Clock;
  /** Whatever shows links, rules, scenarios or own data may be old. */
  readonly onChange: () => void;
}
