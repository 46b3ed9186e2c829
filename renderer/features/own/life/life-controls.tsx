import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import type { LifeView, SetLife } from '../../../../core/contract/life.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import styles from './life.module.css';
import type { Simulation } from './simulation.ts';

export interface LifeControlsProps {
  readonly life: LifeView;
  readonly calls: Simulation['calls'];
  readonly busy: boolean;
  readonly onChange: (call: () => Promise<LifeView>) => Promise<void>;
}

const SPEEDS = [1, 2, 5, 10, 30, 60, 100, 300, 1000];

export function LifeControls({ life, calls, busy, onChange }: LifeControlsProps) {
  const t = useTexts('life');
  const set = (change: SetLife) => void onChange(() => calls.set(change));
  const speeds = SPEEDS.includes(life.speed) ? SPEEDS : [...SPEEDS, life.speed].sort((left, right) => left - right);
  return (
    <div className={styles['controls']}>
      <div className={styles['state']}>
        <Chip tone={life.running ? 'ok' : 'warn'}>{life.running ? t('running') : t('paused')}</Chip>
        <span title={t('now')}>
          <TimeText at={life.simulatedAt} withDate />
        </span>
      </div>
      <Button
        variant="default"
        disabled={busy}
        leftSection={life.running ? <IconPlayerPause size={14} /> : <IconPlayerPlay size={14} />}
        onClick={() => void onChange(() => (life.running ? calls.pause() : calls.resume()))}
      >
        {life.running ? t('pause') : t('resume')}
      </Button>
      <NativeSelect
        label={t('speed')}
        className={styles['short'] ?? ''}
        data={speeds.map(speed => ({ value: String(speed), label: t('speedOf', { speed }) }))}
        value={String(life.speed)}
        onChange={event => set({ speed: Number(event.currentTarget.value) })}
      />
      <NumberField
        key={`charges ${life.charges}`}
        label={t('keptGoing')}
        why={t('keptGoingWhy')}
        value={life.charges}
        most={10_000}
        whole
        onSet={charges => set({ charges })}
      />
      <NumberField
        key={`arrivals ${life.arrivals}`}
        label={t('arrivals')}
        why={t('arrivalsWhy')}
        value={life.arrivals}
        most={60}
        onSet={arrivals => set({ arrivals })}
      />
    </div>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly why: string;
  readonly value: number;
  readonly most: number;
  readonly whole?: boolean;
  readonly onSet: (value: number) => void;
}

/** Holds once it is left, or Enter was pressed. */
function NumberField({ label, why, value, most, whole = false, onSet }: NumberFieldProps) {
  const t = useTexts('life');
  const [text, setText] = useState(String(value));
  const typed = text.trim() === '' ? Number.NaN : Number(text.replace(',', '.'));
  const good = typed >= 0 && typed <= most && (!whole || Number.isInteger(typed));
  const settle = () => {
    if (good && typed !== value) onSet(typed);
  };
  return (
    <TextInput
      label={label}
      title={why}
      className={styles['short'] ?? ''}
      inputMode="decimal"
      value={text}
      error={good ? undefined : t('numberRange', { least: 0, most })}
      onChange={event => setText(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={event => {
        if (event.key === 'Enter') settle();
      }}
    />
  );
}
