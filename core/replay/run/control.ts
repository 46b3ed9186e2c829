/** How far the operator lets a replay go. */
export interface ControlState {
  /** It stands, or will stand after the step under way. */
  readonly paused: boolean;
  /** The step under way is the last one. */
  readonly stopped: boolean;
  /** For people; null where nothing is waited for. */
  readonly waitsFor: string | null;
}

/** Between the operator and the replay that runs. Everything may be called at any time, and has an effect once. */
export interface Control {
  /** After the step under way. */
  pause(): void;
  continue(): void;
  /** One step, then it is paused; of one that is not paused nothing but that. */
  step(): void;
  stop(): void;
  state(): ControlState;
  /** Returns the function that stops listening. */
  onChange(listener: (state: ControlState) => void): () => void;
  /** Resolves when the next step may begin; false: there is none any more. Asked by the replay alone. */
  next(signal: AbortSignal): Promise<boolean>;
  /** What is waited for now. Told by the replay alone. */
  waitFor(words: string | null): void;
}

/** `paused`: it begins so. */
export function createControl(paused: boolean): Control {
  const listeners = new Set<(state: ControlState) => void>();
  let state: ControlState = { paused, stopped: false, waitsFor: null };
  /** Steps that may begin although it is paused. */
  let allowed = 0;

  const become = (next: Partial<ControlState>) => {
    state = { ...state, ...next };
    for (const listener of [...listeners]) listener(state);
  };
  const mayBegin = () => state.stopped || !state.paused || allowed > 0;

  return {
    pause() {
      if (state.stopped || state.paused) return;
      allowed = 0;
      become({ paused: true });
    },
    continue() {
      if (state.stopped || !state.paused) return;
      allowed = 0;
      become({ paused: false });
    },
    step() {
      if (state.stopped) return;
      if (state.paused) allowed++;
      become({ paused: true });
    },
    stop() {
      if (!state.stopped) become({ stopped: true, paused: false });
    },
    state: () => state,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async next(signal) {
      if (!mayBegin() && !signal.aborted) {
        const { promise, resolve } = Promise.withResolvers<void>();
        const look = () => {
          if (mayBegin() || signal.aborted) resolve();
        };
        listeners.add(look);
        signal.addEventListener('abort', look, { once: true });
        await promise;
        listeners.delete(look);
        signal.removeEventListener('abort', look);
      }
      if (state.stopped || signal.aborted) return false;
      if (state.paused) allowed--;
      return true;
    },
    waitFor(words) {
      if (words !== state.waitsFor) become({ waitsFor: words });
    },
  };
}
