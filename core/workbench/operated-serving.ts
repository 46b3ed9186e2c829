import { done, type Failure, type Outcome } from '../contract/failure.ts';
import type { PlatformDesk } from './platform.ts';
import type { Serving, ServingAt } from './serving.ts';

/** Our server as the operator switches it: knows why it is not on, and when it listens by old settings. */
export interface OperatedServing extends Serving {
  /** Why listening did not come about when it was last asked for. */
  failure(): Failure | undefined;
  /** Listens anew where what it listens by was changed since; on by the settings of now, it stays as it is. */
  renew(): Promise<Outcome<ServingAt>>;
}

export interface OperatedServingOptions {
  readonly serving: Serving;
  readonly platform: PlatformDesk;
  /** Partners are answered from now on. */
  readonly onStart: () => void;
  readonly onStop: () => void;
  /** Started, stopped, or could not. */
  readonly onChange: () => void;
}

export function createOperatedServing(options: OperatedServingOptions): OperatedServing {
  const { serving, platform, onStart, onStop, onChange } = options;
  let failure: Failure | undefined;
  let startedBy: string | undefined;
  const settings = () => {
    const { host, port, tls, publicUrl } = platform.config();
    return JSON.stringify({ host, port, tls, publicUrl });
  };

  const start = async () => {
    const started = await serving.start();
    failure = started.ok ? undefined : started.failure;
    // After the start: the first one chooses a port.
    startedBy = started.ok ? settings() : undefined;
    if (started.ok) onStart();
    onChange();
    return started;
  };
  const stop = async () => {
    failure = undefined;
    onStop();
    await serving.stop();
    onChange();
  };

  return {
    ...serving,
    start,
    stop,
    failure: () => failure,
    renew: async () => {
      if (serving.isOn() && startedBy === settings()) return start();
      await stop();
      return start();
    },
  };
}

/** What `platform.serve` does: the failure is the answer, and stays with the platform for whoever looks later. */
export async function switchServing(serving: OperatedServing, on: boolean): Promise<Outcome<undefined>> {
  if (!on) {
    await serving.stop();
    return done(undefined);
  }
  const renewed = await serving.renew();
  return renewed.ok ? done(undefined) : renewed;
}
