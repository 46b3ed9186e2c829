import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { failureOf } from '../../../bridge/failure.ts';
import { useLinks } from '../../../bridge/queries.ts';
import { ProductionSign } from '../../../links/production.tsx';
import { StateChip } from '../../../links/state-chip.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { printToken } from '../../../ui/filter-text.ts';
import { Loading } from '../../../ui/loading.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { View } from '../../../ui/view.tsx';
import { BehindNote } from '../behind-note.tsx';
import area from '../health.module.css';
import { LookButton } from '../notices/look-button.tsx';
import { ThresholdForm } from '../thresholds/threshold-form.tsx';
import { useLinksHealth } from '../use-health.ts';
import { HoursChart } from './hours-chart.tsx';
import { LinkFacts } from './link-facts.tsx';
import styles from './link-health.module.css';
import { ChangesPanel, LocationsPanel, OverduePanel, TokensPanel } from './link-panels.tsx';
import { NoticesPanel } from './notices-panel.tsx';
import { PullsPanel } from './pulls-panel.tsx';

const NOW_MS = 5000;

/** How one link is, and from when on that is worth a notice. */
export function LinkHealthPage({ name }: { readonly name: string }) {
  const t = useTexts('health');
  const now = useNow(NOW_MS);
  const answer = useLinksHealth(name);
  const link = useLinks().data?.find(one => one.name === name);
  const health = answer.data?.links.find(one => one.link === name);
  if (health === undefined) {
    if (answer.error === null) return <Loading text={t('loading')} />;
    return (
      <View title={t('title')}>
        <div className={area['message']}>
          <FailureNote failure={failureOf(answer.error)} onRetry={() => void answer.refetch()} />
          <Link to="/health">{t('back')}</Link>
        </div>
      </View>
    );
  }
  const ofLink = printToken({ name: 'link', value: name });
  return (
    <View>
      <header className={area['head']}>
        <Link to="/health" className={area['back'] ?? ''} aria-label={t('back')} title={t('back')}>
          <IconArrowLeft size={16} aria-hidden />
        </Link>
        <h1 className={area['title']}>{name}</h1>
        {health.environment === 'production' && <ProductionSign />}
        {health.organisation !== name && <span className={area['dim']}>{health.organisation}</span>}
        {health.version !== null && <Mono>{health.version}</Mono>}
        <StateChip state={health.state} />
        <span className={area['actions']}>
          <Link to="/partners/link/$name" params={{ name }}>
            {t('toPartner')}
          </Link>
          <Link to="/traffic" search={{ q: ofLink }}>
            {t('toTraffic')}
          </Link>
          <Link to="/errors" search={{ q: ofLink }}>
            {t('toErrors')}
          </Link>
          <LookButton link={name} />
        </span>
      </header>
      <BehindNote behind={answer.data?.behind ?? 0} />
      <div className={styles['body']}>
        <NoticesPanel link={name} notices={health.notices} now={now} />
        <Panel title={t('hoursTitle')}>
          <LinkFacts health={health} now={now} />
          <HoursChart link={name} hours={health.hours} />
        </Panel>
        <PullsPanel health={health} link={link} now={now} />
        <div className={styles['columns']}>
          <OverduePanel health={health} now={now} />
          <ChangesPanel health={health} now={now} />
          <TokensPanel health={health} now={now} />
          <LocationsPanel health={health} now={now} />
        </div>
        <Panel title={t('ownThresholds')}>
          <p className={area['hint']}>{t('ownHint')}</p>
          <ThresholdForm link={name} />
        </Panel>
      </div>
    </View>
  );
}
