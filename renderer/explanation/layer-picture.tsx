import { IconAlertTriangle, IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import type { Problem } from '../../core/contract/explanation.ts';
import { useTexts } from '../texts/use-texts.ts';
import { classNames } from '../ui/class-names.ts';
import { Spoken } from '../ui/spoken.tsx';
import styles from './layer-picture.module.css';
import { type Judged, type LayerState, layerStates } from './layer-states.ts';

const ICONS = {
  well: IconCheck,
  failed: IconX,
  found: IconAlertTriangle,
  unreached: IconMinus,
  untold: IconMinus,
} as const satisfies Record<LayerState, unknown>;

/** How far it came, layer by layer from the outside in; where it failed has a sign of its own, not a colour alone. */
export function LayerPicture({
  exchange,
  problems,
}: {
  readonly exchange: Judged;
  readonly problems: readonly Problem[];
}) {
  const t = useTexts('explanation');
  return (
    <ol className={styles['layers']} aria-label={t('layers')}>
      {layerStates(exchange, problems).map(({ layer, state }) => {
        const Icon = ICONS[state];
        return (
          <li key={layer} className={classNames(styles['layer'], styles[state])} title={t(`layer-${layer}-about`)}>
            <span className={styles['sign']} aria-hidden>
              <Icon size={13} stroke={2.4} />
            </span>
            <span className={styles['name']}>{t(`layer-${layer}`)}</span>
            <Spoken>{t(`state-${state}`)}</Spoken>
          </li>
        );
      })}
    </ol>
  );
}
