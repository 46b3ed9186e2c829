import { IconArrowLeft, IconArrowRight, IconArrowsExchange, IconPlus } from '@tabler/icons-react';
import type { ReplayStep } from '../../../core/contract/replay.ts';
import type { Texts } from '../../texts/use-texts.ts';
import styles from './arrow.module.css';

const ICONS = {
  send: IconArrowRight,
  await: IconArrowLeft,
  flow: IconArrowsExchange,
  extra: IconPlus,
} as const satisfies Record<ReplayStep['kind'], unknown>;

/** Who speaks: an arrow and a word. Without hooks: cells of tables call it. */
export function Arrow({ kind, t }: { readonly kind: ReplayStep['kind']; readonly t: Texts<'replay'> }) {
  const Icon = ICONS[kind];
  return (
    <span className={styles[kind]}>
      <Icon size={13} stroke={1.8} aria-hidden />
      {t(`way-${kind}`)}
    </span>
  );
}
