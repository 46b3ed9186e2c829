import { Link } from '@tanstack/react-router';
import type { RefObject } from 'react';
import { ProductionMark } from '../../links/link-name.tsx';
import { useLanguage, useTexts } from '../../texts/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import { TimeText } from '../../ui/time-text.tsx';
import { saidBy, shareText, Told, toneOf } from './columns.tsx';
import { Examples } from './examples.tsx';
import { explain } from './explain.ts';
import type { ErrorFilter } from './filter.ts';
import styles from './group-details.module.css';
import type { FailureRow } from './groups.ts';

export interface GroupDetailsProps {
  readonly group: FailureRow;
  readonly filter: ErrorFilter;
  readonly production: boolean;
  /** Takes the focus when the details are opened by key. */
  readonly heading: RefObject<HTMLHeadingElement | null>;
}

/** What a group of failures means, who is probably at fault, what to try, and examples of it. */
export function GroupDetails({ group, filter, production, heading }: GroupDetailsProps) {
  const t = useTexts('errors');
  const common = useTexts('common');
  const language = useLanguage();
  const numbers = new Intl.NumberFormat(language);
  const { meanings, blamed, advice } = explain(group);
  const link = group.link ?? t('someone');
  return (
    <div className={styles['details']}>
      <header className={styles['head']}>
        <h2 className={styles['title']} ref={heading} tabIndex={-1}>
          <span className={styles['layer']}>{t(group.layer)}</span>
          <Chip tone={toneOf(group)}>{group.code}</Chip>
          <span>{saidBy(group, t)}</span>
        </h2>
        <p className={styles['who']}>
          {t(`heading-${group.direction}`, { link })}
          {production && <ProductionMark word={common('production')} />}
        </p>
      </header>
      <dl className={styles['facts']}>
        <dt>{t('meaning')}</dt>
        <dd>
          {meanings.map(({ words, version }) => (
            <p key={version ?? ''} className={styles['meaning']}>
              <Told words={words} t={t} link={link} />
              {version !== undefined && <span className={styles['dim']}> {t('inVersion', { version })}</span>}
            </p>
          ))}
        </dd>
        <dt>{t('blame')}</dt>
        <dd>{t(`blame-${blamed}`, { link })}</dd>
        <dt>{t('advice')}</dt>
        <dd>
          {advice.map(sentence => (
            <p key={'key' in sentence ? sentence.key : sentence.english}>
              <Told words={sentence} t={t} link={link} />
            </p>
          ))}
        </dd>
        <dt>{t('times')}</dt>
        <dd>
          {t('timesOf', { number: numbers.format(group.count), share: shareText(group.share, language) })}
          {group.ofCode > group.count && (
            <div className={styles['dim']}>{t('alsoElsewhere', { number: numbers.format(group.ofCode) })}</div>
          )}
        </dd>
        <dt>{t('first')}</dt>
        <dd className={styles['time']}>
          <TimeText at={group.first} />
        </dd>
        <dt>{t('last')}</dt>
        <dd className={styles['time']}>
          <TimeText at={group.last} />
        </dd>
        <dt>{t('versions')}</dt>
        <dd>{group.versions.map(version => version ?? t('noVersion')).join(', ')}</dd>
      </dl>
      <Examples group={group} filter={filter} />
      {group.link !== null && (
        <p className={styles['end']}>
          <Link to="/partners/link/$name" params={{ name: group.link }}>
            {t('openLink')}
          </Link>
        </p>
      )}
    </div>
  );
}
