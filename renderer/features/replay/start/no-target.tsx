import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useClient } from '../../../bridge/client.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';

/** Nobody to replay to: the built-in partner takes anything. */
export function NoTarget({ asked }: { readonly asked: string | undefined }) {
  const t = useTexts('replay');
  const client = useClient();
  const queries = useQueryClient();
  const doing = useDoing();
  const start = () =>
    doing.run(async () => {
      await client.sandbox.start({});
      await queries.invalidateQueries();
    });
  return (
    <EmptyState
      title={asked === undefined ? t('noTargetTitle') : t('unknownTarget', { link: asked })}
      text={
        <>
          {t('noTargetText')}
          {doing.failure !== undefined && <FailureNote failure={doing.failure} />}
        </>
      }
      actions={
        <>
          <Button loading={doing.busy} onClick={() => void start()}>
            {t('startSandbox')}
          </Button>
          <Button variant="default" renderRoot={props => <Link to="/partners" {...props} />}>
            {t('toPartners')}
          </Button>
        </>
      }
    />
  );
}
