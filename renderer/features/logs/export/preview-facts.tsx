import type { LogPreview } from '../../../../core/contract/session-log.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { Fact } from '../../../ui/fact.tsx';
import { bytesText } from '../../../ui/time-format.ts';
import { TimeText } from '../../../ui/time-text.tsx';
import styles from '../logs.module.css';
import exporting from './export.module.css';

/** Links that are named; of a database with hundreds the rest is a number. */
const LINKS_SHOWN = 12;

/** How much of what there is, of whom, and from when to when. */
export function PreviewFacts({ preview }: { readonly preview: LogPreview }) {
  const t = useTexts('logs');
  const numbers = new Intl.NumberFormat(useLanguage());
  const { counts, links, from, to, bytes } = preview;
  const figures = [
    ['exchanges', counts.exchanges],
    ['findings', counts.findings],
    ['objects', counts.objects],
    ['revisions', counts.revisions],
    ['runs', counts.runs],
    ['rules', counts.rules],
    ['notes', counts.notes],
    ['links', counts.links],
  ] as const;
  return (
    <>
      <dl className={exporting['figures']}>
        {figures.map(([id, count]) => (
          <div key={id}>
            <dt>{t(`figure-${id}`)}</dt>
            <dd>{numbers.format(count)}</dd>
          </div>
        ))}
      </dl>
      <dl className={styles['facts']}>
        {links.length > 0 && (
          <Fact label={t('columnLinks')}>
            {links.slice(0, LINKS_SHOWN).join(', ')}
            {links.length > LINKS_SHOWN && ` ${t('moreLinks', { count: links.length - LINKS_SHOWN })}`}
          </Fact>
        )}
        {from !== null && to !== null && (
          <Fact label={t('factFromTo')}>
            <span>
              <TimeText at={from} withDate /> – <TimeText at={to} withDate />
            </span>
          </Fact>
        )}
        <Fact label={t('factBodies')}>{t('beforePacking', { bytes: bytesText(bytes) })}</Fact>
      </dl>
    </>
  );
}
