import { Button, CloseButton } from '@mantine/core';
import type { StoredObject } from '../../../core/contract/objects.ts';
import { evseStatusesOf } from '../../../core/ocpi/evse-urgency.ts';
import { StatusMark } from '../../evse/status-mark.tsx';
import { byUrgency } from '../../evse/status-shape.ts';
import { ProductionChip } from '../../links/production.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import { Mono } from '../../ui/mono.tsx';
import styles from './locations.module.css';
import { textAt } from './reading/json.ts';
import type { LocationName } from './search.ts';

export interface SelectedCardProps {
  readonly object: StoredObject;
  readonly production: boolean;
  readonly onOpen: (name: LocationName) => void;
  readonly onClose: () => void;
}

/** What is selected, in short, beside the map. */
export function SelectedCard({ object, production, onOpen, onClose }: SelectedCardProps) {
  const t = useTexts('locations');
  const { object: location, id, party, link, vanished, findings } = object;
  const statuses = new Map<string, number>();
  for (const status of evseStatusesOf(location)) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  return (
    <aside className={styles['card']} aria-label={t('selected')}>
      <div className={styles['cardHead']}>
        <strong>{textAt(location, 'name') ?? id}</strong>
        {production && <ProductionChip />}
        {vanished && <Chip tone="warn">{t('vanished')}</Chip>}
        <CloseButton aria-label={t('close')} onClick={onClose} className={styles['cardClose'] ?? ''} />
      </div>
      <div>{[textAt(location, 'address'), textAt(location, 'city')].filter(Boolean).join(', ')}</div>
      <div>
        {byUrgency(Object.fromEntries(statuses)).map(([status, count]) => (
          <StatusMark key={status} status={status} count={count} />
        ))}
        {findings.length > 0 && (
          <Chip tone="warn">{t('findings', { count: findings.length, number: findings.length })}</Chip>
        )}
      </div>
      <div className={styles['cardLine']}>
        <Mono wrap>{`${id} · ${party} · ${link}`}</Mono>
        <Button onClick={() => onOpen({ link, id, party })}>{t('open')}</Button>
      </div>
    </aside>
  );
}
