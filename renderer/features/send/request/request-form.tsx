import { useQuery } from '@tanstack/react-query';
import type { SendableOperation } from '../../../../core/contract/sending.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { keys } from '../../../bridge/keys.ts';
import { exchangeQuery } from '../../../bridge/queries.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Loading } from '../../../ui/loading.tsx';
import styles from '../send.module.css';
import type { FormProps } from '../send-page.tsx';
import { draftFrom, draftOf } from './draft.ts';
import { RequestEditor } from './request-editor.tsx';

/** Any request of the catalogue: what it begins with is fetched first. */
export function RequestForm({ link, search, onSearch }: FormProps) {
  const t = useTexts('send');
  const client = useClient();
  const { name } = link;
  const operations = useQuery({
    queryKey: [...keys.link(name), 'operations'],
    queryFn: ({ signal }) => client.sending.operations({ name }, { signal }),
  });
  const again = useQuery({ ...exchangeQuery(client, search.again ?? 0), enabled: search.again !== undefined });
  const operation = operations.data?.find(one => one.operation === search.operation) ?? firstOf(operations.data ?? []);
  const example = useQuery({
    queryKey: ['send example', name, operation?.operation, search.of],
    queryFn: ({ signal }) =>
      client.sending.example(
        { name, operation: operation?.operation ?? '', ...(search.of !== undefined && { of: search.of }) },
        { signal },
      ),
    enabled: operation !== undefined && search.again === undefined,
    retry: false,
    gcTime: 0,
  });
  const error = operations.error ?? again.error;
  if (error !== null) {
    return (
      <div className={styles['message']}>
        <FailureNote
          failure={failureOf(error)}
          onRetry={() => void (operations.error === null ? again : operations).refetch()}
        />
      </div>
    );
  }
  const waiting = search.again === undefined ? example.isPending : again.data === undefined;
  if (operations.data === undefined || operation === undefined || waiting) {
    return <Loading text={t('loading')} />;
  }
  const sent = again.data === undefined ? undefined : draftFrom(again.data, operations.data);
  return (
    <RequestEditor
      link={link}
      search={search}
      onSearch={onSearch}
      operations={operations.data}
      begin={() => sent ?? draftOf(operation, example.data)}
      from={sent === undefined ? example.data?.from : t('fromExchange', { id: search.again ?? 0 })}
      fresh={search.operation !== undefined || search.again !== undefined}
    />
  );
}

/** Something that reads, where nothing was asked for. */
function firstOf(operations: readonly SendableOperation[]): SendableOperation | undefined {
  return (
    operations.find(({ side, endpoint, writes }) => side === 'SENDER' && endpoint !== null && !writes) ??
    operations.find(({ endpoint }) => endpoint !== null) ??
    operations[0]
  );
}
