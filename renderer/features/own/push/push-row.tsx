import type { LinkView } from '../../../../core/contract/links.ts';
import { RunCounts, RunRow } from '../../../runs/run-row.tsx';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import type { KindId } from '../kinds.ts';
import { putAway } from './noted-pushes.ts';
import { PushOutcome } from './push-outcome.tsx';

export interface PushRowProps {
  readonly runId: number;
  readonly link: string;
  /** Not known of pushes that others began. */
  readonly kind: KindId | undefined;
  readonly to: LinkView | undefined;
}

/** One push as it goes, and what came of it. */
export function PushRow({ runId, link, kind, to }: PushRowProps) {
  const t = useTexts('own');
  const numbers = new Intl.NumberFormat(useLanguage());
  return (
    <RunRow
      runId={runId}
      title={`${kind === undefined ? t('pushing') : t(`kind-${kind}`)} → ${link}`}
      production={to?.environment === 'production'}
      stateWord={state => t(`run-${state}`)}
      far={({ objects = 0, total }) => [
        total === undefined
          ? t('progressSent', { number: numbers.format(objects) })
          : t('progressOf', { number: numbers.format(objects), total: numbers.format(total) }),
      ]}
      counts={run => {
        const tally = run?.result?.push;
        // Without a tally it ended before the first one was sent.
        if (tally === undefined) return <RunCounts counts={[]}>{run?.result?.summary}</RunCounts>;
        const whats = ['ok', 'failed', 'left'] as const;
        return <RunCounts counts={whats.map(what => ({ count: tally[what], word: t(`push-${what}`) }))} />;
      }}
      outcome={run => to !== undefined && <PushOutcome run={run} link={to} kind={kind} />}
      onAway={() => putAway(runId)}
    />
  );
}
