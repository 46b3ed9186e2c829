import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { Report, ReportBy, ReportInput, ReportRow } from '../../../../core/contract/reports.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { useLinks } from '../../../bridge/queries.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { VirtualTable } from '../../../ui/table/virtual-table.tsx';
import { localDate } from '../../../ui/time-format.ts';
import { type Conditions, narrowedTo, TOKENS } from '../filter/filter.ts';
import { FilterTools } from '../filter/filter-tools.tsx';
import { daysOf } from '../filter/period.ts';
import { useReportFilter, useReportTokens } from '../filter/use-report-filter.ts';
import styles from '../reports.module.css';
import { type Ordering, parseOrder, printOrder, type ReportsSearch } from '../search.ts';
import { BarChart } from './bar-chart.tsx';
import counted from './counted.module.css';
import { CountedStatus, CsvButton, WhatCounted } from './counted-tools.tsx';
import { FiguresStrip } from './figures-strip.tsx';
import { LeftOut } from './left-out.tsx';
import { measureOf, measuresOf } from './measures.ts';
import { NothingCounted } from './nothing-counted.tsx';
import { reportColumns } from './report-columns.tsx';
import { isTime, rowId, slotsOf } from './slots.ts';
import { useReport } from './use-report.ts';

const NO_LINKS: never[] = [];
const NO_ROWS: never[] = [];
/** More bars than these nobody tells apart, unless they stand in the order of time. */
const MOST_BARS = 60;

export interface CountedTabProps {
  readonly search: ReportsSearch;
  readonly onSearch: (change: ReportsSearch) => void;
}

/** Charges counted: the sums, bars over a table, and from each the way to its charges. */
export function CountedTab({ search, onSearch }: CountedTabProps) {
  const t = useTexts('reports');
  const links = useLinks().data ?? NO_LINKS;
  const { source = 'cdrs', by = 'day', q = '' } = search;
  const filter = useReportFilter(q);
  const ordering = parseOrder(search.order) ?? usualOrder(by);
  const conditions = conditionsFor(search, filter.conditions);
  const input: ReportInput = { ...conditions, source, by, ...ordering };
  const report = useReport(input);
  // Bars of time stand in its order, however the table is ordered.
  const bars = useReport(isTime(by) ? { ...conditions, source, by, ...usualOrder(by) } : input);
  const rows = report.data?.by === by ? report.data.rows : NO_ROWS;
  const known = useMemo(() => {
    const name = TOKENS.find(one => one === by && one !== 'link');
    // Of those that are several parties' once.
    const labels = new Map(rows.map(({ key, label }) => [key, label]));
    const values = [...labels].map(([value, label]) => ({ value, ...(label !== value && { meaning: label }) }));
    return name === undefined ? {} : { [name]: values.filter(({ value }) => value !== '') };
  }, [rows, by]);
  const tokens = useReportTokens(links, known);
  const failed = report.error ?? bars.error;
  const nothing = report.data !== undefined && report.data.count === 0 && report.data.total.charges === 0;
  return (
    <div className={styles['tab']}>
      <FilterTools
        narrowing={search}
        tokens={tokens}
        words={filter.words}
        onChange={narrowing => onSearch({ ...search, ...narrowing })}
        before={
          <WhatCounted
            source={source}
            by={by}
            onSource={one => onSearch({ ...search, source: one === 'sessions' ? one : undefined })}
            onBy={one => onSearch({ ...search, by: one === 'day' ? undefined : one, order: undefined })}
          />
        }
        status={report.data !== undefined && <CountedStatus report={report.data} />}
        after={<CsvButton input={input} name={`charges-by-${by}-${localDate(new Date())}.csv`} />}
      />
      {failed !== null && (
        <div className={styles['failed']}>
          <FailureNote
            failure={failureOf(failed)}
            onRetry={() => {
              void report.refetch();
              void bars.refetch();
            }}
          />
        </div>
      )}
      {report.data === undefined || bars.data === undefined ? (
        failed === null && <Loading text={t('loading')} />
      ) : nothing ? (
        <NothingCounted
          source={source}
          search={search}
          onAll={() => onSearch({ ...search, period: 'all', from: undefined, to: undefined, q: undefined })}
          onSource={one => onSearch({ ...search, source: one === 'sessions' ? one : undefined })}
        />
      ) : (
        <Shown
          report={report.data}
          bars={bars.data}
          input={input}
          ordering={ordering}
          version={`${report.dataUpdatedAt}`}
          search={search}
          onSearch={onSearch}
        />
      )}
    </div>
  );
}

interface ShownProps extends CountedTabProps {
  readonly report: Report;
  readonly bars: Report;
  readonly input: ReportInput;
  readonly ordering: Ordering;
  readonly version: string;
}

function Shown({ report, bars, input, ordering, version, search, onSearch }: ShownProps) {
  const t = useTexts('reports');
  const language = useLanguage();
  const client = useClient();
  const go = useNavigate();
  const { by, total, count, rows, zone, failedSaid, leftOut } = report;
  const measures = measuresOf(total);
  const measure = measureOf(search.show, measures);
  const today = localDate(new Date());
  const { from, to } = daysOf(search, new Date());
  const slots = useMemo(() => {
    const drawn = isTime(bars.by) ? bars.rows : bars.rows.slice(0, MOST_BARS);
    return slotsOf(bars.by, drawn, { today, ...(from !== undefined && { from }), ...(to !== undefined && { to }) });
  }, [bars, today, from, to]);
  const chargesOf = useCallback(
    (row: ReportRow) => ({ ...narrowedTo(search, by, row), source: search.source }),
    [search, by],
  );
  const open = (row: ReportRow) => void go({ to: '/reports/charges', search: chargesOf(row) });
  const [failed, credits, currencies] = [total.failedStarts !== null, total.credits > 0, total.costs.length];
  const { order, descending } = ordering;
  const columns = useMemo(
    () =>
      reportColumns({
        t,
        language,
        by,
        ordering: { order, descending },
        onOrder: next => onSearch({ ...search, order: printOrder(next) }),
        chargesOf,
        failed,
        credits,
        currencies,
      }),
    [t, language, by, order, descending, onSearch, search, chargesOf, failed, credits, currencies],
  );
  return (
    <div className={counted['page']}>
      <FiguresStrip total={total} measure={measure} onMeasure={({ id }) => onSearch({ ...search, show: id })} />
      <BarChart by={bars.by} slots={slots} measure={measure} onOpen={open} />
      <p className={counted['note']}>
        <span lang="en">{zone.said}</span>
        {!isTime(bars.by) && bars.count > MOST_BARS && ` · ${t('firstBars', { count: MOST_BARS })}`}
        {failedSaid !== null && <span lang="en"> · {failedSaid}</span>}
        {leftOut.length > 0 && (
          <>
            {' · '}
            <LeftOut names={leftOut} search={search} />
          </>
        )}
      </p>
      <div className={counted['table']}>
        <VirtualTable<ReportRow>
          label={t('table', { by: t(`by-${by}`) })}
          columns={columns}
          count={count}
          page={async (offset, limit, signal) => {
            if (offset + limit <= rows.length || count <= rows.length) return rows.slice(offset, offset + limit);
            return (await client.reports.get({ ...input, offset, limit }, { signal })).rows;
          }}
          pageKey={`${version} ${JSON.stringify(input)}`}
          resetKey={JSON.stringify(input)}
          rowKey={rowId}
          onOpen={open}
          emptyState={null}
        />
      </div>
    </div>
  );
}

/** The newest first, or the most; the hours of a day as they come. */
function usualOrder(by: ReportBy): Ordering {
  if (by === 'hour') return { order: 'key', descending: false };
  return isTime(by) ? { order: 'key', descending: true } : { order: 'charges', descending: true };
}

function conditionsFor(search: ReportsSearch, conditions: Conditions) {
  return { ...conditions, ...daysOf(search, new Date()), ...(search.zone !== undefined && { zone: search.zone }) };
}
