import { useTexts } from '../../../texts/use-texts.ts';
import { Panel } from '../../../ui/panel.tsx';
import type { FaultDesk } from '../fault-desk.ts';
import { HitList } from './hit-list.tsx';
import styles from './hits.module.css';
import { useNewestHits } from './use-hits.ts';

const SHOWN = 20;

/** The newest firings, below what makes them. */
export function HitStrip({ desk, ruleId }: { readonly desk: FaultDesk; readonly ruleId?: number }) {
  const t = useTexts('faults');
  const hits = useNewestHits(desk, SHOWN, ruleId).data ?? [];
  return (
    <div className={ruleId === undefined ? styles['strip'] : undefined}>
      <Panel title={t('newestHits')}>
        {hits.length === 0 ? (
          <p className={styles['hint']}>{t(ruleId === undefined ? 'noHitsYet' : 'noHitsOfRule')}</p>
        ) : (
          <HitList hits={hits.slice(0, SHOWN)} whose={desk.whose} ofOne={ruleId !== undefined} />
        )}
      </Panel>
    </div>
  );
}
