import { RunRow } from '../../../runs/run-row.tsx';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { putAway } from './noted-pulls.ts';
import { PullCounts, PullOutcome } from './pull-outcome.tsx';
import type { Pulled } from './pullable.ts';

export interface PullRowProps {
  readonly runId: number;
  readonly link: string;
  /** Not known of pulls that others began. */
  readonly module: Pulled | undefined;
  readonly production: boolean;
}

export function PullRow({ runId, link, module, production }: PullRowProps) {
  const t = useTexts('locations');
  const numbers = new Intl.NumberFormat(useLanguage());
  return (
    <RunRow
      runId={runId}
      title={`${module === undefined ? t('pulling') : t(`module-${module}`)} · ${link}`}
      production={production}
      stateWord={state => t(`pull-${state}`)}
      far={({ objects = 0, total, pages = 0 }) => [
        total === undefined
          ? t('progressObjects', { number: numbers.format(objects) })
          : t('progressOf', { number: numbers.format(objects), total: numbers.format(total) }),
        t('progressPages', { count: pages, number: numbers.format(pages) }),
      ]}
      counts={run => <PullCounts run={run} />}
      outcome={run => <PullOutcome run={run} link={link} {...(module !== undefined && { module })} />}
      onAway={() => putAway(runId)}
    />
  );
}
