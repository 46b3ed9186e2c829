import { Button, SegmentedControl } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import type { PaymentMatch } from '../../../../core/contract/money.ts';
import { PaymentView } from '../../../bill/payment-view.tsx';
import { useLinks } from '../../../bridge/queries.ts';
import { productionNames } from '../../../links/production-names.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { SplitPane } from '../../../ui/split-pane.tsx';
import { useRoom } from '../../../ui/table/use-room.ts';
import { VirtualTable } from '../../../ui/table/virtual-table.tsx';
import { numberText } from '../amounts.ts';
import type { CountedTabProps } from '../counted/counted-tab.tsx';
import { UNTOLD } from '../filter/filter.ts';
import { FilterTools } from '../filter/filter-tools.tsx';
import { daysOf } from '../filter/period.ts';
import { useReportFilter, useReportTokens } from '../filter/use-report-filter.ts';
import styles from '../reports.module.css';
import { paymentColumns } from './payment-columns.tsx';
import { momentsOf, paymentKey, usePayments } from './use-payments.ts';

const NO_LINKS: never[] = [];
const NOTHING = {};
const STATES = ['matched', 'open', 'unmatched'] as const;
const ALL = 'all';

/** Payments at terminals: which add up, which are open, and which never will. */
export function PaymentsTab({ search, onSearch }: CountedTabProps) {
  const t = useTexts('reports');
  const bill = useTexts('bill');
  const language = useLanguage();
  const links = useLinks().data ?? NO_LINKS;
  const production = useMemo(() => productionNames(links), [links]);
  const filter = useReportFilter(search.q ?? '');
  const all = useReportTokens(links, NOTHING);
  // Payments are told by partners alone.
  const tokens = useMemo(
    () =>
      all
        .filter(({ name }) => name === 'link')
        .map(kind => ({ ...kind, values: (kind.values ?? []).filter(({ value }) => value !== UNTOLD) })),
    [all],
  );
  const { link } = filter.conditions;
  const { counted, page, pageKey, resetKey, failed, onFailure, retry } = usePayments({
    ...momentsOf(daysOf(search, new Date())),
    ...(link !== undefined && { link }),
    ...(search.state !== undefined && { state: search.state }),
  });
  const [chosen, setChosen] = useState<PaymentMatch>();
  const frame = useRef<HTMLDivElement>(null);
  const room = useRoom(frame);
  const columns = useMemo(
    () => paymentColumns({ t, bill, language, production, room }),
    [t, bill, language, production, room],
  );
  const close = () => {
    setChosen(undefined);
    frame.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  };
  const table = (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the table's own Esc.
    <div
      ref={frame}
      className={styles['frame']}
      role="presentation"
      onKeyDown={event => {
        if (event.key === 'Escape' && chosen !== undefined && !event.defaultPrevented) close();
      }}
    >
      {counted.data === undefined ? (
        counted.error === null && <Loading text={t('matching')} />
      ) : (
        <VirtualTable<PaymentMatch>
          label={t('tab-payments')}
          columns={columns}
          count={counted.data.count}
          page={page}
          pageKey={pageKey}
          resetKey={resetKey}
          rowKey={paymentKey}
          {...(chosen !== undefined && { selected: paymentKey(chosen) })}
          onSelect={setChosen}
          onOpen={setChosen}
          onFailure={onFailure}
          emptyState={<EmptyState title={t('noPayments')} text={t('noPaymentsText')} />}
        />
      )}
    </div>
  );
  return (
    <div className={styles['tab']}>
      <FilterTools
        narrowing={search}
        tokens={tokens}
        words={filter.words}
        zoned={false}
        placeholder="link:"
        onChange={narrowing => onSearch({ ...search, ...narrowing })}
        before={
          <SegmentedControl
            aria-label={t('paymentState')}
            value={search.state ?? ALL}
            onChange={value => onSearch({ ...search, state: STATES.find(one => one === value) })}
            data={[
              { value: ALL, label: t('allStates') },
              ...STATES.map(value => ({ value, label: bill(`payment-${value}`) })),
            ]}
          />
        }
        status={
          counted.data !== undefined && (
            <span className={styles['counts']} role="status">
              {t('paymentsCount', { count: counted.data.count, number: numberText(counted.data.count, language) })}
            </span>
          )
        }
      />
      {failed !== undefined && (
        <div className={styles['failed']}>
          <FailureNote failure={failed} onRetry={retry} />
        </div>
      )}
      <SplitPane
        left={table}
        right={
          chosen !== undefined && (
            <PaymentView
              payment={chosen}
              actions={
                chosen.transaction !== null && (
                  <Button
                    renderRoot={props => (
                      <Link to="/transactions/$id" params={{ id: String(chosen.transaction) }} {...props} />
                    )}
                  >
                    {t('toTransaction', { id: chosen.transaction })}
                  </Button>
                )
              }
            />
          )
        }
        storageKey="payments"
        initial={440}
        onClose={close}
        label={t('paymentDetails')}
      />
    </div>
  );
}
