import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useClient } from '../bridge/client.ts';
import { keys } from '../bridge/keys.ts';
import { useExchangeCount, useLinks } from '../bridge/queries.ts';
import { useArmed } from '../features/faults/fault-desk.ts';
import { useOpenNotices } from '../features/health/use-health.ts';
import { useImportedLogs } from '../features/logs/use-logs.ts';
import { usePending } from '../features/send/decisions/use-pending.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import { classNames } from '../ui/class-names.ts';
import { Spoken } from '../ui/spoken.tsx';
import { AREAS, type Area, type AreaId } from './areas.ts';
import styles from './rail.module.css';

/** Names of the areas with how much is in them. */
export function Rail() {
  const t = useTexts('shell');
  const counts = useCounts();
  const shortly = new Intl.NumberFormat(useLanguage(), { notation: 'compact', maximumFractionDigits: 1 });
  const show = (area: Area) => {
    const Icon = area.icon;
    const count = counts[area.id];
    return (
      <Link
        key={area.id}
        to={area.path}
        className={styles['area']}
        activeProps={{ 'aria-current': 'page' }}
        title={t(area.id)}
      >
        <Icon size={15} stroke={1.7} aria-hidden />
        <span className={styles['name']}>{t(area.id)}</span>
        {count !== undefined && count > 0 && (
          <span className={classNames(styles['count'], area.id === 'health' && styles['told'])}>
            {shortly.format(count)}
            {area.id === 'health' && <Spoken> {t('unseenNotices', { count })}</Spoken>}
          </span>
        )}
      </Link>
    );
  };
  return (
    <nav className={styles['rail']} aria-label={t('areas')}>
      <h2 className={styles['group']}>{t('observe')}</h2>
      {AREAS.filter(area => area.group === 'observe').map(show)}
      <h2 className={styles['group']}>{t('act')}</h2>
      {AREAS.filter(area => area.group === 'act').map(show)}
      <div className={styles['end']}>{AREAS.filter(area => area.group === undefined).map(show)}</div>
    </nav>
  );
}

function useCounts(): Partial<Record<AreaId, number>> {
  const client = useClient();
  const links = useLinks().data;
  const exchanges = useExchangeCount({}).data;
  const pending = usePending().data;
  const armed = useArmed();
  const logs = useImportedLogs().data;
  const notices = useOpenNotices().data;
  const locations = useQuery({
    queryKey: [...keys.objects(undefined, 'locations'), 'count', {}],
    queryFn: ({ signal }) => client.objects.count({ module: 'locations' }, { signal }),
  }).data;
  return {
    ...(links && { partners: new Set(links.map(link => link.organisation)).size }),
    ...(exchanges && { traffic: exchanges.count, errors: exchanges.errors }),
    ...(locations && { locations: locations.count }),
    ...(pending && { send: pending.length }),
    ...(logs && { logs: logs.length }),
    ...(notices && { health: notices.unseen }),
    faults: armed.own.length + armed.partner.length,
  };
}
