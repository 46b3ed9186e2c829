import { useEffect, useRef, useState } from 'react';
import { useClient } from '../bridge/client.ts';
import { failureOf, type ShownFailure } from '../bridge/failure.ts';
import { useTexts } from '../texts/use-texts.ts';
import { type ChargeStep, NoCharge, startCharge } from './start-charge.ts';

export interface FirstCharge {
  /** What is being done; undefined while nothing is. */
  readonly step: ChargeStep | undefined;
  readonly failure: ShownFailure | undefined;
  readonly start: () => Promise<void>;
}

/** One click that fills what shows charges; given up when one leaves. */
export function useFirstCharge(): FirstCharge {
  const t = useTexts('transactions');
  const client = useClient();
  const [step, setStep] = useState<ChargeStep>();
  const [failure, setFailure] = useState<ShownFailure>();
  const left = useRef<AbortController>(undefined);
  useEffect(() => () => left.current?.abort(), []);
  const shownOf = (error: unknown): ShownFailure =>
    error instanceof NoCharge
      ? { code: 'NO_CHARGE', message: t(error.why), advice: t(`${error.why}Advice`) }
      : failureOf(error);
  const start = async () => {
    const controller = new AbortController();
    left.current = controller;
    setFailure(undefined);
    try {
      await startCharge(client, setStep, controller.signal);
    } catch (error) {
      if (!controller.signal.aborted) setFailure(shownOf(error));
    } finally {
      setStep(undefined);
    }
  };
  return { step, failure, start };
}
