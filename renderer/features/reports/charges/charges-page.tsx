import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReportCharge } from '../../../../core/contract/reports.ts';
import { useLinks } from '../../../bridge/queries.ts';
import { productionNames } from '../../../links/production-names.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { useRoom } from '../../../ui/table/use-room.ts';
import { VirtualTable } from '../../../ui/table/virtual-table.tsx';
import { View } from '../../../ui/view.tsx';
import { numberText } from '../amounts.ts';
import { BackLink } from '../back-link.tsx';
import { FilterTools } from '../filter/filter-tools.tsx';
import { daysOf } from '../filter/period.ts';
import { useReportFilter, useReportTokens } from '../filter/use-report-filter.ts';
import { lastReport, leaveCharges } from '../last-report.ts';
import styles from '../reports.module.css';
import type { ChargesSearch } from '../search.ts';
import { chargeAddress } from './charge-address.ts';
import { chargeColumns } from './charge-columns.tsx';
import { useCharges } from './use-charges.ts';

const NO_LINKS: never[] = [];
const NOTHING = {};

/** What stands behind a bar: each session or CDR, the newest first. */
export function ChargesPage({ search }: { readonly search: ChargesSearch }) {
  const t = useTexts('reports');
  const language = useLanguage();
  const go = useNavigate();
  const { source = 'cdrs', q = '', zone } = search;
  const links = useLinks().data ?? NO_LINKS;
  const production = useMemo(() => productionNames(links), [links]);
  const filter = useReportFilter(q);
  const tokens = useReportTokens(links, NOTHING);
  const { counted, page, pageKey, resetKey, failed, onFailure, retry } = useCharges({
    source,
    ...daysOf(search, new Date()),
    ...(zone !== undefined && { zone }),
    ...filter.conditions,
  });
  const [selected, setSelected] = useState<string>();
  const frame = useRef<HTMLDivElement>(null);
  const room = useRoom(frame);
  useEffect(() => leaveCharges(search), [search]);
  const columns = useMemo(() => chargeColumns({ t, language, production, room }), [t, language, production, room]);
  const show = (next: ChargesSearch) => void go({ to: '/reports/charges', search: next, replace: true });
  return (
    <View title={t('charges')}>
      <FilterTools
        narrowing={search}
        tokens={tokens}
        words={filter.words}
        onChange={narrowing => show({ ...search, ...narrowing })}
        before={
          <>
            <BackLink from="charges" />
            <strong>{t(`source-${source}`)}</strong>
          </>
        }
        status={
          counted.data !== undefined && (
            <span className={styles['counts']} role="status">
              {t('chargesCount', { count: counted.data.count, number: numberText(counted.data.count, language) })}
            </span>
          )
        }
      />
      {failed !== undefined && (
        <div className={styles['failed']}>
          <FailureNote failure={failed} onRetry={retry} />
        </div>
      )}
      <div ref={frame} className={styles['frame']}>
        {counted.data === undefined ? (
          counted.error === null && <Loading text={t('loadingCharges')} />
        ) : (
          <VirtualTable<ReportCharge>
            label={t('charges')}
            columns={columns}
            count={counted.data.count}
            page={page}
            pageKey={pageKey}
            resetKey={resetKey}
            rowKey={keyOf}
            {...(selected !== undefined && { selected })}
            onSelect={charge => setSelected(keyOf(charge))}
            onOpen={charge => void go({ to: '/reports/charge', search: chargeAddress(charge) })}
            onFailure={onFailure}
            emptyState={
              <EmptyState
                title={t('noCharges')}
                text={t('noChargesText')}
                actions={
                  <Button variant="default" onClick={() => void go({ to: '/reports', search: lastReport() })}>
                    {t('back')}
                  </Button>
                }
              />
            }
          />
        )}
      </div>
    </View>
  );
}

function keyOf({ kind, link, party, id }: ReportCharge): string {
  return [kind, link ?? '', party, id].join(' ');
}
