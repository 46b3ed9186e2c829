import type { SandboxDesk } from '../../sandbox/beside.ts';

export interface SandboxPaceOptions {
  readonly sandbox: Pick<SandboxDesk, 'view' | 'life'>;
  /** The link that is replayed to. */
  readonly target: string;
  readonly speed: number | 'fast';
}

/** Simulated seconds in a real one where there are no pauses at all: at less a session is over before it has charged anything. */
const FAST = 1000;
const FASTEST = 1000;

/**
 * Where the built-in partner is replayed to, its simulation goes as much faster as the replay does, or it would never be in
 * time; from now on, until `end`. What goes wrong with that shows in the replay itself.
 */
export function createSandboxPace({ sandbox, target, speed }: SandboxPaceOptions): { end(): void } {
  const { running, link } = sandbox.view();
  if (!running || link !== target || speed === 1) return { end: () => {} };
  const begun = sandbox.life(async life => {
    const before = (await life.get()).speed;
    const wanted = speed === 'fast' ? Math.max(before, FAST) : before * speed;
    const next = Math.min(FASTEST, Math.max(1, wanted));
    await life.set({ speed: next });
    return { before, next };
  });
  return {
    end: () =>
      void begun.then(changed => {
        if (!changed.ok) return;
        const { before, next } = changed.value;
        return sandbox.life(async life => {
          // Somebody else has chosen another one meanwhile.
          if ((await life.get()).speed === next) await life.set({ speed: before });
        });
      }),
  };
}
