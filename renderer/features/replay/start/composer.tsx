import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useMemo, useState } from 'react';
import type { ReplayOptions, ReplaySource } from '../../../../core/contract/replay.ts';
import { useClient } from '../../../bridge/client.ts';
import { useLinks, useSandbox } from '../../../bridge/queries.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Loading } from '../../../ui/loading.tsx';
import { Sides } from '../../../ui/sides.tsx';
import { stillHere } from '../../../ui/still-here.ts';
import { useKept } from '../../../ui/use-kept.ts';
import { useSettled } from '../../../ui/use-settled.ts';
import { PlanView } from '../plan/plan-view.tsx';
import { printSource } from '../source.ts';
import { useConfirmed } from '../use-confirmed.ts';
import { usePlan } from '../use-replays.ts';
import { NEW_DRAFT, type ReplayDraft, readDraft, withEntry } from './draft.ts';
import { NoTarget } from './no-target.tsx';
import { OptionsForm } from './options-form.tsx';
import { chosenTarget, targetsAmong } from './targets.ts';

export interface ComposerProps {
  readonly source: ReplaySource;
  /** The replay it is begun from. */
  readonly earlier?: { readonly runId: number; readonly title: string };
  readonly begin?: ReplayDraft;
  /** As the address says it. */
  readonly to: string | undefined;
  readonly onTo: (to: string) => void;
}

/** Whoever types is not asked after each letter. */
const TYPED_MS = 300;
/** To whom the last one went. */
let lastTarget: string | undefined;

/** To whom and how something is replayed; beside it the plan, which follows. */
export function Composer({ source, earlier, begin = NEW_DRAFT, to, onTo }: ComposerProps) {
  const t = useTexts('replay');
  const client = useClient();
  const navigate = useNavigate();
  const confirmed = useConfirmed();
  const doing = useDoing();
  const links = useLinks().data;
  const sandbox = useSandbox().data;
  const [draft, setDraft] = useKept<ReplayDraft>(
    `replay ${earlier?.runId ?? ''} ${printSource(source)}`,
    () => begin,
    false,
  );
  // The same from plan to plan, and for the run: what the plan shows is what is sent.
  const [seed] = useState(() => crypto.randomUUID().slice(0, 8));
  const target = chosenTarget(links ?? [], { asked: to, last: lastTarget, sandbox: sandbox?.link ?? undefined });
  const read = useMemo(() => readDraft(draft), [draft]);
  const options = useMemo((): ReplayOptions | undefined => {
    if ('problems' in read || target === undefined) return undefined;
    return { ...read.options, seed: read.options.seed ?? seed, to: target.name, source };
  }, [read, target, seed, source]);
  const settled = useSettled(options, TYPED_MS);
  const plan = usePlan(settled);

  if (links === undefined) return <Loading text={t('loading')} />;
  const targets = targetsAmong(links, target);
  if (targets.length === 0 || target === undefined) return <NoTarget asked={to} />;

  const run = async (event: FormEvent) => {
    event.preventDefault();
    if (options === undefined) return;
    const here = stillHere();
    const begun = await doing.run(() =>
      confirmed(target, plan.data?.writes ?? 1, sure =>
        client.replays.start({ ...options, ...(sure && { confirmed: true }) }),
      ),
    );
    if (begun === undefined) return;
    lastTarget = target.name;
    if (here()) await navigate({ to: '/replay/$run', params: { run: String(begun.runId) } });
  };
  return (
    <Sides
      storageKey="replay-options"
      initial={304}
      label={t('plan')}
      left={
        <OptionsForm
          source={source}
          earlier={earlier}
          target={target}
          targets={targets}
          onTo={onTo}
          draft={draft}
          onDraft={setDraft}
          problems={'problems' in read ? read.problems : undefined}
          usualSeed={seed}
          plan={plan.data}
          doing={doing}
          onRun={event => void run(event)}
        />
      }
      right={
        <PlanView
          plan={plan}
          behind={settled !== options}
          map={draft.map}
          onMap={(key, text, usual) => setDraft({ ...draft, map: withEntry(draft.map, key, text, usual) })}
        />
      }
    />
  );
}
