import { useNavigate } from '@tanstack/react-router';
import { useTexts } from '../../texts/use-texts.ts';
import { type Tab, Tabs } from '../../ui/tabs.tsx';
import { View } from '../../ui/view.tsx';
import { LinksTab } from './links/links-tab.tsx';
import { LocationsTab } from './locations/locations-tab.tsx';
import { NoticesTab } from './notices/notices-tab.tsx';
import { SchedulesTab } from './schedules/schedules-tab.tsx';
import { type HealthSearch, type HealthTab, TABS } from './search.ts';
import { ThresholdsTab } from './thresholds/thresholds-tab.tsx';
import { useOpenNotices } from './use-health.ts';

/** How partners and their locations are, what is over its threshold, and what is looked after by itself. */
export function HealthPage({ search }: { readonly search: HealthSearch }) {
  const t = useTexts('health');
  const go = useNavigate();
  const open = useOpenNotices().data?.open ?? 0;
  const tab: HealthTab = search.tab ?? 'links';
  const tabs = TABS.map(
    (id): Tab<HealthTab> => ({ id, label: t(`tab-${id}`), ...(id === 'notices' && open > 0 && { badge: open }) }),
  );
  const show = (change: HealthSearch, { replace }: { readonly replace: boolean }) =>
    void go({ to: '/health', search: { ...search, ...change }, replace });
  return (
    <View title={t('title')}>
      <Tabs
        label={t('title')}
        tabs={tabs}
        value={tab}
        fill
        // Each begins with everything: what narrowed another one is left behind.
        onChange={next => void go({ to: '/health', search: next === 'links' ? {} : { tab: next } })}
      >
        {tab === 'links' && <LinksTab />}
        {tab === 'locations' && <LocationsTab search={search} onShow={show} />}
        {tab === 'notices' && <NoticesTab search={search} onShow={show} />}
        {tab === 'thresholds' && <ThresholdsTab search={search} onShow={show} />}
        {tab === 'schedules' && <SchedulesTab search={search} onShow={show} />}
      </Tabs>
    </View>
  );
}
