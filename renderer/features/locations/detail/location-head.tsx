import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { StoredObject } from '../../../../core/contract/objects.ts';
import { positionOf } from '../../../../core/ocpi/geo-location.ts';
import { ProductionChip } from '../../../links/production.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { FactLine } from '../../../ui/fact.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { textAt } from '../reading/json.ts';
import styles from './detail.module.css';

export interface LocationHeadProps {
  readonly stored: StoredObject;
  readonly production: boolean;
  readonly onBack: () => void;
}

/** Which location this is, whose, and how old what we know of it is. */
export function LocationHead({ stored, production, onBack }: LocationHeadProps) {
  const t = useTexts('locations');
  const { object, id, party, link, version, lastUpdated, seenAt, revision, vanished } = stored;
  const address = ['address', 'postal_code', 'city', 'country'].map(name => textAt(object, name)).filter(Boolean);
  const position = positionOf(object);
  const coordinates = [textAt(object, 'coordinates', 'latitude'), textAt(object, 'coordinates', 'longitude')];
  return (
    <div className={styles['head']}>
      <div className={styles['titleLine']}>
        <Button variant="subtle" color="gray" leftSection={<IconArrowLeft size={14} />} onClick={onBack}>
          {t('back')}
        </Button>
        <h1 className={styles['title']}>{textAt(object, 'name') ?? id}</h1>
        {production && <ProductionChip />}
        {vanished && (
          <Chip tone="warn" title={t('vanishedHint')}>
            {t('vanished')}
          </Chip>
        )}
        {textAt(object, 'publish') === 'false' && (
          <Chip tone="plain" title={t('unpublishedHint')}>
            {t('unpublished')}
          </Chip>
        )}
        <span className={styles['address']}>{address.join(', ')}</span>
      </div>
      <dl className={styles['ids']}>
        <FactLine label={t('columnId')}>
          <Mono wrap>{id}</Mono>
          <CopyButton text={id} label={t('copyId')} />
        </FactLine>
        <FactLine label={t('columnParty')}>
          <Mono>{party === '' ? '?' : party}</Mono>
        </FactLine>
        <FactLine label={t('columnLink')}>
          <Link to="/partners/link/$name" params={{ name: link }}>
            {link}
          </Link>
          <Mono>{version}</Mono>
        </FactLine>
        <FactLine label={t('position')}>
          {position === undefined ? (
            <Chip tone="warn">{coordinates.some(Boolean) ? coordinates.join(' / ') : t('noPosition')}</Chip>
          ) : (
            <>
              <Mono>{coordinates.join(', ')}</Mono>
              <CopyButton text={coordinates.join(', ')} label={t('copyPosition')} />
            </>
          )}
        </FactLine>
        <FactLine label={t('columnUpdated')}>
          <Mono>{lastUpdated === null ? '?' : <TimeText at={lastUpdated} withDate />}</Mono>
        </FactLine>
        <FactLine label={t('seen')}>
          <Mono>
            <TimeText at={seenAt} withDate />
          </Mono>
        </FactLine>
        <FactLine label={t('revision')}>
          <Mono>{revision}</Mono>
          <Link to="/replay" search={{ source: `object:${link}/locations/${id}` }}>
            {t('replayThis')}
          </Link>
        </FactLine>
      </dl>
    </div>
  );
}
