import type { ObjectChange, PullResult } from '../../contract/objects.ts';
import type { Scene } from './scene.ts';
import { endOf, type Stage } from './stage.ts';

const LINK = 'partner 2.2.1 - added';
const NAMED_OPERATORS = 3;

/** The partner's locations are taken over, one EVSE changes over there, and the second pull tells which. */
export async function pullTwice(stage: Stage): Promise<Scene[]> {
  const { partner } = stage;
  const total = partner.world.counts.locations;
  const first = await pull(stage);
  const { objects } = await stage.us.client.objects.list({ name: LINK, module: 'locations', limit: 10_000 });
  const owners = [...new Set(objects.map(({ party }) => party))];
  const scenes: Scene[] = [
    {
      title: `${total} locations, checked and kept`,
      ok: first.ok && first.added === total && objects.length === total,
      lines: [
        first.summary,
        `of ${owners.slice(0, NAMED_OPERATORS).join(', ')}${owners.length > NAMED_OPERATORS ? ' and others' : ''}`,
      ],
    },
  ];

  const location = partner.world.location(0, '2.2.1');
  const evse = location.evses?.find(({ status }) => status !== 'OUTOFORDER');
  if (evse === undefined) throw new Error('the first location of the tour has an EVSE');
  const changed = partner.setStatus({ location: location.id, evse: evse.uid, status: 'OUTOFORDER' });
  const second = await pull(stage);
  const changes = await stage.us.client.objects.changes({ name: LINK, module: 'locations' });
  const seen = changes.find(({ id }) => id === location.id);
  scenes.push({
    title: 'one EVSE breaks down over there: the second pull shows what changed',
    ok: changed.ok && second.ok && second.changed === 1 && hasStatus(seen, 'OUTOFORDER'),
    lines: [
      second.summary,
      `${location.name ?? location.id} (${location.id}):`,
      ...(seen?.changes ?? []).map(
        ({ pointer, before, after }) => `${pointer}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`,
      ),
    ],
  });
  return scenes;
}

async function pull({ us }: Stage): Promise<PullResult> {
  const started = await us.client.pulls.start({ name: LINK, module: 'locations', pageSize: 50 });
  await endOf(us, started);
  return us.client.pulls.result(started);
}

function hasStatus(change: ObjectChange | undefined, status: string): boolean {
  return change?.changes.some(({ pointer, after }) => pointer.endsWith('/status') && after === status) ?? false;
}
