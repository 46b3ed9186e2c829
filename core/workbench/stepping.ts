import { done, type Outcome } from '../contract/failure.ts';

/** What is told while something takes long, and what came of it. */
export type Stepped<Told, Result> = AsyncGenerator<Outcome<Told | Result>, void>;

/**
 * Runs something that tells how far it has come as steps one after the other; of what is told faster than anybody listens
 * the newest. Who ends the iteration cancels it, and waits until it has stopped.
 */
export async function* stepping<Told, Result>(
  work: (tell: (told: Told) => void, signal: AbortSignal) => Promise<Outcome<Result>>,
  signal?: AbortSignal,
): Stepped<Told, Result> {
  const controller = new AbortController();
  const cancel = () => controller.abort();
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  let newest: { readonly told: Told } | undefined;
  let wake: (() => void) | undefined;
  let outcome: Outcome<Result> | undefined;
  const tell = (told: Told) => {
    newest = { told };
    wake?.();
  };
  const running = work(tell, controller.signal).then(result => {
    outcome = result;
    wake?.();
  });
  try {
    for (;;) {
      if (newest !== undefined) {
        const { told } = newest;
        newest = undefined;
        yield done(told);
      } else if (outcome !== undefined) {
        yield outcome;
        return;
      } else {
        await Promise.race([
          running,
          new Promise<void>(resolve => {
            wake = resolve;
          }),
        ]);
      }
    }
  } finally {
    signal?.removeEventListener('abort', cancel);
    cancel();
    await running;
  }
}
