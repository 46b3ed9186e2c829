import { SegmentedControl } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { failureOf } from '../../bridge/failure.ts';
import { useLinks } from '../../bridge/queries.ts';
import { productionNames } from '../../links/production-names.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { Loading } from '../../ui/loading.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { View } from '../../ui/view.tsx';
import { chosenOf, chosenSpan } from './chosen.ts';
import { CodeDetails } from './code-details.tsx';
import { Counts } from './counts.tsx';
import styles from './errors.module.css';
import { fits } from './filter.ts';
import { GroupDetails } from './group-details.tsx';
import { Legend } from './legend.tsx';
import { columnAddress, columnsOf, rowsOf, spanOf, type TroubleColumn, type TroubleRow } from './matrix.ts';
import { NothingFailed } from './nothing-failed.tsx';
import { BY, type By, type ErrorsSearch, parseRow, printRow } from './search.ts';
import { TroubleGrid } from './trouble-grid.tsx';
import { useErrorFilter, useErrorTokens } from './use-error-filter.ts';
import { useCodes, useTroubles } from './use-troubles.ts';

const NO_LINKS: never[] = [];
const NO_GROUPS: never[] = [];

/** What went wrong, by code and link; beside it what it means, who is probably at fault, what to try, and its exchanges. */
export function ErrorsPage({ search }: { readonly search: ErrorsSearch }) {
  const t = useTexts('errors');
  const go = useNavigate();
  const list = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const { q = '', by = 'link', which } = search;
  const links = useLinks().data ?? NO_LINKS;
  const production = useMemo(() => productionNames(links), [links]);
  const filter = useErrorFilter(q);
  const withFindings = which !== 'failures';
  const troubles = useTroubles(filter, withFindings);
  const all = troubles.data?.groups ?? NO_GROUPS;
  const groups = useMemo(() => all.filter(group => fits(group, filter)), [all, filter]);
  const met = useMemo(() => [...new Set(all.map(({ code }) => code))].sort(), [all]);
  const codes = useCodes(met);
  const kinds = useErrorTokens(links, all, codes);
  const { from = '', to = '' } = troubles.data ?? {};
  const span = useMemo(() => ({ from, to }), [from, to]);
  const rows = useMemo(() => rowsOf(groups, by), [groups, by]);
  const columns = useMemo(() => columnsOf(groups, by, span), [groups, by, span]);
  const column = columns.find(one => columnAddress(one) === search.at);
  const chosen = useMemo(() => {
    const name = parseRow(search.sel);
    const row = name && rows.find(({ key }) => key === printRow(name));
    const past = column === undefined ? spanOf(search.at) : undefined;
    return row && (past === undefined ? chosenOf(row, column) : chosenSpan(row, past));
  }, [search.sel, search.at, rows, column]);
  const selected = chosen && { row: chosen.row.key, column: column?.key };

  const show = (change: ErrorsSearch, { replace }: { readonly replace: boolean }) =>
    void go({ to: '/errors', search: { ...search, ...change }, replace });
  const select = (row: TroubleRow, column: TroubleColumn | undefined) =>
    show(
      { sel: row.key, at: column && columnAddress(column), explain: undefined },
      { replace: search.sel !== undefined },
    );
  const close = () => {
    show({ sel: undefined, at: undefined, explain: undefined }, { replace: false });
    list.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  };

  const grid = (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the grid's own Esc.
    <div
      className={styles['list']}
      ref={list}
      role="presentation"
      onKeyDown={event => {
        if (event.key === 'Escape' && search.sel !== undefined && !event.defaultPrevented) close();
      }}
    >
      <TroubleGrid
        rows={rows}
        columns={columns}
        by={by}
        span={span}
        codes={codes}
        production={production}
        selected={selected}
        onSelect={select}
        onOpen={(row, column) => {
          select(row, column);
          // The details are drawn with the address.
          requestAnimationFrame(() => requestAnimationFrame(() => heading.current?.focus()));
        }}
        emptyState={
          <NothingFailed
            filter={filter}
            filtered={q !== ''}
            onAll={() => show({ q: undefined }, { replace: false })}
            onFindings={withFindings ? undefined : () => show({ which: undefined }, { replace: false })}
          />
        }
      />
      {rows.length > 0 && <Legend />}
    </div>
  );
  const details =
    chosen !== undefined ? (
      <GroupDetails
        key={`${search.sel} ${search.at}`}
        chosen={chosen}
        filter={filter}
        production={production}
        span={span}
        total={groups.reduce((sum, { count }) => sum + count, 0)}
        heading={heading}
      />
    ) : (
      search.explain !== undefined && <CodeDetails key={search.explain} code={search.explain} />
    );
  return (
    <View title={t('title')}>
      <Toolbar label={t('tools')}>
        <div className={styles['filter']}>
          <FilterBar
            value={q}
            tokens={kinds}
            placeholder={t('filterPlaceholder')}
            onChange={text => show({ q: text === '' ? undefined : text }, { replace: true })}
          />
        </div>
        <Counts groups={groups} behind={troubles.data?.behind ?? 0} />
        <SegmentedControl
          aria-label={t('which')}
          value={withFindings ? 'findings' : 'failures'}
          onChange={value => show({ which: value === 'failures' ? 'failures' : undefined }, { replace: true })}
          data={(['failures', 'findings'] as const).map(value => ({ value, label: t(`which-${value}`) }))}
        />
        <SegmentedControl
          aria-label={t('by')}
          value={by}
          onChange={value => {
            const next = BY.find((one): one is By => one === value) ?? 'link';
            show({ by: next === 'link' ? undefined : next, at: undefined }, { replace: true });
          }}
          data={BY.map(value => ({ value, label: t(`by-${value}`) }))}
        />
      </Toolbar>
      {troubles.error !== null && (
        <div className={styles['failed']}>
          <FailureNote failure={failureOf(troubles.error)} onRetry={() => void troubles.refetch()} />
        </div>
      )}
      {troubles.data === undefined ? (
        troubles.error === null && <Loading text={t('loading')} />
      ) : (
        <SplitPane
          left={grid}
          right={details}
          storageKey="errors"
          initial={480}
          onClose={close}
          label={chosen === undefined ? t('about') : t('details')}
        />
      )}
    </View>
  );
}
