import * as z from 'zod';
import type { Clock } from '../clock.ts';
import { done, failed, type Outcome } from '../contract/failure.ts';
import type { StartCharge } from '../contract/life.ts';
import { LINK_PROFILES, ProfileName } from '../contract/link-profile.ts';
import type { SandboxView, StartSandbox } from '../contract/sandbox.ts';
import { type ContractClient, connectLoopback, outcomeOf } from '../loopback/client.ts';
import type { Workbench, WorkbenchOptions } from '../workbench.ts';
import { type BesideThread, startBesideThread } from './beside-thread.ts';
import type { Kept } from './changes.ts';
import { FIRST_IDENTITY } from './identity.ts';
import { type OurSide, pair } from './pairing.ts';

/** The built-in partner beside a platform: in a thread of its own, its database next to that of the platform. */
export interface SandboxDesk {
  view(): SandboxView;
  /** Starts it, and what we need to be called by it, and has the two registered; running as wanted, it stays as it is. */
  start(wanted: StartSandbox): Promise<Outcome<SandboxView>>;
  stop(): Promise<SandboxView>;
  /** Asks its simulation; fails where it does not run. */
  life<T>(ask: (life: ContractClient['life']) => Promise<T>): Promise<Outcome<T>>;
  /** Asks its fault desk; fails where it does not run. */
  faults<T>(ask: (faults: ContractClient['faults']) => Promise<T>): Promise<Outcome<T>>;
  /** A charge there; a drive that says no other link leads to us. */
  charge(wanted: StartCharge): Promise<Outcome<{ id: string }>>;
  /** Starts it where it was running when the process ended last, so that the link leads somewhere; acts once. */
  resume(): void;
  /** Ends it, and has it come back with the next process. */
  close(): Promise<void>;
}

export interface SandboxDeskOptions {
  /** Of the platform. */
  readonly file: string;
  readonly kept: Kept;
  readonly ours: OurSide & Pick<Workbench, 'serving'>;
  readonly clock: Clock;
  readonly keyStore: WorkbenchOptions['keyStore'];
  /** The platform is a sandbox itself. */
  readonly isSandbox: boolean;
  readonly onTrouble: (what: string, error: unknown) => void;
  readonly onChange: () => void;
}

const SETTING = 'sandbox.beside';
/** What is remembered of it, for whoever looks while it does not run. */
const Beside = z.object({
  running: z.boolean(),
  link: z.string().nullable(),
  versionsUrl: z.string().nullable(),
  locations: z.int(),
  seed: z.string(),
  profile: z.string(),
});
type Beside = z.infer<typeof Beside>;

const profiles = ProfileName.options.map(name => ({ name, meaning: LINK_PROFILES[name].title }));

/** Where the sandbox of a platform keeps what it keeps. */
export function besideFile(file: string): string {
  return `${file}.sandbox`;
}

export function createSandboxDesk(options: SandboxDeskOptions): SandboxDesk {
  const { file, kept, ours, clock, keyStore, isSandbox, onTrouble, onChange } = options;
  const { seed, locations, profile } = FIRST_IDENTITY;
  const never: Beside = { running: false, link: null, versionsUrl: null, locations, seed, profile };
  let thread: BesideThread | undefined;
  let resumed = false;
  let closing = false;
  /** One thing after the other: two pages may press the same button. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    // Whoever asked for the turn hears how it failed; the next one begins all the same.
    last = turn.catch(() => {});
    return turn;
  };

  const remembered = () => kept.settings.get(SETTING, Beside) ?? never;
  const remember = (change: Partial<Beside>) =>
    kept.transaction(() => kept.settings.set(SETTING, { ...remembered(), ...change }));
  const view = (): SandboxView => ({ ...remembered(), running: thread !== undefined, profiles });

  const end = async () => {
    const ending = thread;
    thread = undefined;
    await ending?.stop();
  };

  const begin = async (wanted: StartSandbox): Promise<Outcome<BesideThread>> => {
    const name = wanted.profile === undefined ? undefined : ProfileName.safeParse(wanted.profile);
    if (name?.success === false) {
      return failed(
        'INVALID_INPUT',
        `profile: "${wanted.profile}" is no profile of the sandbox`,
        `Any of ${ProfileName.options.join(', ')}.`,
      );
    }
    if (thread !== undefined) {
      const { at } = thread;
      if (isAsWanted(at, { ...wanted, profile: wanted.profile ?? at.profile })) return done(thread);
      // The same world, or the one that runs stays: another one would be refused, and nothing run any more.
      if (!isAsWanted(at, { ...wanted, profile: at.profile })) return otherWorld(at);
      await end();
    }
    const started = await startBesideThread(
      {
        file: besideFile(file),
        ...(keyStore === undefined ? {} : { keyStore }),
        locations: wanted.locations,
        seed: wanted.seed,
        profile: name?.data,
      },
      clock,
    );
    if (!started.ok) return started;
    const begun = started.value;
    thread = begun;
    void begun.ended.then(error => {
      if (thread !== begun) return;
      thread = undefined;
      onTrouble('the sandbox ended by itself', error);
      onChange();
    });
    return done(begun);
  };

  const meet = async ({ at }: BesideThread): Promise<Outcome<{ readonly link: string }>> => {
    const theirs = await connectLoopback(at.owner);
    if (theirs === undefined) return failed('OPERATION_FAILED', 'the sandbox does not answer', 'Start it again.');
    try {
      return await pair(ours, { client: theirs.client, versionsUrl: at.versionsUrl });
    } finally {
      theirs.close();
    }
  };

  const asking = async <T>(ask: (theirs: ContractClient) => Promise<T>): Promise<Outcome<T>> => {
    if (thread === undefined) {
      return failed('WRONG_STATE', 'the sandbox does not run', 'Start it: wb serve --sandbox, or in the window.');
    }
    const theirs = await connectLoopback(thread.at.owner);
    if (theirs === undefined) return failed('OPERATION_FAILED', 'the sandbox does not answer', 'Start it again.');
    try {
      return await outcomeOf(ask(theirs.client));
    } finally {
      theirs.close();
    }
  };

  const start = async (wanted: StartSandbox): Promise<Outcome<SandboxView>> => {
    if (isSandbox) return failed('WRONG_STATE', 'this is a sandbox itself', 'Start one beside your own platform.');
    const serving = ours.serving.isOn() ? undefined : await ours.serving.start();
    if (serving?.ok === false) return serving;
    const begun = await begin(wanted);
    if (!begun.ok) return begun;
    const { versionsUrl, locations, seed, profile } = begun.value.at;
    remember({ versionsUrl, locations, seed, profile });
    const met = await meet(begun.value);
    if (!met.ok) {
      await end();
      onChange();
      return met;
    }
    remember({ running: true, link: met.value.link });
    onChange();
    return done(view());
  };

  return {
    view,
    start: wanted => inTurn(() => start(wanted)),
    stop: () =>
      inTurn(async () => {
        await end();
        remember({ running: false });
        onChange();
        return view();
      }),
    life: ask => asking(({ life }) => ask(life)),
    faults: ask => asking(({ faults }) => ask(faults)),
    charge: wanted =>
      asking(async theirs => {
        const { life, links } = theirs;
        if (wanted.as === undefined || wanted.as === 'driver') return life.start(wanted);
        const us = wanted.link ?? (await links.list()).find(({ state }) => state === 'registered')?.name;
        if (us === undefined) return life.start(wanted);
        await knowChargers(theirs, us);
        return life.start({ ...wanted, link: us });
      }),
    resume: () => {
      if (resumed || !remembered().running) return;
      resumed = true;
      inTurn(async () => {
        if (closing || thread !== undefined) return;
        const started = await start({});
        if (!started.ok && !closing) onTrouble(`the sandbox did not come back: ${started.failure.message}`, undefined);
      }).catch(error => onTrouble('the sandbox did not come back', error));
    },
    close: async () => {
      closing = true;
      await inTurn(end);
    },
  };
}

/** Nobody drives to chargers they know nothing of. */
async function knowChargers({ objects, pulls, runs }: ContractClient, name: string): Promise<void> {
  const { objects: known } = await objects.list({ name, module: 'locations', limit: 1 });
  if (known.length > 0) return;
  const { runId } = await pulls.start({ name, module: 'locations' });
  for await (const run of await runs.watch({ runId })) if (run.state !== 'running') return;
}

function isAsWanted(at: BesideThread['at'], wanted: StartSandbox): boolean {
  return (['locations', 'seed', 'profile'] as const).every(key => wanted[key] === undefined || wanted[key] === at[key]);
}

function otherWorld({ locations, seed }: BesideThread['at']): Outcome<never> {
  return failed(
    'WRONG_STATE',
    `this sandbox was made with seed ${seed} and ${locations} locations`,
    'Leave both out; a sandbox of its own is made with wb sandbox --db FILE.',
  );
}
