import type { ReportFigures } from '../../../../core/contract/reports.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { classNames } from '../../../ui/class-names.ts';
import { costText, numberText } from '../amounts.ts';
import styles from './counted.module.css';
import { figureOf, type Measure, measuresOf, measureText } from './measures.ts';

export interface FiguresStripProps {
  readonly total: ReportFigures;
  readonly measure: Measure;
  readonly onMeasure: (measure: Measure) => void;
}

/** All of it in a line; each figure is what the bars can show. */
export function FiguresStrip({ total, measure, onMeasure }: FiguresStripProps) {
  const t = useTexts('reports');
  const language = useLanguage();
  return (
    <fieldset className={styles['strip']} aria-label={t('figures')}>
      {measuresOf(total).map(one => {
        const value = figureOf(total, one);
        const cost = one.what === 'cost' ? total.costs.find(({ currency }) => currency === one.currency) : undefined;
        return (
          <button
            key={one.id}
            type="button"
            aria-pressed={one.id === measure.id}
            className={classNames(styles['figure'], one.id === measure.id && styles['chosen'])}
            title={t(`about-${one.what}`)}
            onClick={() => onMeasure(one)}
          >
            <span className={styles['label']}>{t(`measure-${one.what}`)}</span>
            <span className={styles['value']}>
              {cost !== undefined
                ? costText(cost, language)
                : value === null
                  ? '–'
                  : t(`unit-${one.what === 'cost' ? 'charges' : one.what}`, {
                      value: measureText(value, one, language),
                    })}
            </span>
            {cost?.after !== undefined && cost.after !== null && (
              <span className={styles['more']}>{t('afterTaxes', { amount: numberText(cost.after, language, 2) })}</span>
            )}
            {one.what === 'charges' && total.credits > 0 && (
              <span className={styles['more']}>
                {t('credits', { count: total.credits, number: numberText(total.credits, language) })}
              </span>
            )}
          </button>
        );
      })}
    </fieldset>
  );
}
