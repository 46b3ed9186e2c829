import { type AnyRoute, createRoute, useParams, useSearch } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTexts } from '../../texts/use-texts.ts';
import { Loading } from '../../ui/loading.tsx';
import { TransactionSearch, TransactionsSearch } from './search.ts';

/** Loaded when they are looked at. */
const TransactionsPage = lazy(async () => ({
  default: (await import('./list/transactions-page.tsx')).TransactionsPage,
}));
const TransactionPage = lazy(async () => ({
  default: (await import('./detail/transaction-page.tsx')).TransactionPage,
}));

/** `/transactions`, and `/transactions/ID`. */
export function transactionsRoutes<Parent extends AnyRoute>(parent: Parent) {
  const list = createRoute({
    getParentRoute: () => parent,
    path: '/transactions',
    validateSearch: TransactionsSearch,
    component: function List() {
      const search = useSearch({ from: '/transactions' });
      return <Waiting>{<TransactionsPage search={search} />}</Waiting>;
    },
  });
  const one = createRoute({
    getParentRoute: () => parent,
    path: '/transactions/$id',
    validateSearch: TransactionSearch,
    component: function One() {
      const { id } = useParams({ from: '/transactions/$id' });
      const search = useSearch({ from: '/transactions/$id' });
      return <Waiting>{<TransactionPage key={id} name={id} search={search} />}</Waiting>;
    },
  });
  return [list, one] as const;
}

function Waiting({ children }: { readonly children: ReactNode }) {
  const t = useTexts('transactions');
  return <Suspense fallback={<Loading text={t('loading')} />}>{children}</Suspense>;
}
