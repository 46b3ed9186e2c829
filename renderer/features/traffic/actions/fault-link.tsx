import { Button } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTexts } from '../../../texts/use-texts.ts';

/** One click from an exchange to rules that would make another one like it. */
export function FaultLink({ id }: { readonly id: number }) {
  const t = useTexts('traffic');
  return (
    <Button
      variant="default"
      leftSection={<IconFlask size={13} aria-hidden />}
      renderRoot={props => <Link to="/faults" search={{ exchange: id }} {...props} />}
    >
      {t('makeFault')}
    </Button>
  );
}
