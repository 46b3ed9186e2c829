import type { Clock } from '../../clock.ts';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { Link } from '../../contract/link.ts';
import type { History } from '../../history/history.ts';
import type { KeptReplay } from '../../history/replays.ts';
import type { Version } from '../../ocpi/versions.ts';
import type { Plan } from '../../replay/plan.ts';
import { planReplay } from '../../replay/plan-replay.ts';
import type { Recording } from '../../replay/recording.ts';
import type { Surroundings } from '../../replay/surroundings.ts';
import type { SandboxDesk } from '../../sandbox/beside.ts';
import type { LinkDesk } from '../link-desk.ts';
import type { PlatformDesk } from '../platform.ts';
import type { PullDesk } from '../pull-desk.ts';
import type { RunDesk } from '../run-desk.ts';
import { again } from './again.ts';
import { noting, readGround } from './ground.ts';
import { ReplayInput } from './replay-input.ts';
import type { Sources } from './sources.ts';
import { partyIds, rolesIn, type SurroundingsParts, surroundingsOf } from './surroundings.ts';

export interface PlanningParts extends SurroundingsParts {
  readonly history: Pick<History, 'objects' | 'replays'>;
  readonly links: Pick<LinkDesk, 'find'>;
  readonly platform: Pick<PlatformDesk, 'config'>;
  readonly sandbox: Pick<SandboxDesk, 'view'>;
  readonly pulls: Pick<PullDesk, 'start'>;
  readonly runs: Pick<RunDesk, 'watch'>;
  readonly sources: Sources;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Everything that was found out before a replay begins. */
export interface Prepared {
  readonly link: Link;
  readonly plan: Plan;
  /** As they can be asked for again. */
  readonly options: ReplayInput;
  /** What the plan was made of, as it is kept; with what was learned by then. */
  ground(): string;
}

export interface Planning {
  prepare(input: ReplayInput): Promise<Outcome<Prepared>>;
  /** The plan of an earlier replay, with all that it learned. */
  remember(kept: KeptReplay): Promise<Outcome<Plan>>;
}

export function createPlanning(parts: PlanningParts): Planning {
  const { history, links, platform, sandbox, pulls, runs, sources, clock, newId } = parts;

  /** `sandbox` names the built-in partner, whatever its link is called. */
  const targetOf = (name: string): Outcome<Link> => {
    const { running, link: beside } = sandbox.view();
    const isSandbox =
      name.toLowerCase() === 'sandbox' || (beside !== null && beside.toLowerCase() === name.toLowerCase());
    const found = links.find(name);
    if (isSandbox && !running && (beside !== null || !found.ok)) {
      return failed('WRONG_STATE', 'the sandbox does not run', 'Start it: wb serve --sandbox, or in the window.');
    }
    return found.ok || !isSandbox || beside === null ? found : links.find(beside);
  };

  const isBeside = (link: Link) => {
    const { running, link: beside } = sandbox.view();
    return running && beside === link.name;
  };
  /** The built-in partner is ours to ask: nobody has to pull from it before. */
  const lookAround = async (link: Link, seen: Parameters<typeof surroundingsOf>[1]) => {
    for (const module of ['locations', 'tariffs', 'tokens'] as const) {
      const pulled = pulls.start({ name: link.name, module });
      if (!pulled.ok) continue;
      for await (const run of runs.watch(pulled.value)) if (run.state !== 'running') break;
    }
    return surroundingsOf(parts, seen);
  };

  return {
    prepare: async asked => {
      const wanted = again(history.replays, asked);
      if (!wanted.ok) return wanted;
      const input = wanted.value;
      const found = targetOf(input.to);
      if (!found.ok) return found;
      const link = found.value;
      const { parties, versions } = platform.config();
      const roles = rolesIn(link, parties);
      const read = await sources.read({ input, target: { version: link.version, offered: versions, roles } });
      if (!read.ok) return read;
      const { recording, source, text } = read.value;
      const version = versionFor(link, recording);
      if (!version.ok) return version;
      const seen = { link, version: version.value, now: clock.now() };
      const met = await surroundingsOf(parts, seen);
      const known = isUnknown(met) && isBeside(link) ? await lookAround(link, seen) : met;
      const changes = recording.steps.some(({ kind }) => kind === 'flow');
      const noted = noting(known, () => {
        const now = changes ? links.find(link.name) : undefined;
        if (now?.ok !== true) return { endpoints: known.endpoints, parties: known.theirs.parties };
        return { endpoints: now.value.endpoints, parties: partyIds(now.value.parties) };
      });
      const options: ReplayInput = { ...input, to: link.name, source };
      const planned = planReplay({
        recording,
        surroundings: noted.surroundings,
        options,
        seed: input.seed ?? newId(),
      });
      if (!planned.ok) return planned;
      const plan = planned.value;
      return done({ link, plan, options, ground: () => noted.write({ text, mapping: plan.mapping }) });
    },
    remember: async ({ runId, options, seed }) => {
      const ground = readGround(history.replays.ground(runId) ?? 'null');
      if (ground === undefined) {
        return failed(
          'NOT_FOUND',
          `what replay ${runId} was made of is not kept`,
          'Replay it again to see it side by side.',
        );
      }
      const { surroundings } = ground;
      const input = ReplayInput.parse(options);
      const read = await sources.read({
        input,
        target: { version: surroundings.version, offered: [surroundings.version], roles: surroundings.roles },
        text: ground.text,
      });
      if (!read.ok) return read;
      const planned = planReplay({ recording: read.value.recording, surroundings, options: input, seed });
      if (planned.ok) ground.learnInto(planned.value);
      return planned;
    },
  };
}

function isUnknown({ theirs }: Surroundings): boolean {
  return theirs.places.length === 0 && theirs.tokens.length === 0;
}

/** A link that the replay itself registers has no version yet: that of the recording is agreed. */
function versionFor({ name, state, version }: Link, { version: recorded, steps }: Recording): Outcome<Version> {
  if (version !== undefined) return done(version);
  const [first] = steps;
  if (first?.kind === 'flow' && first.flow === 'register') return done(recorded);
  return failed(
    'WRONG_STATE',
    `${name} is ${state}: no version is agreed with it`,
    'Register with it first, or adopt the registration that another tool holds.',
  );
}
