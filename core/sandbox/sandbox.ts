import { systemClock } from '../clock.ts';
import { done, failed, type Outcome } from '../contract/failure.ts';
import type { OwnParty, PlatformConfig } from '../contract/platform.ts';
import { type Joined, ownDatabase } from '../loopback/own.ts';
import type { Part } from '../workbench/part.ts';
import type { Workbench, WorkbenchOptions } from '../workbench.ts';
import { type Changes, createChanges, EvseStatus, type Kept, WORLD_MODULES } from './changes.ts';
import { type SandboxIdentity, type SandboxRole, settleIdentity, type WantedIdentity } from './identity.ts';
import { withLowerCaseIds } from './lower-case-ids.ts';
import { PROFILES } from './profiles.ts';
import { createWorld, type World } from './world/world.ts';
import { worldData } from './world-data.ts';

export interface SandboxOptions extends WantedIdentity, Pick<WorkbenchOptions, 'keyStore' | 'clock'> {
  /** Its own database; a new one is made. */
  readonly file: string;
  /** All of them where never said. */
  readonly versions?: PlatformConfig['versions'];
  /** A free one, kept from then on, where never said. */
  readonly port?: number;
  /** What is to be done before anybody can reach it; it does not start where that fails. */
  readonly prepare?: (workbench: Workbench) => Outcome<unknown>;
}

/** A second platform: its own identity and database, real HTTP, a seeded world to serve. */
export interface Sandbox extends Required<Joined>, Pick<Changes, 'setStatus' | 'touch'> {
  readonly identity: SandboxIdentity;
  readonly world: World;
  readonly versionsUrl: string;
  readonly port: number;
}

/** Pages of a world can be made again: a pull of a million locations shall not leave two gigabytes behind. */
const ANSWER_KEPT = 64 * 1024;

/** Opens a sandbox and listens. Settings that are not given stay as they were when it was open last. */
export async function openSandbox(options: SandboxOptions): Promise<Outcome<Sandbox>> {
  const { file, keyStore, clock = systemClock, versions, port } = options;
  let play: Play | undefined;
  const opened = await ownDatabase({
    file,
    clock,
    ...(keyStore === undefined ? {} : { keyStore }),
    part: kept => {
      const prepared = preparePlay(kept, { options, now: clock.now });
      if (!prepared.ok) return prepared;
      play = prepared.value;
      return done(play.part);
    },
  });
  if (!opened.ok) return opened;
  if (play === undefined) throw new Error('a workbench opened without taking its part');
  const { workbench, close } = opened.value;
  const { identity, world, changes } = play;
  const config = workbench.platform.configure({
    parties: partiesOf(world, identity.roles),
    ...(versions === undefined ? {} : { versions: [...versions] }),
    ...(port === undefined ? {} : { port }),
  });
  const prepared = config.ok ? (options.prepare?.(workbench) ?? config) : config;
  const serving = prepared.ok ? await workbench.serving.start() : prepared;
  if (!serving.ok) {
    await close();
    return serving;
  }
  const { setStatus, touch } = changes;
  return done({ ...opened.value, ...serving.value, identity, world, setStatus, touch });
}

interface Play {
  readonly identity: SandboxIdentity;
  readonly world: World;
  readonly changes: Changes;
  readonly part: Part;
}

function preparePlay(
  kept: Kept,
  { options, now }: { readonly options: SandboxOptions; readonly now: () => number },
): Outcome<Play> {
  const { seed, locations, countries, profile, roles } = options;
  const wanted = { seed, locations, countries, profile, roles, now: options.now };
  const settled = settleIdentity(kept, { wanted, now: now() });
  if (!settled.ok) return settled;
  const identity = settled.value;
  const world = createWorld({
    seed: identity.seed,
    locations: identity.locations,
    now: identity.now,
    ...(identity.countries === undefined ? {} : { countries: identity.countries }),
  });
  const changes = createChanges({ world, kept, now, since: identity.now });
  const { manners, pageLimits, lowerCaseIds, pushQueue, authorizeAfterMs } = PROFILES[identity.profile];
  const data = worldData(world, changes);
  return done({
    identity,
    world,
    changes,
    part: {
      data: lowerCaseIds ? withLowerCaseIds(data) : data,
      modules: WORLD_MODULES,
      life: {
        seed: identity.seed,
        repeatsFailed: pushQueue !== undefined,
        authorizeAfterMs,
        setStatus: ({ at, status, ...evse }) => {
          const known = EvseStatus.safeParse(status);
          if (!known.success) return failed('INVALID_INPUT', `${status} is no status of an EVSE`, 'AVAILABLE is one.');
          return changes.setStatus({ ...evse, status: known.data, at: at * 1000 });
        },
      },
      answerKept: ANSWER_KEPT,
      ...(pageLimits === undefined ? {} : { pageLimit: module => pageLimits[module] }),
      ...(manners === undefined ? {} : { manners }),
    },
  });
}

/** Each company of the world is a party of the platform. */
function partiesOf({ operators, providers }: World, roles: readonly SandboxRole[]): OwnParty[] {
  return roles.flatMap(role =>
    (role === 'CPO' ? operators : providers).map(({ countryCode, partyId, name }) => ({
      countryCode,
      partyId,
      role,
      name,
    })),
  );
}

/** A token A for whoever comes next; a guest that has registered stays, and the next one gets another link. */
export async function inviteGuest({
  workbench,
}: Pick<Sandbox, 'workbench'>): Promise<Outcome<{ readonly token: string }>> {
  const links = workbench.links.list();
  for (let number = 1; number <= links.length + 1; number++) {
    const name = number === 1 ? 'guest' : `guest ${number}`;
    const known = links.find(link => link.name === name);
    if (known === undefined || known.state === 'invited' || known.state === 'unregistered')
      return workbench.flows.invite({ name });
  }
  return failed('OPERATION_FAILED', 'there is no name left for a guest', 'Remove links of guests that are gone.');
}
