import { SegmentedControl } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import type { FaultKindView, FaultRule } from '../../../core/contract/fault.ts';
import { failureOf } from '../../bridge/failure.ts';
import { useSandbox } from '../../bridge/queries.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { View } from '../../ui/view.tsx';
import { AllOff } from './all-off.tsx';
import { KindBrowser } from './catalogue/kind-browser.tsx';
import { OpenRule } from './editor/open-rule.tsx';
import { type FaultDesk, useFaultDesk, useKinds, useRules } from './fault-desk.ts';
import styles from './faults.module.css';
import { HitsTab } from './hits/hits-tab.tsx';
import { PackList } from './packs/pack-list.tsx';
import { RulesTab } from './rules/rules-tab.tsx';
import { type FaultsSearch, TABS, type TabId, type Whose, whoseOf } from './search.ts';
import { Suggestions } from './suggest/suggestions.tsx';

/** What the parts of the area are handed. */
export interface PartProps {
  readonly desk: FaultDesk;
  readonly rules: readonly FaultRule[];
  readonly kinds: readonly FaultKindView[];
  readonly search: FaultsSearch;
  /** Shows something else of this area; whose rules they are stays. */
  readonly to: (search: FaultsSearch, replace?: boolean) => void;
}

/** Wrong on purpose: the rules in force, the catalogue they are made from, and where they fired. */
export function FaultsPage({ search }: { readonly search: FaultsSearch }) {
  const t = useTexts('faults');
  const go = useNavigate();
  const whose = whoseOf(search);
  const desk = useFaultDesk(whose);
  const sandbox = useSandbox();
  const away = whose === 'partner' && sandbox.data?.running === false;
  const rules = useRules(desk);
  const kinds = useKinds();
  const to = (next: FaultsSearch, replace = false) =>
    void go({ to: '/faults', search: { ...(search.whose && { whose: search.whose }), ...next }, replace });
  const tab = search.tab ?? 'rules';
  const armed = rules.data?.filter(rule => rule.armed).length ?? 0;
  const error = rules.error ?? kinds.error;
  return (
    <View title={t('title')}>
      <Toolbar label={t('tools')}>
        {(sandbox.data?.running === true || whose === 'partner') && (
          <SegmentedControl<Whose>
            aria-label={t('whose')}
            value={whose}
            onChange={next =>
              void go({
                to: '/faults',
                search: { ...(tab !== 'rules' && { tab }), ...(next === 'partner' && { whose: next }) },
              })
            }
            data={[
              { value: 'own', label: t('ours') },
              { value: 'partner', label: t('theirs'), disabled: sandbox.data?.running !== true },
            ]}
          />
        )}
        <p className={styles['what']}>{t(whose === 'own' ? 'whatOurs' : 'whatTheirs')}</p>
        {!away && rules.data !== undefined && (
          <>
            <span className={styles['armed']} role="status">
              {t('armedOf', { armed, all: rules.data.length })}
            </span>
            <AllOff desk={desk} armed={armed} />
          </>
        )}
      </Toolbar>
      <Tabs<TabId>
        label={t('parts')}
        tabs={TABS.map(id => ({
          id,
          label: t(`tab-${id}`),
          ...(id === 'rules' && rules.data !== undefined && rules.data.length > 0 && { badge: rules.data.length }),
        }))}
        value={tab}
        onChange={next => to(next === 'rules' ? {} : { tab: next })}
        fill
      >
        {away ? (
          <EmptyState title={t('awayTitle')} text={t('awayText')} actions={<Link to="/start">{t('toStart')}</Link>} />
        ) : error !== null && (rules.data === undefined || kinds.data === undefined) ? (
          <div className={styles['message']}>
            <FailureNote
              failure={failureOf(error)}
              onRetry={() => void Promise.all([rules.refetch(), kinds.refetch()])}
            />
          </div>
        ) : rules.data === undefined || kinds.data === undefined ? (
          <Loading text={t('loading')} />
        ) : (
          <Part tab={tab} desk={desk} rules={rules.data} kinds={kinds.data} search={search} to={to} />
        )}
      </Tabs>
    </View>
  );
}

function Part({ tab, ...part }: PartProps & { readonly tab: TabId }) {
  const { rule, new: kind, copy, exchange, take } = part.search;
  switch (tab) {
    case 'rules':
      if (rule !== undefined || kind !== undefined || copy !== undefined || take !== undefined) {
        return <OpenRule key={`${part.desk.whose} ${rule} ${kind} ${copy} ${take && exchange} ${take}`} {...part} />;
      }
      return exchange === undefined ? <RulesTab {...part} /> : <Suggestions {...part} exchangeId={exchange} />;
    case 'catalogue':
      return <KindBrowser {...part} />;
    case 'packs':
      return <PackList {...part} />;
    case 'hits':
      return <HitsTab {...part} />;
  }
}
