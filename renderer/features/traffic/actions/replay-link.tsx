import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { printIds } from '../../../exchange/id-ranges.ts';
import { useTexts } from '../../../texts/use-texts.ts';

/** One click from exchanges to the area that sends them anew. In the order in which they were recorded. */
export function ReplayLink({ ids }: { readonly ids: readonly number[] }) {
  const t = useTexts('traffic');
  return (
    <Button
      variant="default"
      leftSection={<IconPlayerPlay size={13} aria-hidden />}
      renderRoot={props => <Link to="/replay" search={{ source: replaySource(ids) }} {...props} />}
    >
      {ids.length === 1 ? t('replayThis') : t('replaySelection', { count: ids.length })}
    </Button>
  );
}

/** As the address of the area Replay names them. */
export function replaySource(ids: readonly number[]): string {
  return `exchanges:${printIds(ids)}`;
}
