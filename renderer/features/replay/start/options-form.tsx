import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import type { LinkView } from '../../../../core/contract/links.ts';
import type { ReplayPlan, ReplaySource } from '../../../../core/contract/replay.ts';
import type { Doing } from '../../../bridge/use-doing.ts';
import { ProductionSign } from '../../../links/production.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Mono } from '../../../ui/mono.tsx';
import type { DraftField, ReplayDraft } from './draft.ts';
import { MoreFields } from './more-fields.tsx';
import { ScenarioFields } from './scenario-fields.tsx';
import { SourceHead } from './source-head.tsx';
import { SpeedField } from './speed-field.tsx';
import styles from './start.module.css';
import { isTarget } from './targets.ts';

export interface DraftProps {
  readonly draft: ReplayDraft;
  readonly onDraft: (draft: ReplayDraft) => void;
  readonly problems: ReadonlySet<DraftField> | undefined;
}

export interface OptionsFormProps extends DraftProps {
  readonly source: ReplaySource;
  readonly earlier: { readonly runId: number; readonly title: string } | undefined;
  readonly target: LinkView;
  readonly targets: readonly LinkView[];
  readonly onTo: (name: string) => void;
  /** What new ids are made of unless another one is typed. */
  readonly usualSeed: string;
  readonly plan: ReplayPlan | undefined;
  readonly doing: Doing;
  readonly onRun: (event: FormEvent) => void;
}

const PLAYS = ['', 'ours', 'theirs'] as const;

/** To whom and how; at its end, the button that begins it. */
export function OptionsForm(props: OptionsFormProps) {
  const { source, earlier, target, targets, onTo, draft, onDraft, problems, plan, doing, onRun } = props;
  const t = useTexts('replay');
  const common = useTexts('common');
  const production = target.environment === 'production';
  return (
    <form className={styles['form']} onSubmit={onRun} noValidate>
      <SourceHead source={source} earlier={earlier} plan={plan} />
      <NativeSelect
        label={t('to')}
        value={target.name}
        onChange={event => onTo(event.currentTarget.value)}
        data={targets.map(({ name, environment }) => ({
          value: name,
          label: environment === 'production' ? `${name} · ${common('production')}` : name,
        }))}
      />
      <p className={styles['link']}>
        {production && <ProductionSign />}
        {target.version !== undefined && <Mono>OCPI {target.version}</Mono>}
        <Link to="/partners/link/$name" params={{ name: target.name }}>
          {t('showPartner')}
        </Link>
      </p>
      {production && <p className={styles['production']}>{t('productionHint')}</p>}
      <SpeedField draft={draft} onDraft={onDraft} problems={problems} />
      {source.kind === 'scenario' ? (
        <ScenarioFields name={source.name} draft={draft} onDraft={onDraft} problems={problems} />
      ) : (
        <NativeSelect
          label={t('play')}
          description={t(`playHint-${draft.play === '' ? 'any' : draft.play}`)}
          value={draft.play}
          onChange={event => onDraft({ ...draft, play: PLAYS.find(one => one === event.currentTarget.value) ?? '' })}
          data={PLAYS.map(value => ({ value, label: t(`play-${value === '' ? 'any' : value}`) }))}
        />
      )}
      <MoreFields draft={draft} onDraft={onDraft} problems={problems} usualSeed={props.usualSeed} />
      <div className={styles['end']}>
        {doing.failure !== undefined && (
          <div className={styles['told']}>
            <FailureNote failure={doing.failure} />
          </div>
        )}
        <Button
          type="submit"
          loading={doing.busy}
          disabled={problems !== undefined || !isTarget(target)}
          leftSection={<IconPlayerPlay size={14} aria-hidden />}
          {...(production && { color: 'red' })}
        >
          {t(draft.paused ? 'runPaused' : 'run')}
        </Button>
        <Checkbox
          label={t('beginPaused')}
          checked={draft.paused}
          onChange={event => onDraft({ ...draft, paused: event.currentTarget.checked })}
        />
      </div>
    </form>
  );
}
