import { Button } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { keys } from '../../../bridge/keys.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { usePulling } from '../pull/use-pulling.ts';
import { tariffsOf } from '../reading/evses.ts';
import { tariffOf } from '../reading/tariffs.ts';
import styles from './detail.module.css';
import { TariffTable } from './tariff-table.tsx';

export interface TariffsProps {
  readonly location: unknown;
  readonly link: string;
  readonly party: string;
}

/** Tariffs that the connectors refer to, as far as they were pulled. */
export function Tariffs({ location, link, party }: TariffsProps) {
  const t = useTexts('locations');
  const client = useClient();
  const language = useLanguage();
  const ids = useMemo(() => tariffsOf(location), [location]);
  const { begin, beginning, refused } = usePulling();
  const found = useQueries({
    queries: ids.map(id => ({
      queryKey: [...keys.objects(link, 'tariffs'), 'one', party, id],
      retry: false,
      queryFn: async ({ signal }: { readonly signal: AbortSignal }) => {
        try {
          const asked = { name: link, module: 'tariffs' as const, id, ...(party !== '' && { party }) };
          return await client.objects.get(asked, { signal });
        } catch (error) {
          if (failureOf(error).code === 'NOT_FOUND') return null;
          throw error;
        }
      },
    })),
  });
  if (ids.length === 0) {
    return (
      <Panel title={t('tariffs')}>
        <p className={styles['dim']}>{t('noTariffs')}</p>
      </Panel>
    );
  }
  const missing = ids.filter((_, at) => found[at]?.data === null);
  return (
    <Panel
      title={t('tariffs')}
      actions={
        missing.length > 0 && (
          <Button
            variant="default"
            loading={beginning}
            onClick={() => void begin([{ link, module: 'tariffs', full: false }])}
          >
            {t('pullTariffs')}
          </Button>
        )
      }
    >
      {refused.map(({ failure }) => (
        <FailureNote key={failure.message} failure={failure} />
      ))}
      {missing.length > 0 && (
        <p className={styles['dim']}>
          {t('tariffsMissing', { count: missing.length })} <Mono wrap>{missing.join(', ')}</Mono>
        </p>
      )}
      {ids.map((id, at) => {
        const tariff = found[at];
        if (tariff?.error) return <FailureNote key={id} failure={failureOf(tariff.error)} />;
        if (!tariff?.data) return null;
        return (
          <section
            key={id}
            id={`tariff-${id}`}
            tabIndex={-1}
            className={styles['tariff']}
            aria-label={t('tariff', { id })}
          >
            <TariffTable tariff={tariffOf(tariff.data.object, language)} />
          </section>
        );
      })}
    </Panel>
  );
}
