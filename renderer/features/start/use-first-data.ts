import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useClient } from '../../bridge/client.ts';
import { failureOf, type ShownFailure } from '../../bridge/failure.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { firstData, PullFailed, type Step, type StepState } from './first-data.ts';

export const STEPS: readonly Step[] = ['pair', 'locations', 'tariffs'];
const WAITING: Readonly<Record<Step, StepState>> = { pair: 'waiting', locations: 'waiting', tariffs: 'waiting' };

export interface FirstData {
  readonly states: Readonly<Record<Step, StepState>>;
  /** Objects pulled so far. */
  readonly objects: Readonly<Partial<Record<Step, number>>>;
  readonly running: boolean;
  readonly failure: ShownFailure | undefined;
  /** The built-in partner's link, once there is one. */
  readonly link: string | undefined;
  readonly begin: () => void;
  readonly cancel: () => void;
}

/** The way from nothing to a registered partner with data; leads to its page at the end. */
export function useFirstData(): FirstData {
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const t = useTexts('start');
  const [states, setStates] = useState(WAITING);
  const [objects, setObjects] = useState<Partial<Record<Step, number>>>({});
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<ShownFailure>();
  const [link, setLink] = useState<string>();
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);

  const shownOf = (error: unknown, cancelled: boolean): ShownFailure => {
    if (cancelled) return { code: 'CANCELLED', message: t('cancelled'), advice: t('cancelledAdvice') };
    if (!(error instanceof PullFailed)) return failureOf(error);
    return { code: 'PULL_FAILED', message: t('pullFailed', { reason: error.message }), advice: t('pullAdvice') };
  };

  const begin = async () => {
    const controller = new AbortController();
    abort.current = controller;
    const { signal } = controller;
    setStates(WAITING);
    setObjects({});
    setFailure(undefined);
    setRunning(true);
    try {
      const name = await firstData(
        client,
        {
          step: (step, state) => setStates(before => ({ ...before, [step]: state })),
          objects: (step, count) => setObjects(before => ({ ...before, [step]: count })),
          link: setLink,
        },
        signal,
      );
      await queries.invalidateQueries();
      if (!signal.aborted) await navigate({ to: '/partners/link/$name', params: { name } });
    } catch (error) {
      setFailure(shownOf(error, signal.aborted));
    } finally {
      setRunning(false);
    }
  };

  return {
    states,
    objects,
    running,
    failure,
    link,
    begin: () => void begin(),
    cancel: () => abort.current?.abort(new Error('cancelled')),
  };
}
