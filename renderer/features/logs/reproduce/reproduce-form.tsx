import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { IconRepeat } from '@tabler/icons-react';
import { type FormEvent, useId, useState } from 'react';
import type { LogOrFile } from '../../../../core/contract/session-log.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import styles from '../logs.module.css';
import { useReproduce } from './use-reproduce.ts';

export interface ReproduceFormProps {
  readonly source: LogOrFile;
  /** Links of the log; `value` is the name it has in the file. */
  readonly links: readonly { readonly value: string; readonly label: string }[];
  /** Chosen to begin with. */
  readonly link?: string | undefined;
  readonly onStarted: () => void;
  readonly onCancel: () => void;
}

type Side = 'partner' | 'us';
type Timing = 'recorded' | 'at-once';

/** Whose answers are given, where, and how fast. */
export function ReproduceForm({ source, links, link, onStarted, onCancel }: ReproduceFormProps) {
  const t = useTexts('logs');
  const common = useTexts('common');
  const id = useId();
  const { doing, start } = useReproduce();
  const [chosen, setChosen] = useState(link ?? links[0]?.value);
  const [as, setAs] = useState<Side>('partner');
  const [timing, setTiming] = useState<Timing>('recorded');
  const [host, setHost] = useState('127.0.0.1');
  const [port, setPort] = useState('');
  const wrongPort = port.trim() !== '' && !isPort(port.trim());
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (wrongPort) return;
    const started = await start({
      source,
      as,
      timing,
      host: host.trim() === '' ? '127.0.0.1' : host.trim(),
      ...(chosen !== undefined && { link: chosen }),
      ...(port.trim() !== '' && { port: Number(port.trim()) }),
    });
    if (started) onStarted();
  };
  return (
    <form className={styles['dialog']} onSubmit={event => void submit(event)} noValidate>
      <p>{t('reproduceLead')}</p>
      {links.length > 1 && (
        <NativeSelect
          label={t('ofLink')}
          value={chosen ?? ''}
          onChange={event => setChosen(event.currentTarget.value)}
          data={[...links]}
        />
      )}
      <div>
        <p className={styles['label']} id={`${id}-as`}>
          {t('asWhom')}
        </p>
        <SegmentedControl<Side>
          aria-labelledby={`${id}-as`}
          value={as}
          onChange={setAs}
          data={[
            { value: 'partner', label: t('as-partner') },
            { value: 'us', label: t('as-us') },
          ]}
        />
        <p className={styles['under']}>{t(`as-${as}-hint`)}</p>
      </div>
      <div>
        <p className={styles['label']} id={`${id}-timing`}>
          {t('timing')}
        </p>
        <SegmentedControl<Timing>
          aria-labelledby={`${id}-timing`}
          value={timing}
          onChange={setTiming}
          data={[
            { value: 'recorded', label: t('timing-recorded') },
            { value: 'at-once', label: t('timing-at-once') },
          ]}
        />
      </div>
      <div className={styles['fields']}>
        <TextInput
          label={t('host')}
          description={t('hostHint')}
          value={host}
          onChange={event => setHost(event.currentTarget.value)}
          classNames={{ root: styles['host'] ?? '', input: styles['mono'] ?? '' }}
        />
        <TextInput
          label={t('port')}
          placeholder={t('portAny')}
          inputMode="numeric"
          value={port}
          onChange={event => setPort(event.currentTarget.value)}
          error={wrongPort ? t('portProblem') : null}
          classNames={{ root: styles['port'] ?? '', input: styles['mono'] ?? '' }}
        />
      </div>
      {doing.failure !== undefined && <FailureNote failure={doing.failure} />}
      <div className={styles['foot']}>
        <Button variant="default" onClick={onCancel}>
          {common('cancel')}
        </Button>
        <Button
          type="submit"
          loading={doing.busy}
          disabled={wrongPort}
          leftSection={<IconRepeat size={14} aria-hidden />}
          data-autofocus
        >
          {t('startReproduction')}
        </Button>
      </div>
    </form>
  );
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}
