import type { TransactionState, TransactionSummary } from '../../../core/contract/transaction.ts';
import type { Texts } from '../../texts/use-texts.ts';
import { Chip, type Tone } from '../../ui/chip.tsx';

const TONES = {
  authorized: 'plain',
  asked: 'accent',
  reserved: 'accent',
  pending: 'accent',
  charging: 'accent',
  ended: 'warn',
  billed: 'ok',
  credited: 'plain',
  refused: 'bad',
} as const satisfies Record<TransactionState, Tone>;

/** How far a charge has come. Without hooks: cells of the table. */
export function StateChip({ state, t }: { readonly state: TransactionState; readonly t: Texts<'transactions'> }) {
  return (
    <Chip tone={TONES[state]} title={t(`about-${state}`)}>
      {t(`state-${state}`)}
    </Chip>
  );
}

type Severity = NonNullable<TransactionSummary['problem']>;

export const PROBLEM_TONES = { error: 'bad', warning: 'warn', note: 'plain' } as const satisfies Record<Severity, Tone>;

/** The worst of its problems, in a word. Without hooks, as above. */
export function ProblemChip({ severity, t }: { readonly severity: Severity; readonly t: Texts<'transactions'> }) {
  return <Chip tone={PROBLEM_TONES[severity]}>{t(`problem-${severity}`)}</Chip>;
}
