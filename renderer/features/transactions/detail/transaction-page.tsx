import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import type { TransactionView } from '../../../../core/contract/transaction.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { keys } from '../../../bridge/keys.ts';
import { useLinks } from '../../../bridge/queries.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { SplitPane } from '../../../ui/split-pane.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { View } from '../../../ui/view.tsx';
import { Course } from '../course/course.tsx';
import { CurvePane } from '../curve/curve-pane.tsx';
import { type TransactionSearch, transactionId, VIEWS } from '../search.ts';
import { BackLink } from './back-link.tsx';
import { CostPane } from './cost-pane.tsx';
import styles from './detail.module.css';
import { ExchangePane, useExchangeTab } from './exchange-pane.tsx';
import { KnownObjects } from './known-objects.tsx';
import { MatchedPayments } from './matched-payments.tsx';
import { PaymentSteps } from './payment-steps.tsx';
import { ProblemList } from './problem-list.tsx';
import { TransactionHead } from './transaction-head.tsx';

export interface TransactionPageProps {
  /** As it stands in the address. */
  readonly name: string;
  readonly search: TransactionSearch;
}

/** One charge, whole; it grows while one looks on. */
export function TransactionPage({ name, search }: TransactionPageProps) {
  const t = useTexts('transactions');
  const client = useClient();
  const id = transactionId(name);
  const transaction = useQuery({
    queryKey: keys.transaction(id ?? 0),
    enabled: id !== undefined,
    queryFn: ({ signal }) => client.transactions.get({ id: id ?? 0 }, { signal }),
  });
  if (transaction.data !== undefined) {
    return <Shown transaction={transaction.data} name={name} search={search} failure={transaction.error} />;
  }
  return (
    <View title={t('one', { id: name })}>
      <div className={styles['backLine']}>
        <BackLink />
      </div>
      {id === undefined ? (
        <EmptyState title={t('noSuch')} text={t('noSuchText', { id: name })} />
      ) : transaction.error === null ? (
        <Loading text={t('reading')} />
      ) : (
        <div className={styles['failed']}>
          <FailureNote failure={failureOf(transaction.error)} onRetry={() => void transaction.refetch()} />
        </div>
      )}
    </View>
  );
}

interface ShownProps extends TransactionPageProps {
  readonly transaction: TransactionView;
  /** It could not be read again: what shows is as it was before. */
  readonly failure: unknown;
}

function Shown({ transaction, name, search, failure }: ShownProps) {
  const t = useTexts('transactions');
  const go = useNavigate();
  const links = useLinks().data ?? [];
  const frame = useRef<HTMLDivElement>(null);
  const exchangeTab = useExchangeTab();
  const { points, problems, payment, curve } = transaction;
  const asked = search.show ?? 'course';
  const view = asked === 'payment' && payment.length === 0 ? 'course' : asked;
  const to = (change: TransactionSearch, replace: boolean) =>
    void go({ to: '/transactions/$id', params: { id: name }, search: { ...search, ...change }, replace });
  const open = (exchange: number) => to({ exchange }, search.exchange !== undefined);
  const close = () => {
    to({ exchange: undefined }, false);
    frame.current?.querySelector<HTMLElement>('[role=tree], [role=slider], [role=grid]')?.focus();
  };
  const production = links.some(({ name, environment }) => name === transaction.link && environment === 'production');
  const views = VIEWS.filter(id => id !== 'payment' || payment.length > 0);
  const left = (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears Esc of whatever is shown.
    <div
      className={styles['left']}
      role="presentation"
      onKeyDown={event => {
        if (event.key === 'Escape' && search.exchange !== undefined && !event.defaultPrevented) close();
      }}
    >
      <Tabs
        label={t('views')}
        fill
        value={view}
        onChange={id => to({ show: id === 'course' ? undefined : id }, true)}
        tabs={views.map(id => ({ id, label: t(`view-${id}`), ...(id === 'course' && { badge: points.length }) }))}
      >
        {view === 'course' && <Course transaction={transaction} selected={search.exchange} onOpen={open} />}
        {view === 'curve' && (
          <CurvePane
            curve={curve}
            as={search.as}
            onAs={as => to({ as }, true)}
            selected={search.exchange}
            onOpen={open}
          />
        )}
        {view === 'cost' && <CostPane transaction={transaction} of={search.of} onOf={of => to({ of }, true)} />}
        {view === 'payment' && (
          <div className={styles['payments']}>
            <PaymentSteps steps={payment} onOpen={open} />
            {transaction.reference !== null && <MatchedPayments reference={transaction.reference} />}
          </div>
        )}
        {view === 'objects' && <KnownObjects transaction={transaction} />}
      </Tabs>
    </div>
  );
  return (
    <View frame={frame}>
      <div className={styles['page']}>
        <TransactionHead transaction={transaction} production={production} />
        {failure !== null && failure !== undefined && (
          <div className={styles['failed']}>
            <FailureNote failure={failureOf(failure)} />
          </div>
        )}
        <ProblemList problems={problems} onOpen={open} />
        <div className={styles['rest']}>
          <SplitPane
            left={left}
            right={
              search.exchange === undefined ? null : (
                <ExchangePane
                  id={search.exchange}
                  point={points.find(({ exchangeId }) => exchangeId === search.exchange)}
                  {...exchangeTab}
                />
              )
            }
            storageKey="transaction"
            initial={440}
            onClose={close}
            label={t('exchangeDetails')}
          />
        </div>
      </div>
    </View>
  );
}
