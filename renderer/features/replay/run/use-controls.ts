import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import type { ReplayRun } from '../../../../core/contract/replay.ts';
import { useClient } from '../../../bridge/client.ts';
import { keys } from '../../../bridge/keys.ts';
import { type Doing, useDoing } from '../../../bridge/use-doing.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { useConfirm } from '../../../ui/confirm.tsx';

/** What can be done with a replay that goes on. */
export interface Controls {
  readonly pause: () => Promise<void>;
  readonly goOn: () => Promise<void>;
  /** The next one only. */
  readonly step: () => Promise<void>;
  /** It is asked first. */
  readonly stop: () => Promise<void>;
  readonly doing: Doing;
}

/** The keys belong to whatever has the focus and wants them: fields, buttons, what is open above the page. */
const OWN_KEYS =
  'input, textarea, select, button, a, summary, [contenteditable], [role=dialog], [role=menu], [role=tab]';

/** By button and by key: space pauses and continues, `n` is the next step, Esc stops after asking. */
export function useControls({ runId, state, paused }: ReplayRun): Controls {
  const t = useTexts('replay');
  const client = useClient();
  const queries = useQueryClient();
  const confirm = useConfirm();
  const doing = useDoing();
  const running = state === 'running';
  const ask = async (what: 'pause' | 'continue' | 'step' | 'stop') => {
    const now = await doing.run(() => client.replays[what]({ runId }));
    if (now !== undefined) queries.setQueryData(keys.replay(runId), now);
  };
  const controls: Controls = {
    pause: () => ask('pause'),
    goOn: () => ask('continue'),
    step: () => ask('step'),
    stop: async () => {
      const meant = await confirm({ title: t('stopTitle'), text: t('stopText'), action: t('stop'), danger: true });
      if (meant) await ask('stop');
    },
    doing,
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!running || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector('[role=dialog]') !== null) return;
    if (event.target instanceof Element && event.target.closest(OWN_KEYS) !== null && event.key !== 'Escape') return;
    if (event.key === ' ') void (paused ? controls.goOn() : controls.pause());
    else if (event.key === 'n') void controls.step();
    else if (event.key === 'Escape') void controls.stop();
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  return controls;
}
