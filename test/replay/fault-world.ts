import type { ExchangeView } from '../../core/contract/exchange.ts';
import type { VersionName } from '../../core/contract/platform.ts';
import type { ReplayStep } from '../../core/contract/replay.ts';
import type { SendInput } from '../../core/contract/sending.ts';
import { endOf, newName, register, type TestPlatform } from '../support/platform.ts';

/** Two workbenches registered with each other: we replay, and the partner has its faults armed. */
export interface FaultWorld {
  readonly us: TestPlatform;
  readonly partner: TestPlatform;
  /** Of the link, on both sides. */
  readonly name: string;
}

export type Sent = Omit<SendInput, 'name'>;

/** What is recorded, and what the partner does by itself when it is replayed. */
export interface Scene {
  /** Exchanges of ours, oldest first. */
  readonly ids: readonly number[];
  readonly meanwhile?: () => Promise<void>;
}

/** What came of a replay. */
export interface Played {
  /** Steps that are not as recorded. */
  readonly told: readonly { readonly no: number; readonly text: string }[];
  /** Numbers of the steps whose exchange is one in which a fault of the partner's was at work; what reached no step is named. */
  readonly hit: readonly (number | string)[];
  readonly steps: readonly ReplayStep[];
}

export async function meetIn(us: TestPlatform, partner: TestPlatform, version: VersionName): Promise<FaultWorld> {
  const name = newName();
  const { token, versionsUrl } = await us.client.links.invite({ name });
  await partner.client.links.add({ name, versionsUrl, token });
  const run = await register(partner, { name, version });
  if (run.state !== 'done') throw new Error(`the registration ended as ${run.state}`);
  return { us, partner, name };
}

/** Sends with the workbench of one side; the ids of its exchanges, oldest first. */
export async function send({ client }: TestPlatform, name: string, sent: Sent): Promise<number[]> {
  const before = await newest(client, name);
  await client.sending.send({ name, ...sent });
  return since(client, name, before);
}

export async function newest(client: TestPlatform['client'], link: string): Promise<number> {
  return (await client.exchanges.list({ link, limit: 1 }))[0]?.id ?? 0;
}

/** Exchanges that are newer than one, oldest first. */
export async function since(client: TestPlatform['client'], link: string, id: number): Promise<number[]> {
  const made = await client.exchanges.list({ link, limit: 50 });
  return made.flatMap(one => (one.id > id ? [one.id] : [])).reverse();
}

/** Replays a scene to the end, and looks with the partner where its faults were at work. */
export async function playScene(world: FaultWorld, { ids, meanwhile }: Scene, waits = false): Promise<Played> {
  const { us, partner, name } = world;
  const before = await newest(partner.client, name);
  const source = { kind: 'exchanges' as const, ids: [...ids] };
  const started = await us.client.replays.start({ to: name, source, play: 'ours', speed: 'fast', wait: 1 });
  await meanwhile?.();
  await endOf(us, started);
  const { steps } = await us.client.replays.steps({ ...started, limit: 500 });
  const told = steps.flatMap(step =>
    step.verdict === 'same'
      ? []
      : [
          {
            no: step.no,
            text: `${step.no} ${step.kind} ${step.operation} ${step.verdict}: ${step.reason} ${step.differences.map(d => `${d.layer} ${d.where} ${d.meaning}`).join('; ')}`,
          },
        ],
  );
  const hit: (number | string)[] = [];
  for (const made of await stamped(world, before, waits)) {
    hit.push((await stepOf(world, steps, made)) ?? `${made.operation} ${made.requestId}`);
  }
  return { told, hit: hit.sort(), steps };
}

/** Exchanges of the partner in which a fault was at work; what it keeps back for long is recorded when it has left. */
async function stamped(
  { partner: { client }, name }: FaultWorld,
  before: number,
  waits: boolean,
): Promise<ExchangeView[]> {
  for (let tries = waits ? 100 : 1; ; tries--) {
    const made = await Promise.all((await since(client, name, before)).map(id => client.exchanges.get({ id })));
    const hit = made.filter(({ fault }) => fault?.firings.some(({ applied }) => applied));
    if (hit.length > 0 || tries <= 1) return hit;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

/** The step in which an exchange of the partner's came to us: by its id, else by what is missing. */
async function stepOf(
  { us }: FaultWorld,
  steps: readonly ReplayStep[],
  { requestId, operation }: ExchangeView,
): Promise<number | undefined> {
  for (const step of steps) {
    for (const id of step.exchangeIds) {
      const met = await us.client.exchanges.get({ id });
      if (met.requestId !== null && met.requestId === requestId) return step.no;
    }
  }
  const candidates = steps.filter(step => step.operation === operation);
  return (
    candidates.find(({ verdict }) => verdict === 'missing') ?? (candidates.length === 1 ? candidates[0] : undefined)
  )?.no;
}
