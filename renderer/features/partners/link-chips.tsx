import type { LinkView } from '../../../core/contract/links.ts';
import type { RunState } from '../../../core/contract/run.ts';
import { ProductionBar, ProductionSign } from '../../links/production.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { Chip, type Tone } from '../../ui/chip.tsx';

const RUN_TONES: Readonly<Record<RunState, Tone>> = {
  running: 'accent',
  done: 'ok',
  failed: 'bad',
  cancelled: 'plain',
  interrupted: 'warn',
};

export function RunStateChip({ state }: { readonly state: RunState }) {
  const t = useTexts('partners');
  return <Chip tone={RUN_TONES[state]}>{t(`runState-${state}`)}</Chip>;
}

/** A production link carries its word wherever its name stands. */
export function EnvironmentChip({ environment }: Pick<LinkView, 'environment'>) {
  const t = useTexts('partners');
  if (environment === 'test') return <Chip tone="plain">{t('environment-test')}</Chip>;
  return <ProductionSign />;
}

/** Over everything one writes on a link to a production partner; nothing on another one. */
export function WriteBar({ environment }: Pick<LinkView, 'environment'>) {
  const t = useTexts('partners');
  if (environment === 'test') return null;
  return (
    <ProductionBar>
      <ProductionSign />
      {t('productionBar')}
    </ProductionBar>
  );
}
