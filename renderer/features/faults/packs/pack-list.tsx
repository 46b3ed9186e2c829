import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { failureOf } from '../../../bridge/failure.ts';
import { useLinks } from '../../../bridge/queries.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { usePacks } from '../fault-desk.ts';
import type { PartProps } from '../faults-page.tsx';
import { PackCard } from './pack-card.tsx';
import styles from './packs.module.css';

/** Rules that belong together, loaded at once. */
export function PackList({ desk, rules, kinds, to }: PartProps) {
  const t = useTexts('faults');
  const common = useTexts('common');
  const packs = usePacks();
  const links = useLinks().data ?? [];
  const [link, setLink] = useState('');
  if (packs.data === undefined) {
    return packs.error === null ? (
      <Loading text={t('loading')} />
    ) : (
      <div className={styles['message']}>
        <FailureNote failure={failureOf(packs.error)} onRetry={() => void packs.refetch()} />
      </div>
    );
  }
  return (
    <div className={styles['packs']}>
      <div className={styles['lead']}>
        <p className={styles['hint']}>{t(desk.whose === 'own' ? 'packsText' : 'packsTextPartner')}</p>
        {desk.whose === 'own' && links.length > 0 && (
          <NativeSelect
            label={t('packFor')}
            value={link}
            onChange={event => setLink(event.currentTarget.value)}
            data={[
              { value: '', label: t('everyLink') },
              ...links.map(({ name, environment }) => ({
                value: name,
                label: environment === 'production' ? `${name} · ${common('production')}` : name,
              })),
            ]}
          />
        )}
      </div>
      <ul className={styles['cards']}>
        {packs.data.map(pack => (
          <PackCard
            key={pack.name}
            pack={pack}
            desk={desk}
            kinds={kinds}
            loaded={rules.filter(rule => rule.pack === pack.name)}
            link={desk.whose === 'own' ? link : ''}
            onRules={() => to({})}
          />
        ))}
      </ul>
    </div>
  );
}
