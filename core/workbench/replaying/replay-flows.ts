import type { Outcome } from '../../contract/failure.ts';
import type { Link } from '../../contract/link.ts';
import type { History } from '../../history/history.ts';
import type { ReplayPorts } from '../../replay/ports.ts';
import type { FlowDesk } from '../flow-desk.ts';
import type { RunDesk } from '../run-desk.ts';

export interface ReplayFlowsOptions {
  readonly flows: Pick<FlowDesk, 'register' | 'rotate' | 'look' | 'unregister'>;
  readonly runs: Pick<RunDesk, 'get' | 'watch' | 'cancel'>;
  readonly history: Pick<History, 'links'>;
  readonly linkId: number;
  readonly confirmed: boolean | undefined;
}

/** A registration and its like in the middle of a replay: a run of its own, waited for. */
export function createReplayFlows(options: ReplayFlowsOptions): ReplayPorts['flow'] {
  const { flows, runs, history, linkId, confirmed } = options;
  const start = (flow: Parameters<ReplayPorts['flow']>[0], link: Link): Outcome<number> => {
    const { name } = link;
    const isRegistered = link.state === 'registered' || link.state === 'adopted';
    if (flow === 'look') return flows.look({ name });
    if (flow === 'rotate') return flows.rotate({ name, confirmed });
    if (flow === 'unregister') return flows.unregister({ name, confirmed });
    // Who is registered already registers anew in the version it has.
    return flows.register({ name, confirmed, ...(isRegistered && { version: link.version }) });
  };
  return async (flow, signal) => {
    const link = history.links.get(linkId);
    if (link === undefined) return { ok: false, reason: 'the link was removed', exchangeIds: [] };
    const started = start(flow, link);
    if (!started.ok) {
      const { message, advice } = started.failure;
      return { ok: false, reason: `${message}. ${advice}`, exchangeIds: [] };
    }
    const id = started.value;
    const cancel = () => void runs.cancel(id);
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    for await (const run of runs.watch(id)) if (run.state !== 'running') break;
    signal.removeEventListener('abort', cancel);
    const run = runs.get(id);
    const exchangeIds = run?.steps.flatMap(step => step.exchangeIds) ?? [];
    return { ok: run?.state === 'done', reason: run?.result?.summary ?? 'it did not end', exchangeIds };
  };
}
