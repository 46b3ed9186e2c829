import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useClient } from '../../../bridge/client.ts';
import { keys } from '../../../bridge/keys.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import styles from '../health.module.css';

/** Looks now instead of at the next round. */
export function LookButton({ link }: { readonly link?: string }) {
  const t = useTexts('health');
  const client = useClient();
  const queries = useQueryClient();
  const { busy, failure, run } = useDoing();
  const look = () =>
    run(async () => {
      await client.health.look(link === undefined ? {} : { link });
      await queries.invalidateQueries({ queryKey: keys.health });
    });
  return (
    <>
      {failure !== undefined && (
        <strong className={styles['bad']} role="alert" title={failure.advice}>
          {failure.message}
        </strong>
      )}
      <Button
        variant="default"
        leftSection={<IconRefresh size={14} aria-hidden />}
        loading={busy}
        onClick={() => void look()}
      >
        {t('lookNow')}
      </Button>
    </>
  );
}
