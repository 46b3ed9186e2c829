import { Button } from '@mantine/core';
import { IconPower } from '@tabler/icons-react';
import { useDoing } from '../../bridge/use-doing.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import type { FaultDesk } from './fault-desk.ts';
import { useTurnOff } from './use-turn-off.ts';

/** Nothing is wrong on purpose any more, at once. The rules stay. */
export function AllOff({ desk, armed }: { readonly desk: FaultDesk; readonly armed: number }) {
  const t = useTexts('faults');
  const turnOff = useTurnOff();
  const doing = useDoing();
  return (
    <>
      {doing.failure !== undefined && <FailureNote failure={doing.failure} />}
      <Button
        variant="default"
        leftSection={<IconPower size={14} aria-hidden />}
        disabled={armed === 0}
        loading={doing.busy}
        onClick={() => void doing.run(() => turnOff([desk.calls]))}
      >
        {t('allOff')}
      </Button>
    </>
  );
}
