import type { ContractClient } from '../bridge/bridge.ts';

export type ChargeStep = 'partner' | 'locations' | 'charge';

/** Why there is no charge, where no call failed. */
export class NoCharge extends Error {
  override readonly name = 'NoCharge';
  readonly why: 'noPartner' | 'noLocations';
  constructor(why: NoCharge['why']) {
    super(why);
    this.why = why;
  }
}

/** Enough to see a charge through within a few minutes. */
const SPEED = 60;

/**
 * A customer of ours starts a charge at the built-in partner by app, which has everything in it: a command, its result, a
 * session, a CDR. What has to be there first is brought about: the partner itself, and its locations. Rejects with the
 * contract's failures, and with NoCharge.
 */
export async function startCharge(
  client: ContractClient,
  tell: (step: ChargeStep) => void,
  signal: AbortSignal,
): Promise<void> {
  tell('partner');
  const partner = await client.sandbox.start({}, { signal });
  if (partner.link === null) throw new NoCharge('noPartner');
  const { link } = partner;
  const known = await client.objects.count({ name: link, module: 'locations' }, { signal });
  if (known.count === 0) {
    tell('locations');
    const { runId } = await client.pulls.start({ name: link, module: 'locations' }, { signal });
    let ended = 'running';
    for await (const run of await client.runs.watch({ runId }, { signal })) ended = run.state;
    if (ended !== 'done') throw new NoCharge('noLocations');
  }
  tell('charge');
  const life = await client.sandbox.life.get(undefined, { signal });
  // Whoever has chosen a speed keeps it.
  if (life.speed === 1) await client.sandbox.life.set({ speed: SPEED }, { signal });
  if (!life.running) await client.sandbox.life.resume(undefined, { signal });
  await client.life.start({ as: 'app', link }, { signal });
}
