import type { LinkHealth } from '../../../../core/contract/health.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { AgoText } from '../../../ui/ago-text.tsx';
import { durationText } from '../../../ui/time-format.ts';
import { percentText } from '../percent.ts';
import styles from './link-health.module.css';

/** The last hour in a line. */
export function LinkFacts({ health, now }: { readonly health: LinkHealth; readonly now: number }) {
  const t = useTexts('health');
  const language = useLanguage();
  const numbers = new Intl.NumberFormat(language);
  const { lastHeard, exchanges, failed, errorRate, p95Ms } = health;
  return (
    <dl className={styles['figures']}>
      <div>
        <dt>{t('column-heard')}</dt>
        <dd>{lastHeard === null ? t('never') : <AgoText at={lastHeard} now={now} language={language} />}</dd>
      </div>
      <div>
        <dt>{t('figureExchanges')}</dt>
        <dd>{numbers.format(exchanges)}</dd>
      </div>
      <div>
        <dt>{t('figureFailed')}</dt>
        <dd className={failed > 0 ? styles['bad'] : undefined}>
          {numbers.format(failed)}
          {errorRate !== null && ` · ${percentText(errorRate, language)}`}
        </dd>
      </div>
      <div>
        <dt>{t('figureP95')}</dt>
        <dd>{p95Ms === null ? t('none') : durationText(p95Ms)}</dd>
      </div>
    </dl>
  );
}
