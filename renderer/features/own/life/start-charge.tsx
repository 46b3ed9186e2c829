import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useLinks } from '../../../bridge/queries.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Mono } from '../../../ui/mono.tsx';
import styles from './life.module.css';
import type { Simulation } from './simulation.ts';

const WHO = ['driver', 'app', 'card'] as const;
const ANY = '';

/** One charge, now. */
export function StartCharge({ whose, calls, queryKey }: Simulation) {
  const t = useTexts('life');
  const queries = useQueryClient();
  const doing = useDoing();
  const links = useLinks().data ?? [];
  const [as, setAs] = useState<(typeof WHO)[number]>('driver');
  const [location, setLocation] = useState('');
  const [link, setLink] = useState(ANY);
  // A drive leads somewhere; a driver may be anybody's customer. The built-in partner knows nobody but us.
  const partner = whose === 'partner' ? ANY : as === 'driver' || link !== ANY ? link : (links[0]?.name ?? ANY);
  const [begun, setBegun] = useState<string>();
  const start = async (event: FormEvent) => {
    event.preventDefault();
    setBegun(undefined);
    const started = await doing.run(() =>
      calls.start({ as, ...(location !== '' && { location }), ...(partner !== ANY && { link: partner }) }),
    );
    setBegun(started?.id);
    void queries.invalidateQueries({ queryKey });
  };
  return (
    <form className={styles['controls']} onSubmit={event => void start(event)} aria-label={t('start')}>
      <NativeSelect
        label={t('as')}
        className={styles['long'] ?? ''}
        data={WHO.map(who => ({ value: who, label: t(whose === 'own' ? `as-${who}` : `theirs-${who}`) }))}
        value={as}
        onChange={event => setAs(WHO.find(who => who === event.currentTarget.value) ?? 'driver')}
      />
      <TextInput
        label={t('location')}
        className={styles['short'] ?? ''}
        placeholder={t('anyLocation')}
        value={location}
        spellCheck={false}
        onChange={event => setLocation(event.currentTarget.value.trim())}
      />
      {whose === 'own' && (
        <NativeSelect
          label={t('partner')}
          className={styles['short'] ?? ''}
          data={[
            ...(as === 'driver' ? [{ value: ANY, label: t('anyPartner') }] : []),
            ...links.map(({ name }) => name),
          ]}
          value={partner}
          onChange={event => setLink(event.currentTarget.value)}
        />
      )}
      <Button type="submit" loading={doing.busy}>
        {t('starting')}
      </Button>
      {begun !== undefined && (
        <span className={styles['begun']} role="status">
          <Mono>{t('started', { id: begun })}</Mono>
        </span>
      )}
      {doing.failure !== undefined && (
        <div className={styles['failure']}>
          <FailureNote failure={doing.failure} />
        </div>
      )}
    </form>
  );
}
