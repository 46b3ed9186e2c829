import { useNavigate } from '@tanstack/react-router';
import { BillPane } from '../../../bill/bill-pane.tsx';
import { failureOf } from '../../../bridge/failure.ts';
import { useLinks } from '../../../bridge/queries.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { JsonView } from '../../../ui/editor/json-view.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { View } from '../../../ui/view.tsx';
import { BackLink } from '../back-link.tsx';
import type { ChargeSearch } from '../search.ts';
import styles from './charge.module.css';
import { ChargeHead } from './charge-head.tsx';
import { type ChargeName, moduleOf, useChargeText } from './use-charge.ts';

/** One session or CDR that was counted: what it ought to cost, and the object itself. */
export function ChargePage({ search }: { readonly search: ChargeSearch }) {
  const t = useTexts('reports');
  const { kind = 'cdr', link, party, id } = search;
  if (id === undefined) {
    return (
      <View title={t('charge')}>
        <BackLink from="charge" />
        <EmptyState title={t('noSuchCharge')} text={t('noSuchChargeText')} />
      </View>
    );
  }
  return <Shown name={{ kind, link, party, id }} search={search} />;
}

interface ShownProps {
  readonly name: ChargeName;
  readonly search: ChargeSearch;
}

function Shown({ name, search }: ShownProps) {
  const t = useTexts('reports');
  const go = useNavigate();
  const links = useLinks().data ?? [];
  const { link, party, id } = name;
  const module = moduleOf(name);
  const production = links.some(one => one.name === link && one.environment === 'production');
  const { show = 'cost' } = search;
  const named = { id, ...(party !== undefined && { party }) };
  return (
    <View>
      <ChargeHead name={name} production={production} />
      <Tabs
        label={t('chargeViews')}
        fill
        value={show}
        onChange={next =>
          void go({
            to: '/reports/charge',
            search: { ...search, show: next === 'object' ? next : undefined },
            replace: true,
          })
        }
        tabs={(['cost', 'object'] as const).map(one => ({ id: one, label: t(`charge-${one}`) }))}
      >
        {show === 'cost' ? (
          <BillPane bill={link === undefined ? { own: module, ...named } : { link, module, ...named }} />
        ) : (
          <ObjectText name={name} />
        )}
      </Tabs>
    </View>
  );
}

function ObjectText({ name }: { readonly name: ChargeName }) {
  const t = useTexts('reports');
  const text = useChargeText(name);
  if (text.data !== undefined) {
    return (
      <div className={styles['json']}>
        <JsonView text={text.data} label={t('charge-object')} />
      </div>
    );
  }
  return text.error === null ? (
    <Loading text={t('loadingCharges')} />
  ) : (
    <div className={styles['failed']}>
      <FailureNote failure={failureOf(text.error)} onRetry={() => void text.refetch()} />
    </div>
  );
}
