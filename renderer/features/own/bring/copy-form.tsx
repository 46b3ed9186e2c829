import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { OwnWritten } from '../../../../core/contract/own.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { keys } from '../../../bridge/keys.ts';
import { useLinks } from '../../../bridge/queries.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { ofKind } from '../kinds.ts';
import styles from './bring.module.css';
import type { BringProps } from './bring-dialog.tsx';
import { BringForm } from './bring-form.tsx';
import { OwnerFields } from './owner-fields.tsx';

/** Everything that was pulled from a link, as if it were ours. */
export function CopyForm({ kind, parties, onClose }: BringProps) {
  const t = useTexts('own');
  const client = useClient();
  const numbers = new Intl.NumberFormat(useLanguage());
  const doing = useDoing();
  const links = useLinks();
  const names = (links.data ?? []).map(({ name }) => name);
  const counts = useQuery({
    queryKey: [...keys.objects(undefined, kind.module), 'copyable', names],
    queryFn: ({ signal }) =>
      Promise.all(
        names.map(async name => {
          const { count } = await client.objects.count({ name, module: kind.module, vanished: false }, { signal });
          return { name, count };
        }),
      ),
    enabled: links.data !== undefined,
  });
  const copyable = counts.data?.filter(({ count }) => count > 0);
  const [party, setParty] = useState(parties[0] ?? '');
  const [chosen, setChosen] = useState<string>();
  const [unchecked, setUnchecked] = useState(false);
  const [written, setWritten] = useState<OwnWritten>();
  const link = chosen ?? copyable?.[0]?.name;
  const copy = async () => {
    if (link === undefined) return;
    setWritten(
      await doing.run(() => client.own.copy({ ...ofKind(kind), party, link, ...(unchecked && { unchecked }) })),
    );
  };
  const error = links.error ?? counts.error;
  if (error !== null) return <FailureNote failure={failureOf(error)} onRetry={() => void counts.refetch()} />;
  return (
    <BringForm
      hint={t('copyText')}
      action={t('copy')}
      disabled={link === undefined}
      doing={doing}
      written={written}
      unchecked={unchecked}
      onUnchecked={setUnchecked}
      onBring={copy}
      onClose={onClose}
    >
      {copyable === undefined && (
        <p className={styles['hint']} aria-busy>
          {t('loading')}
        </p>
      )}
      {copyable?.length === 0 && (
        <p>
          {t('nothingPulled', { kind: t(`kind-${kind.id}`) })} <Link to="/partners">{t('toPartners')}</Link>
        </p>
      )}
      {copyable !== undefined && copyable.length > 0 && (
        <div className={styles['fields']}>
          <NativeSelect
            label={t('fromLink')}
            data={copyable.map(({ name, count }) => ({
              value: name,
              label: t('linkWith', { name, number: numbers.format(count) }),
            }))}
            value={link ?? ''}
            onChange={event => setChosen(event.currentTarget.value)}
            data-autofocus
          />
          <OwnerFields parties={parties} party={party} onParty={setParty} />
        </div>
      )}
    </BringForm>
  );
}
