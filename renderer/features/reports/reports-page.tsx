import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect } from 'react';
import { useTexts } from '../../texts/use-texts.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { View } from '../../ui/view.tsx';
import { CountedTab } from './counted/counted-tab.tsx';
import { DifferencesTab } from './differences/differences-tab.tsx';
import { leaveReport } from './last-report.ts';
import { PaymentsTab } from './payments/payments-tab.tsx';
import { type ReportsSearch, TABS } from './search.ts';

/** Charges counted, where sessions and CDRs do not say the same, and what became of payments. */
export function ReportsPage({ search }: { readonly search: ReportsSearch }) {
  const t = useTexts('reports');
  const go = useNavigate();
  const { tab = 'counted' } = search;
  useEffect(() => leaveReport(search), [search]);
  const onSearch = useCallback((next: ReportsSearch) => void go({ to: '/reports', search: next, replace: true }), [go]);
  return (
    <View title={t('title')}>
      <Tabs
        label={t('views')}
        fill
        value={tab}
        onChange={id =>
          void go({ to: '/reports', search: { ...search, tab: id === 'counted' ? undefined : id, sel: undefined } })
        }
        tabs={TABS.map(id => ({ id, label: t(`tab-${id}`) }))}
      >
        {tab === 'counted' && <CountedTab search={search} onSearch={onSearch} />}
        {tab === 'differences' && <DifferencesTab search={search} onSearch={onSearch} />}
        {tab === 'payments' && <PaymentsTab search={search} onSearch={onSearch} />}
      </Tabs>
    </View>
  );
}
