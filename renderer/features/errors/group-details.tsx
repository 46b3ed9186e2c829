import { Button } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { RefObject } from 'react';
import type { Troubles } from '../../../core/contract/errors.ts';
import { ReportButton } from '../../explanation/report-button.tsx';
import { ProductionMark } from '../../links/link-name.tsx';
import { useLanguage, useTexts } from '../../texts/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import { Panel } from '../../ui/panel.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import type { Chosen, Part } from './chosen.ts';
import type { AskedFilter } from './filter.ts';
import styles from './group-details.module.css';
import { GroupExchanges } from './group-exchanges.tsx';
import { GroupMeaning } from './group-meaning.tsx';
import type { TimeSpan } from './matrix.ts';
import { isShort, momentText, saidBy, shareText, toneOf } from './row-words.ts';
import { Spark } from './spark.tsx';

export interface GroupDetailsProps {
  readonly chosen: Chosen;
  readonly filter: AskedFilter;
  readonly production: ReadonlySet<string>;
  readonly span: Pick<Troubles, 'from' | 'to'>;
  /** Of everything that is shown. */
  readonly total: number;
  /** Takes the focus when the details are opened by key. */
  readonly heading: RefObject<HTMLHeadingElement | null>;
}

/** What a group means, who is probably at fault, what to try, how often it happened, and its exchanges. */
export function GroupDetails({ chosen, filter, production, span, total, heading }: GroupDetailsProps) {
  const t = useTexts('errors');
  const common = useTexts('common');
  const { link, newestId, direction } = chosen;
  const whose =
    link === undefined ? t(`heading-${direction}-all`) : t(`heading-${direction}`, { link: link ?? t('someone') });
  return (
    <div className={styles['details']}>
      <header className={styles['head']}>
        <h2 className={styles['title']} ref={heading} tabIndex={-1}>
          <span className={styles['layer']}>{t(chosen.layer)}</span>
          <Chip tone={toneOf(chosen)}>{chosen.code}</Chip>
          <span>{saidBy(chosen, t)}</span>
          {chosen.fresh && (
            <Chip tone="accent" title={t('newSpoken')}>
              {t('new')}
            </Chip>
          )}
        </h2>
        <p className={styles['who']}>
          {[
            whose,
            ...(chosen.module === undefined ? [] : [chosen.module ?? t('noModule')]),
            ...(chosen.span === undefined ? [] : [t('between', betweenWords(chosen.span))]),
          ].join(' · ')}
          {typeof link === 'string' && production.has(link) && <ProductionMark word={common('production')} />}
          {typeof link === 'string' && (
            <Link to="/partners/link/$name" params={{ name: link }}>
              {t('openLink')}
            </Link>
          )}
        </p>
        <div className={styles['actions']}>
          <Button
            variant="default"
            component="a"
            href={`#/faults?exchange=${newestId}`}
            leftSection={<IconBolt size={14} aria-hidden />}
          >
            {t('likeThis')}
          </Button>
          <ReportButton id={newestId} />
        </div>
      </header>
      <GroupMeaning chosen={chosen} />
      <Numbers chosen={chosen} span={span} total={total} />
      <GroupExchanges chosen={chosen} filter={filter} production={production} />
    </div>
  );
}

function Numbers({ chosen, span, total }: Pick<GroupDetailsProps, 'chosen' | 'span' | 'total'>) {
  const t = useTexts('errors');
  const language = useLanguage();
  const numbers = new Intl.NumberFormat(language);
  const { from, to } = betweenWords({ from: Date.parse(span.from), to: Date.parse(span.to) });
  const { times, onPurpose, first, last, versions, overTime, links, modules, failed } = chosen;
  const parts = (all: readonly Part[], none: string) =>
    all.map(part => `${part.name ?? none} ${numbers.format(part.count)}`).join(' · ');
  return (
    <Panel title={t('numbers')}>
      <dl className={styles['facts']}>
        {times !== undefined && (
          <>
            <dt>{t('times')}</dt>
            <dd>
              {t('timesOf', { number: numbers.format(times), share: shareText(times / Math.max(1, total), language) })}
              {onPurpose > 0 && chosen.span === undefined && (
                <>
                  {' '}
                  <Chip tone="fault">{t('timesOnPurpose', { number: numbers.format(onPurpose) })}</Chip>
                </>
              )}
            </dd>
          </>
        )}
        <dt>{t('overTime')}</dt>
        <dd className={failed ? styles['failed'] : styles['found']}>
          <Spark counts={overTime} from={span.from} to={span.to} width={264} height={36} />
          <span className={styles['axis']}>
            <span>{from}</span>
            <span>{to}</span>
          </span>
        </dd>
        <dt>{t('first')}</dt>
        <dd className={styles['time']}>
          <TimeText at={first} />
        </dd>
        <dt>{t('last')}</dt>
        <dd className={styles['time']}>
          <TimeText at={last} />
        </dd>
        <dt>{t('versions')}</dt>
        <dd>{versions.map(version => version ?? t('noVersion')).join(', ')}</dd>
        {links.length > 1 && (
          <>
            <dt>{t('links')}</dt>
            <dd>{parts(links, t('noLink'))}</dd>
          </>
        )}
        <dt>{t('modules')}</dt>
        <dd>{parts(modules, t('noModule'))}</dd>
      </dl>
    </Panel>
  );
}

function betweenWords({ from, to }: TimeSpan): { readonly from: string; readonly to: string } {
  const seconds = isShort(from, to);
  return { from: momentText(from, seconds), to: momentText(to, seconds) };
}
