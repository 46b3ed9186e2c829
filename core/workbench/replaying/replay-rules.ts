import { failed, type Outcome } from '../../contract/failure.ts';
import type { Link } from '../../contract/link.ts';
import type { Plan } from '../../replay/plan.ts';
import { askFirst } from '../link-desk.ts';
import { refusal } from '../resend-rules.ts';

export interface Beginning {
  readonly link: Link;
  readonly plan: Plan;
  readonly confirmed: boolean | undefined;
}

/** Flows that leave everything at the partner as it is. */
const HARMLESS_FLOW = 'look';

/** Why a replay must not begin, or not before it is confirmed: what holds for a single request holds for all of it. */
export function refuseReplay(
  { link, plan, confirmed }: Beginning,
  busyWith: (linkId: number) => number | undefined,
): Outcome<never> | undefined {
  const { writes } = plan.view;
  const registers = plan.steps.some(step => step.kind === 'flow' && step.flow !== HARMLESS_FLOW);
  const many = writes === 1 ? '1 request' : `${writes} requests`;
  const what = `${many} of the replay ${writes === 1 ? 'changes' : 'change'} something there`;
  // A link that the replay itself registers is in none of the states that a request needs.
  if (registers && ['new', 'invited', 'unregistered'].includes(link.state)) {
    const busy = busyWith(link.id);
    if (busy === undefined) return askFirst(link, confirmed, what);
    return failed('BUSY', `run ${busy} is busy with ${link.name}`, 'Wait for it to end, or cancel it.');
  }
  return refusal(
    {
      link,
      method: writes > 0 ? 'PUT' : 'GET',
      url: link.versionsUrl ?? '',
      operation: 'replay',
      toPartner: true,
      what,
      confirmed,
    },
    busyWith,
  );
}
