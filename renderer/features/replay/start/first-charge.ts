import type { ScenarioSummary } from '../../../../core/contract/scenario.ts';
import type { ContractClient } from '../../../bridge/bridge.ts';

/** Cards of ours that may charge: one is enough. */
const TOKENS = 5;

/** The one called so, else the first that is about one; of ours, for that is known to go well. */
export function chargeAmong(scenarios: readonly ScenarioSummary[]): ScenarioSummary | undefined {
  const ours = scenarios.filter(one => one.ours);
  return ours.find(({ name }) => name === 'charge') ?? ours.find(({ name }) => name.startsWith('charge'));
}

/**
 * What a charge needs: the built-in partner, what it has for charging, and a card of ours. What is there is left as it is.
 * Resolves with the link's name, or undefined where the two could not be registered; rejects with the contract's failure.
 */
export async function readyForCharge(client: ContractClient): Promise<string | undefined> {
  const { link } = await client.sandbox.start({});
  if (link === null) return undefined;
  const { count } = await client.objects.count({ name: link, module: 'locations' });
  if (count === 0) {
    const { runId } = await client.pulls.start({ name: link, module: 'locations' });
    for await (const run of await client.runs.watch({ runId })) if (run.state !== 'running') break;
  }
  const { total } = await client.own.list({ module: 'tokens', limit: 1 });
  if (total === 0) await client.own.generate({ module: 'tokens', count: TOKENS });
  return link;
}
