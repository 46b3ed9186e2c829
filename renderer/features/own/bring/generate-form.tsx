import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OwnWritten } from '../../../../core/contract/own.ts';
import { useClient } from '../../../bridge/client.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { ofKind } from '../kinds.ts';
import styles from './bring.module.css';
import type { BringProps } from './bring-dialog.tsx';
import { BringForm } from './bring-form.tsx';
import { OwnerFields } from './owner-fields.tsx';

/** As many as the core makes at once. */
const MOST = 100_000;

export function GenerateForm({ kind, parties, versions, onClose }: BringProps) {
  const t = useTexts('own');
  const client = useClient();
  const doing = useDoing();
  const [party, setParty] = useState(parties[0] ?? '');
  const [version, setVersion] = useState(versions.at(-1) ?? '2.2.1');
  const [count, setCount] = useState('10');
  const [seed, setSeed] = useState('1');
  const [written, setWritten] = useState<OwnWritten>();
  const wanted = /^\d+$/.test(count.trim()) ? Number(count) : Number.NaN;
  const good = wanted >= 1 && wanted <= MOST;
  const generate = async () => {
    const made = await doing.run(() =>
      client.own.generate({ ...ofKind(kind), party, version, count: wanted, seed: seed === '' ? '1' : seed }),
    );
    setWritten(made);
  };
  return (
    <BringForm
      hint={t('generateText')}
      action={t('generate')}
      disabled={!good}
      doing={doing}
      written={written}
      onBring={generate}
      onClose={onClose}
    >
      <div className={styles['fields']}>
        <TextInput
          label={t('howMany')}
          value={count}
          inputMode="numeric"
          error={good ? undefined : t('countRange')}
          onChange={event => setCount(event.currentTarget.value)}
          data-autofocus
        />
        <TextInput
          label={t('seed')}
          title={t('seedWhy')}
          value={seed}
          onChange={event => setSeed(event.currentTarget.value)}
        />
        <OwnerFields
          parties={parties}
          party={party}
          onParty={setParty}
          versions={versions}
          version={version}
          onVersion={setVersion}
        />
      </div>
    </BringForm>
  );
}
