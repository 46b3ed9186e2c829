import { describe, expect, it } from 'vitest';
import type { VersionName } from '../../core/contract/platform.ts';
import { FAULT_KINDS } from '../../core/faults/catalogue.ts';
import { endOf, sharedPlatform, type TestPlatform } from '../support/platform.ts';
import { inRoles } from '../support/registered-partner.ts';
import { isConfiguration, recordScene, SHOWN, shownBy } from './fault-scenes.ts';
import { type FaultWorld, meetIn, type Played, playScene, type Scene } from './fault-world.ts';

const ours = sharedPlatform({ parties: inRoles('WBX', ['CPO', 'EMSP']) });
const theirs = sharedPlatform({ parties: inRoles('VLT', ['CPO', 'EMSP']) });
const worlds = new Map<string, Promise<FaultWorld>>();
const scenes = new Map<string, Promise<Scene>>();

/** Kinds by which nothing changes that a replay could see, and why. */
const UNSEEN: Readonly<Record<string, string>> = {
  'object.last-updated-touched': 'moments are other ones in each replay, and nothing else is changed',
  'transport.tls-refused': 'there is no TLS to refuse on this link',
};
const ALL = FAULT_KINDS.filter(kind => !isConfiguration(kind));
/** A third of them each time, all of them with OCPI_WORKBENCH_TEST_ALL=1; three seeds that follow one another show each kind. */
const SHARE = process.env['OCPI_WORKBENCH_TEST_ALL'] === '1' ? 1 : 3;
const SEED = Number(process.env['OCPI_WORKBENCH_TEST_SEED'] ?? Date.now() % 1_000_000);
const KINDS = ALL.filter((_, at) => (at + SEED) % SHARE === 0);

function worldOf(version: VersionName): Promise<FaultWorld> {
  const made = worlds.get(version) ?? open(version);
  worlds.set(version, made);
  return made;
}

let filled: Promise<void> | undefined;

async function open(version: VersionName): Promise<FaultWorld> {
  filled ??= fill((await theirs()).client);
  await filled;
  const world = await meetIn(await ours(), await theirs(), version);
  // So that there is an old token.
  await endOf(world.partner, await world.partner.client.runs.rotate({ name: world.name }));
  return world;
}

/** What the partner serves. */
async function fill(client: TestPlatform['client']): Promise<void> {
  for (const module of ['locations', 'tariffs', 'tokens', 'cdrs'] as const) {
    await client.own.generate({ module, version: '2.2.1', count: module === 'cdrs' ? 30 : 12, seed: 'faults' });
  }
}

function sceneOf(world: FaultWorld, kind: (typeof FAULT_KINDS)[number]): Promise<Scene> {
  const { sample } = kind;
  const shown = SHOWN[kind.kind] ?? {};
  const key = JSON.stringify([
    sample.operation.startsWith('commands.') || sample.direction,
    sample.version,
    sample.operation.startsWith('commands.') ? '' : (shown.operation ?? sample.operation),
    shown.query ?? sample.query,
  ]);
  const made = scenes.get(key) ?? recordHealthy(world, kind);
  scenes.set(key, made);
  return made;
}

async function recordHealthy(world: FaultWorld, kind: (typeof FAULT_KINDS)[number]): Promise<Scene> {
  const scene = await recordScene(world, kind.sample, SHOWN[kind.kind] ?? {});
  const { told } = await playScene(world, scene);
  expect(told).toEqual([]);
  return scene;
}

describe(`one fault of the partner at a time, ${KINDS.length} of ${ALL.length}, OCPI_WORKBENCH_TEST_SEED=${SEED}`, () => {
  it.each(KINDS.map(kind => ({ name: kind.kind, kind })))(
    '$name is found where it was, and nowhere else',
    async ({ name, kind }) => {
      const { sample } = kind;
      const { parameters = {}, when = {}, anywhere = false, felt } = SHOWN[name] ?? {};
      const world = await worldOf(sample.version);
      const scene = await sceneOf(world, kind);
      const { client } = world.partner;
      const scope = kind.refuseHandshake
        ? {}
        : { direction: sample.direction, ...(!anywhere && { operation: shownBy(kind) }) };
      await client.faults.add({ kind: name, parameters: { ...parameters }, scope, when });
      let played: Played;
      try {
        played = await playScene(world, scene, UNSEEN[name] === undefined);
      } finally {
        await client.faults.remove({ all: true });
      }
      if (UNSEEN[name] !== undefined) {
        expect(played.told).toEqual([]);
        // The one was at work all the same, the other met nothing.
        expect(played.hit.length > 0).toBe(kind.refuseHandshake === undefined);
        return;
      }
      expect(played.hit.length).toBeGreaterThan(0);
      const where =
        felt === undefined ? played.hit : played.steps.flatMap(step => (step.operation === felt ? [step.no] : []));
      const told = played.told.map(({ no }) => no);
      expect(stepsIn(told, played)).toEqual(stepsIn(where, played));
    },
    30_000,
  );
});

/** Steps by number; what came once more, or as something else, counts for the step it was to be. */
function stepsIn(numbersOf: readonly (number | string)[], { steps, hit }: Played): (number | string)[] {
  const missing = steps.find(({ verdict }) => verdict === 'missing');
  const all = numbersOf.map(no => {
    const extra = steps.find(step => step.no === no && step.kind === 'extra');
    if (extra === undefined) return no;
    const doubled = steps.find(step => step.no !== no && step.operation === extra.operation && hit.includes(step.no));
    return missing?.no ?? doubled?.no ?? no;
  });
  return [...new Set(all)].sort();
}
